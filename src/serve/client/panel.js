// What the preview shows of itself: in a shadow root, beside the page and out of reach of its stylesheet.

/** `make('button.plain', { type: 'button' }, 'Text', …)`; keys with a dash are attributes, `on…` listeners. */
function make(what, properties = {}, ...within) {
  const [name, ...classes] = what.split('.');
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(key.slice(2), value);
    else if (key in element && !key.includes('-')) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...within);
  return element;
}
const button = (text, press, more = {}) => make('button', { type: 'button', onclick: press, ...more }, text);
const counted = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
const placeOf = ({ file, line }) => (line ? `${file}:${line}` : file);

/** The shadow root, in the page once its stylesheet is there. */
function stage() {
  const host = make('hornbook-preview');
  const root = host.attachShadow({ mode: 'open' });
  const all = make('div', { hidden: true });
  const sheet = make('link', { rel: 'stylesheet', href: '/-hornbook/client.css' });
  sheet.onload = () => { all.hidden = false; };
  root.append(sheet, all);
  document.documentElement.append(host);
  return all;
}

/** Short words that go by themselves. */
function notices(all) {
  const place = make('p.notice', { role: 'status', hidden: true });
  let timer;
  all.append(place);
  return (text) => {
    clearTimeout(timer);
    place.hidden = false;
    place.textContent = text;
    timer = setTimeout(() => { place.hidden = true; }, 8_000);
  };
}

/** A problem as the terminal shows it, and the way to where it is. */
function report(problem, open) {
  const press = () => open({ file: problem.file, line: problem.line, column: problem.column });
  const label = `Open in editor: ${placeOf(problem)}`;
  return make('li', {}, make('pre', { tabIndex: 0, role: 'group', ariaLabel: `${problem.level}: ${problem.message}` }, problem.text.trim()),
    button('Open in editor', press, { ariaLabel: label, disabled: !problem.file }));
}

/** What keeps the site from being compiled, over the page; the page itself stays as it was last. */
function overlay(all, open) {
  const title = make('h2', { id: 'overlay-title' });
  const list = make('ol', { role: 'list' });
  const panel = make('section.overlay', { popover: 'manual', 'aria-labelledby': 'overlay-title' },
    make('header', {}, title, make('p', {}, 'The page below is the last that could be made. It changes when this is fixed.'),
      button('Fold', () => fold(), { ariaLabel: 'Fold the problems', 'aria-keyshortcuts': 'Escape' })), list);
  const word = make('p.unseen', { role: 'alert' });
  all.append(panel, word);
  let key = null;
  const listeners = [];
  const isOpen = () => panel.matches(':popover-open');
  const changed = () => { for (const run of listeners) run(); };
  const unfold = () => {
    if (key && !isOpen()) panel.showPopover();
    memory.set('folded', null);
    changed();
  };
  const fold = () => {
    if (isOpen()) panel.hidePopover();
    memory.set('folded', key);
    changed();
  };
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !isOpen() || event.defaultPrevented) return;
    event.preventDefault();
    fold();
  });
  return {
    fold, unfold, isOpen,
    onChange: (run) => listeners.push(run),
    show(site, isFirst) {
      const before = key;
      key = site.ok ? null : hash(JSON.stringify(site.problems));
      if (!key) {
        if (before) word.textContent = 'The problems are fixed.';
        if (isOpen()) panel.hidePopover();
        memory.set('folded', null);
        changed();
        return;
      }
      const errors = site.problems.filter(({ level }) => level === 'error').length;
      const others = site.problems.length - errors;
      const text = [errors && counted(errors, 'error'), others && counted(others, 'warning')].filter(Boolean).join(', ');
      title.textContent = text;
      list.replaceChildren(...site.problems.map((problem) => report(problem, open)));
      word.textContent = `${text}. The page is the last that could be made.`;
      // What was folded stays so until the next save.
      if (isFirst && memory.get('folded') === key) changed();
      else unfold();
    },
  };
}
