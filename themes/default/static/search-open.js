'use strict';
// Opens the search where the reader is: on the header's link, on `/`, on Ctrl+K or ⌘K. Without script the link leads to the search page.
(() => {
  const link = document.querySelector('a[data-core]');
  if (!link) return;
  const open = (event) => {
    event.preventDefault();
    if (window.hornbook?.search) {
      hornbook.search.open();
      return;
    }
    if (document.querySelector('script[data-search]')) return;
    const script = document.createElement('script');
    script.dataset.search = '';
    script.src = link.dataset.script;
    script.onload = () => hornbook.search.open();
    script.onerror = () => location.assign(link.href);
    document.head.append(script);
  };
  const isPlain = (event) => !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
  link.addEventListener('click', (event) => { if (isPlain(event)) open(event); });
  addEventListener('keydown', (event) => {
    const { key, target, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (target.closest?.('input, textarea, select, [contenteditable], dialog')) return;
    if ((key === '/' && !ctrlKey && !metaKey && !altKey) || (key === 'k' && ctrlKey !== metaKey && !altKey && !shiftKey)) open(event);
  });
})();
