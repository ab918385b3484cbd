// Whatever changes in a page, it is in the end what was sent, in place.
import { test } from '../suite.mjs';

/** Chance from a seed (xorshift). */
function chance(seed) {
  let state = BigInt(seed);
  return (limit) => {
    state ^= (state << 13n) & 0xffffffffffffffffn;
    state ^= state >> 7n;
    state ^= (state << 17n) & 0xffffffffffffffffn;
    return Number((state >> 11n) % BigInt(limit));
  };
}
const NAMES = ['p', 'section', 'ul', 'li', 'b', 'figure', 'details', 'h2'];
const WORDS = ['one', 'two', 'three', 'four', '\n', ' ', 'a &amp; b', 'ü'];

/** A tree of `{ name, attributes, children }` and texts. Sections may stand in sections: no parser moves what stands in them. */
function tree(below, depth) {
  if (depth > 3 || below(4) === 0) return WORDS[below(WORDS.length)];
  const name = depth ? NAMES[below(NAMES.length)] : 'section';
  const inline = ['p', 'b', 'h2'].includes(name);
  const children = Array.from({ length: below(6) }, () => (inline ? WORDS[below(WORDS.length)] : tree(below, depth + 1)));
  return { name: name === 'p' || name === 'h2' ? name : 'section', kind: name, children };
}
const html = (node, path = '0') => {
  if (typeof node === 'string') return node;
  const attributes = [['id', node.id], ['class', node.kind], ['data-source', node.source], ['title', node.title]].filter(([, value]) => value);
  return `<${node.name}${attributes.map(([name, value]) => ` ${name}="${value}"`).join('')}>${node.children.map((child, at) => html(child, `${path}.${at}`)).join('<!---->')}</${node.name}>`;
};
function edit(root, below, step) {
  const all = [];
  const walk = (node) => {
    if (typeof node === 'string') return;
    all.push(node);
    node.children.forEach(walk);
  };
  walk(root);
  const node = all[below(all.length)];
  const at = below(node.children.length + 1);
  const made = () => (['p', 'h2'].includes(node.name) ? `new ${step}` : tree(below, 2));
  switch (below(8)) {
    case 0: node.children.splice(at, 0, made()); break;
    case 1: node.children.splice(at, 1); break;
    case 2: node.children.reverse(); break;
    case 3: node.title = `title ${step}`; break;
    case 4: node.source = `content/a.md:${step}`; break;
    case 5: node.id = node.id ? undefined : `id-${step}`; break;
    case 6: node.kind = `${node.kind ?? ''} k${step}`.trim(); break;
    default: node.children.push(...node.children.splice(0, at));
  }
}

for (const seed of [1, 22, 333, 4444]) {
  test(`a hundred edits, seed ${seed}`, async (run) => {
    const below = chance(seed * 7919 + 1);
    const root = { name: 'section', children: Array.from({ length: 6 }, () => tree(below, 1)) };
    const page = () => `<!doctype html><html lang="en"><head><title>x</title></head><body><main>${html(root)}</main></body></html>`;
    const server = await run.stub({ '/': page() });
    const window = await run.open('');
    await run.until(window, 'the preview is live', () => document.querySelector('hornbook-preview')?.shadowRoot.querySelector('[data-state=live]'));
    await window.evaluate(() => { window.mark = true; });
    for (let step = 0; step < 100; step += 1) {
      const before = html(root);
      edit(root, below, step);
      server.compile({ '/': page() });
      const same = await run.until(window, `after edit ${step} the page is what was sent`, (wanted) => {
        const sent = new DOMParser().parseFromString(wanted, 'text/html').querySelector('main');
        return sent.isEqualNode(document.querySelector('main'));
      }, page());
      if (!same) {
        run.fault(window, `before ${before} sent ${html(root)} shown ${await window.evaluate(() => document.querySelector('main').innerHTML)}`);
        return;
      }
    }
    run.expect(await window.evaluate(() => window.mark === true), window, 'the page was not loaded anew');
  });
}
