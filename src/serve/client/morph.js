// The page as it was sent before and as it is sent now → the changes of the page on screen. Only what differs between the two is
// applied, so whatever a script added, a reader opened or typed, or the browser keeps beside an element stays as it is.

/** Thrown where a page cannot follow in place: it is loaded anew. */
class Unmorphable extends Error {}

/** Which node on screen a node of the source is. */
const live = new WeakMap();
/** The nodes on screen that the source knows; others came from scripts. */
let known = new WeakSet();
let signatures = new WeakMap();
/** Whether scripts took the source apart or put fields in: they must be run again when elements come and go. */
let isScripted = false;
/** Kinds of elements that scripts put something behind: a new one needs it too. */
let adorned = new Set();
/** Stylesheets that are being loaded. */
let loading = [];

const isTemplate = (node) => node.localName === 'template';
const inside = (node) => (isTemplate(node) ? node.content : node);
const children = (node) => (node.localName === 'noscript' ? [] : [...inside(node).childNodes]);
const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;
const isBlank = (node) => node.nodeType === Node.TEXT_NODE && !node.data.trim();

/** A page as it was sent, without what the preview put in. */
function parsePage(text) {
  const page = new DOMParser().parseFromString(text, 'text/html');
  for (const own of page.querySelectorAll('[src^="/-hornbook/"], link[href^="/-hornbook/"]')) own.remove();
  return page;
}

function hash(text) {
  let [one, other] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 2654435761);
    other = Math.imul(other ^ code, 1597334677);
  }
  return `${one >>> 0}.${other >>> 0}`;
}

/** The same for nodes that are alike in all but where they stand in the sources. */
function signature(node) {
  let found = signatures.get(node);
  if (found === undefined) {
    found = `${node.nodeType}${node.data ?? ''}`;
    if (isElement(node)) {
      const attributes = [...node.attributes].filter(({ name }) => name !== 'data-source').map(({ name, value }) => `${name}=${value}`);
      const within = node.localName === 'noscript' ? [node.textContent] : children(node).map(signature);
      found = hash([node.localName, ...attributes, ...within].join('\u0000'));
    }
    signatures.set(node, found);
  }
  return found;
}

/** What a node must share with another to become it. */
function kind(node) {
  if (!isElement(node)) return String(node.nodeType);
  const name = ['rel', 'name', 'property', 'type'].map((attribute) => node.getAttribute(attribute) ?? '').join(' ');
  return `${node.localName} ${name}`;
}

/** New node → old node, for those that are the same or can become the same. */
function align(olds, news) {
  const pairs = new Map();
  const taken = new Set();
  const take = (old, node) => { pairs.set(node, old); taken.add(old); };
  const same = (old, node) => signature(old) === signature(node);
  let start = 0;
  let [oldEnd, newEnd] = [olds.length, news.length];
  for (; start < oldEnd && start < newEnd && same(olds[start], news[start]); start += 1) take(olds[start], news[start]);
  for (; oldEnd > start && newEnd > start && same(olds[oldEnd - 1], news[newEnd - 1]);) take(olds[oldEnd -= 1], news[newEnd -= 1]);
  const [left, right] = [olds.slice(start, oldEnd), news.slice(start, newEnd)];
  for (const [old, node] of longestCommon(left, right)) take(old, node);
  // What has an id is found wherever it went among its siblings.
  const byId = new Map(left.filter((old) => old.id && !taken.has(old)).map((old) => [old.id, old]));
  for (const node of right) {
    const old = byId.get(node.id);
    if (old && !taken.has(old) && !pairs.has(node) && kind(old) === kind(node)) take(old, node);
  }
  // The rest changes: in order, between what is the same before and after.
  const ids = new Set([...left, ...right].map(({ id }) => id).filter(Boolean));
  const oldIds = new Set(left.map(({ id }) => id));
  const newIds = new Set(right.map(({ id }) => id));
  const stays = (id) => id && ids.has(id) && oldIds.has(id) && newIds.has(id);
  let from = 0;
  for (const node of right) {
    if (pairs.has(node)) {
      from = Math.max(from, left.indexOf(pairs.get(node)) + 1);
      continue;
    }
    for (let at = from; at < left.length && !taken.has(left[at]); at += 1) {
      const old = left[at];
      if (kind(old) === kind(node) && isBlank(old) === isBlank(node) && !stays(old.id) && !stays(node.id)) {
        take(old, node);
        from = at + 1;
        break;
      }
    }
  }
  return pairs;
}

