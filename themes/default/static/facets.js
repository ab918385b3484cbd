'use strict';
// On the index of exercises: values of facets become boxes to tick, and cards that do not fit them hide. Values of one facet are joined
// by "or", facets by "and"; what is to be left out goes in any case. What is chosen stands in the address and nowhere else.
(() => {
  const nav = document.querySelector('.rail nav');
  const results = document.querySelector('.results');
  const template = document.getElementById('hb-choosing');
  if (!nav || !results || !template) return;
  const [clear, nothing, leaveOut] = template.content.cloneNode(true).children;
  const status = results.querySelector('[role=status]');
  const cards = [...document.querySelectorAll('.choose > .card')];
  const names = document.createElement('p');
  names.className = 'small';
  results.append(clear, names, nothing);

  const search = document.createElement('search');
  search.className = nav.className;
  search.setAttribute('aria-label', nav.getAttribute('aria-label'));
  search.append(...nav.childNodes, ...(leaveOut ? [leaveOut] : []));
  search.querySelector('.all')?.remove();
  nav.replaceWith(search);

  const groups = [...search.querySelectorAll('.facet')].map((element) => {
    const { facet: id, count: words } = element.dataset;
    const values = [...element.querySelectorAll('a[data-value]')].map((link) => {
      const { value } = link.dataset;
      const name = link.firstChild.data.trim();
      const box = document.createElement('input');
      Object.assign(box, { type: 'checkbox', name: id, value, autocomplete: 'off' });
      const label = document.createElement('label');
      label.append(box, ...link.childNodes);
      link.replaceWith(label);
      const region = search.querySelector(`.map[data-facet="${id}"] [data-value="${value}"]`);
      if (region) press(region, box);
      return { name, value, box, region, count: label.querySelector('.count') };
    });
    return { id, values, words };
  });

  // A part of the map does what the box of its value does.
  function press(region, box) {
    const toggle = (event) => {
      event.preventDefault();
      if (box.disabled) return;
      box.checked = !box.checked;
      changed();
    };
    region.setAttribute('role', 'button');
    region.addEventListener('click', toggle);
    region.addEventListener('keydown', (event) => { if (event.key === ' ') toggle(event); });
  }

  const chosen = (group) => group.values.filter(({ box }) => box.checked);
  const has = (card, id, value) => (card.getAttribute(`data-${id}`) || '').split(' ').includes(value);
  const fits = (card, except) => groups.every((group) => {
    const ticked = chosen(group);
    if (group === except || !ticked.length) return true;
    return ticked.some(({ value }) => has(card, group.id, value)) !== (group.id === 'not');
  });

  function show() {
    for (const card of cards) card.hidden = !fits(card);
    const shown = cards.filter((card) => !card.hidden).length;
    for (const list of document.querySelectorAll('.choose')) {
      list.closest('.band').hidden = [...list.children].every((card) => card.hidden);
    }
    // Beside a value: how many exercises with it all that is chosen in other groups lets through.
    for (const group of groups) {
      const others = cards.filter((card) => fits(card, group));
      for (const { name, value, box, region, count } of group.values) {
        const n = others.filter((card) => has(card, group.id, value)).length;
        count.textContent = group.words ? group.words.replace('{n}', n) : n;
        box.disabled = !n && !box.checked && group.id !== 'not';
        region?.setAttribute('aria-label', `${name} (${n})`);
        region?.setAttribute('aria-pressed', box.checked);
        region?.setAttribute('aria-disabled', box.disabled);
      }
    }
    const ticked = groups.flatMap(chosen);
    const { one, many } = status.dataset;
    status.textContent = (shown === 1 ? one : many).replace('{n}', shown);
    names.textContent = ticked.map(({ name }) => name).join(', ');
    nothing.hidden = shown > 0;
    clear.setAttribute('aria-disabled', !ticked.length);
  }

  function read() {
    const query = new URLSearchParams(location.search);
    for (const { id, values } of groups) {
      const wanted = (query.get(id) || '').split(',');
      for (const { box, value } of values) box.checked = wanted.includes(value);
    }
    show();
  }

  function changed() {
    show();
    const query = new URLSearchParams(location.search);
    for (const group of groups) {
      const values = chosen(group).map(({ value }) => value).join(',');
      if (values) query.set(group.id, values);
      else query.delete(group.id);
    }
    const text = query.toString().replaceAll('%2C', ',');
    try {
      history.replaceState(history.state, '', (text ? `?${text}` : location.pathname) + location.hash);
    } catch { /* some browsers refuse it for files: the choice holds for this page */ }
  }

  function clearAll() {
    for (const { box } of groups.flatMap(({ values }) => values)) box.checked = false;
    changed();
  }

  search.addEventListener('change', changed);
  clear.addEventListener('click', clearAll);
  nothing.querySelector('button').addEventListener('click', () => {
    clearAll();
    // The button is gone now: the reader goes on at the number of exercises.
    status.focus();
  });
  addEventListener('popstate', read);
  read();
})();
