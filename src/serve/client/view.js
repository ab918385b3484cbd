// What a reader sees and has done: kept where the page changes in place, and over a reload where it cannot.

/** What this tab remembers; nothing where the browser keeps nothing. */
const memory = {
  get(name) {
    try { return JSON.parse(sessionStorage.getItem(`hornbook:${name}`)); } catch { return null; }
  },
  set(name, value) {
    try {
      if (value === null) sessionStorage.removeItem(`hornbook:${name}`);
      else sessionStorage.setItem(`hornbook:${name}`, JSON.stringify(value));
    } catch { /* it holds for this page */ }
  },
};

const BLOCKS = '[data-source], h1, h2, h3, h4, p, li, dt, dd, figure, tr';

/** Whether an element scrolls with the page. */
function scrolls(element) {
  for (let one = element; one; one = one.parentElement) if (['fixed', 'sticky'].includes(getComputedStyle(one).position)) return false;
  return true;
}

/** The blocks at the top of the window, the first ones that are seen, and where they are. */
function topBlocks() {
  const found = [];
  for (const element of document.body.querySelectorAll(BLOCKS)) {
    const { top, bottom, height } = element.getBoundingClientRect();
    if (height && bottom > 0 && !element.querySelector(BLOCKS) && scrolls(element)) found.push({ element, top });
    if (found.length >= 12) break;
  }
  return found;
}

const still = new CSSStyleSheet();
still.replaceSync('html { overflow-anchor: none !important; scroll-behavior: auto !important; }');
const styles = (sheet, on) => {
  const others = document.adoptedStyleSheets.filter((other) => other !== sheet);
  document.adoptedStyleSheets = on ? [...others, sheet] : others;
};

/** Runs `change`, and keeps what stands at the top of the window where it stands, and the focus. */
async function keepingPlace(change) {
  const blocks = scrollY > 0 ? topBlocks() : [];
  const focus = document.activeElement;
  const settle = () => {
    const stays = blocks.find(({ element }) => element.isConnected && element.getClientRects().length);
    if (!stays) return;
    const moved = stays.element.getBoundingClientRect().top - stays.top;
    if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: 'instant' });
  };
  styles(still, true);
  try {
    const loaded = change();
    settle();
    if (focus?.id && !focus.isConnected) document.getElementById(focus.id)?.focus({ preventScroll: true });
    await loaded;
    settle();
  } finally {
    requestAnimationFrame(() => styles(still, false));
  }
}

/** Every field of the page by what it is called, and every fold by its summary; the second of a name is another. */
function* controls(selector, name) {
  const seen = new Map();
  for (const element of document.querySelectorAll(selector)) {
    const own = name(element);
    const count = (seen.get(own) ?? 0) + 1;
    seen.set(own, count);
    yield [`${own} ${count}`, element];
  }
}
const folds = () => controls('details', (details) => details.querySelector('summary')?.textContent.trim() ?? '');
const fields = () => controls('input:not([type=file], [type=password]), select, textarea', (field) =>
  [field.localName, field.type, field.id, field.name, field.dataset.key ?? '', field.type === 'radio' ? field.value : ''].join(' '));
const isChecked = (field) => ['checkbox', 'radio'].includes(field.type);

/** Where the reader is, and what is open and typed. */
function currentView() {
  const text = (element) => element.textContent.slice(0, 80);
  return {
    page: location.pathname,
    top: scrollY,
    blocks: topBlocks().map(({ element, top }) => [element.localName, text(element), top]),
    folds: [...folds()].map(([name, details]) => [name, details.open]),
    fields: [...fields()].map(([name, field]) => [name, isChecked(field) ? field.checked : field.value]),
    focus: document.activeElement?.id ?? '',
  };
}

/** Loads the page anew; `restoreView` puts it where it was. */
function reloadKeeping(view) {
  memory.set('view', view);
  history.scrollRestoration = 'manual';
  location.reload();
}

function restoreView() {
  const view = memory.get('view');
  memory.set('view', null);
  if (view?.page !== location.pathname) return;
  history.scrollRestoration = 'auto';
  const [knownFolds, knownFields] = [new Map(view.folds), new Map(view.fields)];
  for (const [name, details] of folds()) details.open = knownFolds.get(name) ?? details.open;
  for (const [name, field] of fields()) {
    const value = knownFields.get(name);
    const key = isChecked(field) ? 'checked' : 'value';
    if (value === undefined || field[key] === value) continue;
    field[key] = value;
    for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
  }
  if (view.focus) document.getElementById(view.focus)?.focus({ preventScroll: true });
  const same = ([name, text]) => [...document.body.querySelectorAll(name)].find((element) => element.textContent.slice(0, 80) === text);
  const block = view.top > 0 && view.blocks.find((one) => same(one));
  if (block) scrollBy({ top: same(block).getBoundingClientRect().top - block[2], behavior: 'instant' });
  else scrollTo({ top: view.top, behavior: 'instant' });
}
