'use strict';
// The page of every exercise becomes a sheet of the chosen ones. What is on it stands in the address alone, after the #:
// `v=1&t=title&n=name&s=id:2x8@10 s/3$5+60 s;note,id`: sets × repetitions, @hold, /times a day, $days a week, +rest, ;note.
(() => {
  const list = document.querySelector('.sheet');
  const tools = document.getElementById('hb-tools');
  const edit = document.getElementById('hb-edit');
  if (!list || !tools || !edit) return;
  const KEYS = ['sets', 'reps', 'hold', 'rest', 'times_a_day', 'days_a_week'];
  const SIGNS = { '@': 'hold', '/': 'times_a_day', $: 'days_a_week', '+': 'rest' };
  const find = (name, within = tools) => within.querySelector(name);
  const say = (name) => find(`[data-say="${name}"]`);
  const input = (key, within = tools) => find(`[data-key="${key}"]:is(input, textarea)`, within);
  const make = (name, ...children) => {
    const element = document.createElement(name);
    element.append(...children);
    return element;
  };
  const heading = document.querySelector('h1');
  const ownTitle = heading.textContent;
  const page = document.title.slice(ownTitle.length);
  const line = document.querySelector('.line');
  const blanks = [...line.childNodes];
  const foot = document.querySelector('.foot');
  const address = foot.textContent;
  const labels = Object.fromEntries(KEYS.map((key) => [key, input(key, edit.content).previousElementSibling.textContent]));
  let state = { title: '', line: '', items: [] };

  // Every exercise of the site, by its id, with the dose that it says itself.
  const cards = new Map([...list.children].map((card) => {
    const rows = [...card.querySelectorAll('.dose [data-key]')];
    const note = find('.note', card);
    return [card.dataset.id, {
      card,
      name: find('h2', card).textContent,
      dose: Object.fromEntries(rows.map((row) => [row.dataset.key, row.lastChild.textContent])),
      note: [...note.childNodes],
      noteText: note.textContent.trim(),
    }];
  }));
  const boxes = new Map();
  for (const link of document.querySelectorAll('.choices a')) {
    const id = link.getAttribute('href').slice('#hb-x-'.length);
    const box = make('input');
    box.type = 'checkbox';
    boxes.set(id, box);
    box.addEventListener('change', () => change(() => {
      if (box.checked) state.items.push({ id });
      else state.items = state.items.filter((item) => item.id !== id);
    }));
    link.replaceWith(make('label', box, ' ', link.textContent));
  }
  for (const [id, { card, name }] of cards) {
    card.append(edit.content.cloneNode(true));
    for (const button of card.querySelectorAll('button')) {
      button.setAttribute('aria-label', `${button.textContent}: ${name}`);
      button.addEventListener('click', () => move(id, button));
    }
    for (const field of card.querySelectorAll('[data-key]:is(input, textarea)')) {
      field.addEventListener('input', () => {
        const item = state.items.find((one) => one.id === id);
        const { key } = field.dataset;
        if (key === 'note') item.note = field.value;
        else item.dose = { ...(item.dose || cards.get(id).dose), [key]: field.value };
        paint(item);
      });
      field.addEventListener('change', () => keep('replaceState'));
    }
  }

  // Address → state.
  const decode = (text) => {
    try { return decodeURIComponent(text); } catch { return text; }
  };
  const amount = (text) => decode(text).slice(0, 40).replace(/(\d)-(\d)/g, '$1–$2');
  function read() {
    const parts = new Map(location.hash.slice(1).split('&').map((part) => part.split(/=(.*)/s)));
    const text = (key) => decode(parts.get(key) || '').slice(0, 80);
    const items = [];
    const unknown = [];
    for (const part of (parts.get('v') === '1' && parts.get('s') || '').split(',').filter(Boolean)) {
      const [, code, dose, note] = part.match(/^([^:;]*)(?::([^;]*))?(?:;(.*))?$/s) || [];
      const id = decode(code || part);
      if (!cards.has(id)) unknown.push(id.slice(0, 80));
      else if (!items.some((item) => item.id === id)) {
        items.push({ id, dose: dose === undefined ? undefined : readDose(dose), note: note === undefined ? undefined : decode(note).slice(0, 400) });
      }
    }
    state = { title: text('t'), line: text('n'), items };
    const names = say('unknown');
    names.hidden = !unknown.length;
    names.textContent = names.dataset.names.replace('{names}', () => unknown.join(', '));
    show();
  }
  function readDose(text) {
    const [head, ...rest] = text.split(/([@/$+])/);
    const dose = {};
    const [sets, reps] = head.includes('x') ? head.split(/x(.*)/s) : ['', head];
    Object.assign(dose, { sets: amount(sets), reps: amount(reps) });
    for (let index = 0; index < rest.length; index += 2) dose[SIGNS[rest[index]]] = amount(rest[index + 1]);
    return dose;
  }

  // State → address.
  const encode = (text) => encodeURIComponent(text).replace(/[!'()*~]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
  function write() {
    const { title, line: name, items } = state;
    if (!title && !name && !items.length) return '';
    const codes = items.map(({ id, dose, note }) => {
      let code = encode(id);
      if (dose) {
        const value = (key) => encode((dose[key] || '').trim().replace(/–/g, '-'));
        const [sets, reps] = ['sets', 'reps'].map((key) => value(key).replaceAll('x', '%78'));
        code += `:${sets && `${sets}x`}${reps}`;
        for (const [sign, key] of Object.entries(SIGNS)) code += value(key) && sign + value(key);
      }
      return note === undefined ? code : `${code};${encode(note.trim())}`;
    });
    return `v=1${title && `&t=${encode(title)}`}${name && `&n=${encode(name)}`}&s=${codes.join(',')}`;
  }
  function keep(how) {
    const hash = write();
    if (hash === location.hash.slice(1)) return;
    history[how](null, '', hash ? `#${hash}` : location.pathname + location.search);
    head();
  }
  // A change that the way back undoes.
  function change(what) {
    what();
    say('unknown').hidden = true;
    keep('pushState');
    show();
  }

  // State → page.
  function show() {
    const had = document.activeElement;
    list.replaceChildren(...state.items.map(({ id }) => cards.get(id).card));
    state.items.forEach((item, index) => {
      const { card } = cards.get(item.id);
      // Paper does not wait for a picture.
      find('img', card)?.setAttribute('loading', 'eager');
      find('[data-do=up]', card).disabled = !index;
      find('[data-do=down]', card).disabled = index === state.items.length - 1;
      for (const key of KEYS) input(key, card).value = (item.dose || cards.get(item.id).dose)[key] || '';
      input('note', card).value = item.note ?? cards.get(item.id).noteText;
      paint(item);
    });
    if (had !== document.activeElement && had.isConnected) had.focus({ preventScroll: true });
    for (const [id, box] of boxes) box.checked = state.items.some((item) => item.id === id);
    input('title').value = state.title;
    input('line').value = state.line;
    const count = state.items.length;
    const { none, one, many } = say('count').dataset;
    say('count').textContent = (count ? count === 1 ? one : many : none).replace('{n}', count);
    say('advice').hidden = count <= +say('advice').dataset.atMost;
    say('copied').hidden = say('by-hand').hidden = true;
    head();
  }
  function head() {
    heading.textContent = state.title || ownTitle;
    document.title = heading.textContent + page;
    // On paper a long address is no help.
    foot.textContent = location.hash.length < 70 ? address + location.hash : address;
    line.replaceChildren(...(state.line ? [state.line] : blanks));
  }
  function paint(item) {
    const { card, dose, note } = cards.get(item.id);
    const shown = item.dose || dose;
    find('.dose dl', card).replaceChildren(...KEYS.filter((key) => shown[key]?.trim()).map((key) => make('div', make('dt', labels[key]), make('dd', shown[key]))));
    find('.note', card).replaceChildren(...(item.note === undefined ? note : [item.note]));
  }

  function move(id, button) {
    const items = state.items;
    const at = items.findIndex((item) => item.id === id);
    const to = { up: at - 1, down: at + 1 }[button.dataset.do];
    change(() => {
      const [item] = items.splice(at, 1);
      if (to !== undefined) items.splice(to, 0, item);
    });
    if (to === undefined) {
      // The button went with its card: on to what stands in its place.
      const next = items[Math.min(at, items.length - 1)];
      const box = boxes.get(id);
      const choice = box.checkVisibility() ? box : box.closest('details').firstElementChild;
      (next ? find('[data-do=remove]', cards.get(next.id).card) : choice).focus();
    } else if (button.disabled) find('[data-do]:not(:disabled)', button.parentElement).focus();
  }
  for (const key of ['title', 'line']) {
    input(key).addEventListener('input', () => { state[key] = input(key).value; head(); });
    input(key).addEventListener('change', () => keep('replaceState'));
  }
  const deeds = {
    print: () => print(),
    clear: () => change(() => { state = { title: '', line: '', items: [] }; }),
    copy: async () => {
      try {
        await navigator.clipboard.writeText(location.href);
        say('copied').hidden = false;
      } catch {
        const field = find('input', say('by-hand'));
        say('by-hand').hidden = false;
        field.value = location.href;
        field.select();
      }
    },
  };
  for (const button of tools.querySelectorAll('button')) button.addEventListener('click', () => deeds[button.dataset.do]());
  addEventListener('hashchange', read);
  read();
})();
