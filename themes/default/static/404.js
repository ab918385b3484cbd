'use strict';
// The page whose address is most like the one that was asked for, where one is near enough.
(() => {
  const slug = (path) => {
    try { path = decodeURIComponent(path); } catch { /* no UTF-8: compared as it is */ }
    return path.toLowerCase().replace(/\/+$/, '').replace(/\/index\.\w+$/, '').replace(/\.\w+$/, '').split('/').pop().slice(0, 80);
  };
  const distance = (one, other) => {
    let row = [...Array(other.length + 1).keys()];
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      for (let j = 1; j < row.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] !== other[j - 1]));
      }
      row = next;
    }
    return row.pop();
  };
  const asked = slug(location.pathname);
  const place = document.querySelector('.near');
  let best = { far: Math.ceil(asked.length / 3) };
  for (const link of document.querySelectorAll('nav a')) {
    if (link.origin !== location.origin) continue;
    const far = distance(asked, slug(link.pathname));
    if (far < best.far) best = { far, link };
  }
  if (!asked || !best.link) return;
  const [before, after] = place.dataset.line.split('{link}');
  const link = document.createElement('a');
  link.href = best.link.href;
  link.textContent = best.link.textContent;
  place.append(before, link, after);
})();
