'use strict';
// On every page. What it adds is convenience: each thing here is a plain link or a plain list without it.
(() => {
  const root = document.documentElement;
  const make = (name, className, ...children) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...children);
    return element;
  };
  root.classList.add('js');

  // Light, dark, or as the device says. Kept only when the reader chooses, and only here.
  const kept = (value) => {
    try {
      if (value === undefined) return localStorage.getItem('scheme') || '';
      if (value) localStorage.setItem('scheme', value);
      else localStorage.removeItem('scheme');
    } catch { /* storage is off: the choice holds for this page */ }
    return value || '';
  };
  const paint = (scheme) => { if (scheme) root.dataset.scheme = scheme; else delete root.dataset.scheme; };
  paint(kept());

  document.addEventListener('DOMContentLoaded', () => {
    for (const input of document.querySelectorAll('.scheme input')) {
      input.checked = input.value === (root.dataset.scheme || '');
      input.addEventListener('change', () => paint(kept(input.value)));
    }
    rail();
    tips();
    margin();
    place();
    paper();
    search();
  });

  // A term's definition, or a source, beside the link that was pressed.
  function tips() {
    const tip = make('div', 'tip');
    if (!tip.showPopover) return;
    tip.popover = 'auto';
    tip.tabIndex = -1;
    tip.id = 'hb-tip';
    document.querySelector('main').append(tip);
    let from = null;
    let pressed = null;
    addEventListener('pointerdown', () => { pressed = from; }, true);
    tip.addEventListener('toggle', (event) => {
      if (event.newState !== 'closed') return;
      from?.removeAttribute('aria-expanded');
      from = null;
    });
    document.addEventListener('click', (event) => {
      const link = event.target.closest('a.term, a.evidence, .cite a, .footnote-ref a');
      if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const again = link === pressed;
      pressed = null;
      const what = contents(link);
      if (!what) return;
      event.preventDefault();
      if (again) return;
      const inside = tip.contains(link);
      tip.replaceChildren(...what);
      // A word within a definition is shown in its place; any other opens anew.
      if (!inside) {
        tip.hidePopover();
        from?.removeAttribute('aria-expanded');
        from = link;
        link.setAttribute('aria-expanded', 'true');
        tip.showPopover({ source: link });
      }
      if (!CSS.supports('position-area: block-end')) {
        const at = from.getBoundingClientRect();
        const top = at.bottom + tip.offsetHeight + 8 > innerHeight ? at.top - tip.offsetHeight - 8 : at.bottom + 8;
        tip.style.inset = `${Math.max(8, top)}px auto auto ${Math.max(8, Math.min(at.left, innerWidth - tip.offsetWidth - 8))}px`;
        tip.style.margin = '0';
      }
      // From the keyboard the reader goes on in the definition; Escape leads back to the link.
      if (!event.detail) tip.focus();
    });
  }

  function contents(link) {
    const term = link.dataset.term;
    const item = document.getElementById(term ? `hb-def-${term}` : decodeURIComponent(link.hash.slice(1)));
    if (!item || item.contains(link)) return null;
    const copy = item.cloneNode(true);
    for (const extra of copy.querySelectorAll('.backs, .backref')) extra.remove();
    for (const one of copy.querySelectorAll('[id]')) one.removeAttribute('id');
    const [name, text] = copy.children;
    if (name?.tagName !== 'DT') return [make('p', '', link.textContent.split(',')[0] + '. ', ...copy.childNodes)];
    const parts = [make('p', 'tip-title', ...name.childNodes), make('p', '', ...text.childNodes)];
    if (!term) return parts;
    const more = make('a', '', copy.dataset.more);
    more.href = link.href;
    return [...parts, make('p', '', more)];
  }

  // A list beside the text is open; above it, on a narrow screen, it is folded.
  function rail() {
    const wide = matchMedia('(min-width: 64rem)');
    const fold = () => document.querySelectorAll('.rail details').forEach((details) => { details.open = wide.matches; });
    wide.addEventListener('change', fold);
    fold();
  }

  // Who and when, in the margin of a wide page, beside the first use of each source.
  function margin() {
    for (const item of document.querySelectorAll('.sources [data-short]')) {
      const use = document.querySelector(`.prose > :is(p, ul, ol) .cite [href="#${item.id}"]`);
      if (!use) continue;
      const note = make('small', 'sidenote', `${item.value}. ${item.dataset.short}`);
      note.ariaHidden = 'true';
      use.closest('.cite').after(note);
    }
  }

  // Where the reader is, in the contents.
  function place() {
    const links = new Map([...document.querySelectorAll('.rail a[href^="#"]')].map((link) => [link.hash.slice(1), link]));
    const heads = [...links.keys()].map((id) => document.getElementById(decodeURIComponent(id))).filter(Boolean);
    if (!heads.length) return;
    const mark = () => {
      const passed = heads.filter((head) => head.getBoundingClientRect().top < innerHeight / 3);
      const now = (passed.pop() || heads[0]).id;
      for (const [id, link] of links) {
        if (decodeURIComponent(id) === now) link.ariaCurrent = 'location';
        else link.removeAttribute('aria-current');
      }
    };
    const watch = new IntersectionObserver(mark, { rootMargin: '0px 0px -66% 0px' });
    heads.forEach((head) => watch.observe(head));
  }

  // Opens the search where the reader is: on the header's link, on `/`, on Ctrl+K or ⌘K.
  function search() {
    const link = document.querySelector('a[data-core]');
    if (!link) return;
    const open = (event) => {
      event.preventDefault();
      if (window.hornbook?.search) return hornbook.search.open();
      if (document.querySelector('script[data-search]')) return;
      const script = make('script');
      script.dataset.search = '';
      script.src = link.dataset.script;
      script.onload = () => hornbook.search.open();
      script.onerror = () => location.assign(link.href);
      document.head.append(script);
    };
    link.addEventListener('click', (event) => {
      if (!(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)) open(event);
    });
    addEventListener('keydown', (event) => {
      const { key, target, ctrlKey, metaKey, altKey, shiftKey } = event;
      if (altKey || target.closest?.('input, textarea, select, [contenteditable], dialog')) return;
      if (key === '/' ? !ctrlKey && !metaKey : key === 'k' && ctrlKey !== metaKey && !shiftKey) open(event);
    });
  }

  // Paper shows what is folded.
  function paper() {
    let opened = [];
    addEventListener('beforeprint', () => {
      opened = [...document.querySelectorAll('details:not([open])')];
      opened.forEach((details) => { details.open = true; });
    });
    addEventListener('afterprint', () => opened.forEach((details) => { details.open = false; }));
  }
})();
