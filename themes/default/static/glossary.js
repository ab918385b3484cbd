'use strict';
// A box that filters the glossary by name and other names. Without script there is none.
(() => {
  const box = document.querySelector('.filter');
  if (!box) return;
  const make = (name, more) => Object.assign(document.createElement(name), more);
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
  const entries = [...document.querySelectorAll('.term-entry')].map((entry) => ({
    entry,
    names: plain([...entry.querySelectorAll('dfn, .also')].map((name) => name.textContent).join('\n')),
  }));
  const letters = [...document.querySelectorAll('.letters a')].map((link) => ({
    link,
    to: link.getAttribute('href'),
    section: document.getElementById(link.hash.slice(1)).parentElement,
  }));
  const input = make('input', { type: 'search', id: 'hb-filter', autocomplete: 'off', spellcheck: false });
  const left = make('output', { className: 'small', htmlFor: 'hb-filter' });
  box.append(make('label', { htmlFor: 'hb-filter', textContent: box.dataset.label }), input, left);

  const filter = () => {
    const wanted = plain(input.value);
    let count = 0;
    for (const { entry, names } of entries) {
      entry.hidden = !names.includes(wanted);
      if (!entry.hidden) count += 1;
    }
    for (const { link, to, section } of letters) {
      section.hidden = !section.querySelector('.term-entry:not([hidden])');
      if (section.hidden) link.removeAttribute('href');
      else link.setAttribute('href', to);
    }
    const line = count === 1 ? box.dataset.one : box.dataset.many;
    left.value = wanted ? line.replace('{n}', count).replace('{total}', entries.length) : '';
  };
  const clear = () => {
    input.value = '';
    filter();
  };
  input.addEventListener('input', filter);
  input.addEventListener('keydown', (event) => { if (event.key === 'Escape') clear(); });
  // A link to a word that is filtered out brings it back.
  addEventListener('hashchange', () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest('[hidden]')) return;
    clear();
    target.scrollIntoView();
  });
  if (input.value) filter();
})();