/** Pairs of nodes that are the same, in the same order, as many as there can be; elements count for more than white space. */
function longestCommon(left, right) {
  if (!left.length || !right.length || left.length * right.length > 1_000_000) return [];
  const width = right.length + 1;
  const worth = new Uint32Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      const here = signature(left[i]) === signature(right[j]) ? worth[(i + 1) * width + j + 1] + (isBlank(left[i]) ? 1 : 4) : 0;
      worth[i * width + j] = Math.max(here, worth[(i + 1) * width + j], worth[i * width + j + 1]);
    }
  }
  const pairs = [];
  for (let [i, j] = [0, 0]; i < left.length && j < right.length;) {
    if (signature(left[i]) === signature(right[j]) && worth[i * width + j] > Math.max(worth[(i + 1) * width + j], worth[i * width + j + 1])) {
      pairs.push([left[i], right[j]]);
      i += 1;
      j += 1;
    } else if (worth[(i + 1) * width + j] >= worth[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}

const bind = (source, node) => { live.set(source, node); known.add(node); };

/** Finds the source in the page on screen, which scripts may have changed since. */
function adopt(page) {
  known = new WeakSet();
  signatures = new WeakMap();
  const pair = (source, node) => {
    bind(source, node);
    for (const [found, old] of align(children(source), children(node))) {
      if (isElement(old) || old.data === found.data) pair(old, found);
    }
  };
  pair(page.documentElement, document.documentElement);
  signatures = new WeakMap();
  const taken = [...page.querySelectorAll('main *')].some((element) => !live.has(element) && !element.closest('noscript'));
  const fields = [...document.querySelectorAll('main :is(input, select, textarea, button)')];
  isScripted = taken || fields.some((field) => !known.has(field));
  const added = [...document.querySelectorAll('main *')].filter((element) => !known.has(element));
  adorned = new Set(added.map(({ previousSibling }) => previousSibling).filter((before) => before && known.has(before)).map(look).filter(Boolean));
}

/** Makes the page on screen, which was sent as `before`, what `after` is. Hands back what is still loading. */
function morph(before, after) {
  loading = [];
  const scripts = (page) => [...page.querySelectorAll('script, template')].map(signature).join();
  if (scripts(before) !== scripts(after)) throw new Unmorphable('a script changed');
  patch(before.documentElement, after.documentElement);
  return Promise.all(loading);
}

function patch(old, node) {
  const here = live.get(old);
  const isSame = signature(old) === signature(node);
  if (!here) {
    if (!isSame) throw new Unmorphable('what changed was replaced by a script');
    return;
  }
  bind(node, here);
  if (!isElement(node)) {
    if (old.data !== node.data) write(here, old.data, node.data);
    return;
  }
  if (isSame) {
    patchAttributes(old, node, here);
    const others = children(node);
    children(old).forEach((child, at) => patch(child, others[at]));
    return;
  }
  if (node.localName === 'noscript') {
    here.textContent = node.innerHTML;
    return;
  }
  if (isStylesheet(old) && isStylesheet(node) && old.getAttribute('href') !== node.getAttribute('href')) {
    bind(node, restyle(here, node.getAttribute('href')));
    return;
  }
  patchAttributes(old, node, here);
  patchChildren(old, node, inside(here));
}

/** Text keeps its selection where it stays the same. */
function write(here, before, after) {
  if (here.data !== before) throw new Unmorphable('a script wrote where the text changed');
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < least - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  here.replaceData(start, before.length - start - end, after.slice(start, after.length - end));
}

function patchAttributes(old, node, here) {
  for (const { name } of [...old.attributes]) {
    if (node.hasAttribute(name)) continue;
    if (name === 'class') here.classList.remove(...old.classList);
    else here.removeAttribute(name);
  }
  for (const { name, value, namespaceURI } of node.attributes) {
    if (old.getAttribute(name) === value) continue;
    if (name === 'class') {
      // Classes that a script set stay.
      here.classList.remove(...[...old.classList].filter((one) => !node.classList.contains(one)));
      here.classList.add(...node.classList);
    } else here.setAttributeNS(namespaceURI, name, value);
  }
}

function patchChildren(old, node, parent) {
  const [olds, news] = [children(old), children(node)];
  const pairs = align(olds, news);
  const kept = new Set(pairs.values());
  for (const gone of olds) if (!kept.has(gone)) remove(gone, parent);
  let next = null;
  for (const child of news.toReversed()) {
    const was = pairs.get(child);
    if (was) patch(was, child);
    const here = was ? live.get(child) : create(child);
    if (!here) continue;
    if (!was) insert(here, next, parent, olds.findLast((one) => kept.has(one) && live.get(one)?.parentNode === parent));
    else if (next && here.parentNode === parent && !(here.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_FOLLOWING)) {
      if (isElement(here)) refuseWhereScripted(parent);
      if (parent.moveBefore) parent.moveBefore(here, next);
      else parent.insertBefore(here, next);
    }
    if (here.parentNode === parent) next = here;
  }
}

function refuseWhereScripted(parent) {
  if (isScripted && document.body.contains(parent)) throw new Unmorphable('scripts know which elements there were');
}

function insert(here, next, parent, last) {
  if (isElement(here)) refuseWhereScripted(parent);
  if (next) parent.insertBefore(here, next);
  else if (last) live.get(last).after(here);
  else parent.append(here);
}

function remove(gone, parent) {
  const here = live.get(gone);
  if (!here || here.parentNode !== parent) {
    if (isElement(gone) || !isBlank(gone)) throw new Unmorphable('what is gone was moved by a script');
    return;
  }
  if (isElement(gone)) {
    refuseWhereScripted(parent);
    // What a script put behind it in the text belongs to it.
    if (!['head', 'body', 'main'].includes(parent.localName)) {
      while (here.nextSibling && !known.has(here.nextSibling)) here.nextSibling.remove();
    }
  }
  here.remove();
}

function create(node) {
  if (isElement(node) && hasScript(node)) throw new Unmorphable('a script moved');
  if (isElement(node) && adorned.size && [node, ...node.querySelectorAll('*')].some((one) => adorned.has(look(one)))) {
    throw new Unmorphable('a script adds to what is new');
  }
  const made = document.importNode(node, true);
  const bindAll = (source, copy) => {
    bind(source, copy);
    const copies = children(copy);
    children(source).forEach((child, at) => bindAll(child, copies[at]));
  };
  bindAll(node, made);
  return made;
}

/** An element by its name and class; nothing for what has no class. */
const look = (node) => node.getAttribute?.('class') && `${node.localName} ${node.getAttribute('class')}`;
const hasScript = (element) => element.localName === 'script' || element.querySelector('script') !== null;
const isStylesheet = (node) => node.localName === 'link' && node.rel === 'stylesheet';

/** Puts a stylesheet in the place of another. The old one goes when the new one is there, so that nothing is ever without. */
function restyle(here, href) {
  const fresh = here.cloneNode();
  fresh.setAttribute('href', href);
  loading.push(new Promise((done) => {
    fresh.onload = fresh.onerror = () => {
      here.remove();
      done();
    };
  }));
  here.after(fresh);
  return fresh;
}

/** Loads anew what stands at an address that changed its content and not its name. */
function refreshAssets(page, changed, version) {
  loading = [];
  const isChanged = (address) => {
    const { origin, pathname } = new URL(address, document.baseURI);
    return origin === location.origin && changed.some((file) => decodeURI(pathname).endsWith(`/${file}`));
  };
  const anew = (address) => {
    const url = new URL(address, document.baseURI);
    url.searchParams.set('-hornbook', `v${version}`);
    return url.href;
  };
  for (const script of page.querySelectorAll('script[src]')) {
    if (isChanged(script.getAttribute('src'))) throw new Unmorphable('a script changed');
  }
  for (const source of page.querySelectorAll('link[rel=stylesheet]')) {
    const link = live.get(source);
    if (link && isChanged(link.href)) bind(source, restyle(link, anew(link.href)));
  }
  for (const image of document.images) if (isChanged(image.src)) image.src = anew(image.src);
  return Promise.all(loading);
}
