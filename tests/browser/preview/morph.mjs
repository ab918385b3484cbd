// What stays when a page changes in place.
import { test } from '../suite.mjs';

const page = (main, { head = '', title = 'Page' } = {}) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${head}</head>`
  + `<body><main id="main" data-source="content/a.md:1">${main}</main></body></html>`;
const lines = (count, from = 0) => Array.from({ length: count }, (_, at) => `<p data-source="content/a.md:${at + from}">Line ${at} of many, which say little.</p>`).join('\n');

/** Marks the document, so that a reload shows; opens `html` at /. */
async function opened(run, html, files = {}) {
  const server = await run.stub({ '/': html, ...files });
  const window = await run.open('');
  await run.until(window, 'the preview is live', () => document.querySelector('hornbook-preview')?.shadowRoot.querySelector('[data-state=live]'));
  // The client compares with what was sent once the page has settled.
  await window.evaluate(() => { window.mark = true; });
  return { server, window };
}
const shows = (run, window, text) => run.until(window, `the page shows ${text}`, (wanted) => document.querySelector('main').textContent.includes(wanted), text);
const stayed = async (run, window) => run.expect(await window.evaluate(() => window.mark === true), window, 'the page was not loaded anew');

test('texts, attributes and elements change, and everything else is the same node', async (run) => {
  const before = page('<h1 id="h">One</h1><p class="a" data-source="content/a.md:3">Old <b>text</b> here.</p><ul><li>a</li><li>b</li><li>c</li></ul><p>Last</p>');
  const { server, window } = await opened(run, before);
  await window.evaluate(() => { window.nodes = [...document.querySelectorAll('h1, p, b, ul, li')]; });
  server.compile({ '/': page('<h1 id="h">Two</h1><p class="a b" data-source="content/a.md:4">New <b>text</b> there.</p><ul><li>a</li><li>new</li><li>b</li><li>c!</li></ul><p>Last</p><p>More</p>', { title: 'Other' }) });
  await shows(run, window, 'More');
  await stayed(run, window);
  const found = await window.evaluate(() => ({
    html: document.querySelector('main').innerHTML, title: document.title, kept: window.nodes.every((node) => node.isConnected),
  }));
  run.expect(found.kept, window, 'every element is still there');
  run.expect(found.title === 'Other', window, 'the title follows');
  run.expect(found.html === '<h1 id="h">Two</h1><p class="a b" data-source="content/a.md:4">New <b>text</b> there.</p><ul><li>a</li><li>new</li><li>b</li><li>c!</li></ul><p>Last</p><p>More</p>', window, `the page is as sent: ${found.html}`);
});

test('what follows each other changes places', async (run) => {
  const item = (name) => `<section id="${name}"><h2>${name}</h2><input name="${name}"></section>`;
  const { server, window } = await opened(run, page(['a', 'b', 'c', 'd'].map(item).join('')));
  await window.locator('[name=c]').fill('typed');
  server.compile({ '/': page(['d', 'c', 'x', 'a'].map(item).join('')) });
  await run.until(window, 'the order is the new one', () => [...document.querySelectorAll('section')].map(({ id }) => id).join('') === 'dcxa');
  await stayed(run, window);
  run.expect(await window.locator('[name=c]').inputValue() === 'typed', window, 'what was typed moves along');
});

test('scroll, folds, fields, focus, selection, popovers and what scripts did stay', async (run) => {
  const html = (top, text) => page(`${top}${lines(60)}
<details id="fold"><summary>More</summary><p>Folded ${text}</p></details>
<input type="checkbox" name="box"><input name="field" value=""><p id="pop" popover>Popover</p>
<p id="chosen">Some words to select, ${text}</p>${lines(60, 200)}`);
  const { server, window } = await opened(run, html('', 'old'));
  await window.evaluate(() => {
    document.documentElement.classList.add('js');
    document.documentElement.dataset.scheme = 'dark';
    const note = document.createElement('small');
    note.className = 'added';
    note.textContent = 'added by a script';
    document.querySelector('#chosen').append(note);
    const tip = document.createElement('div');
    tip.id = 'tip';
    document.querySelector('main').append(tip);
    document.querySelector('details').open = true;
  });
  await window.locator('[name=box]').check();
  await window.locator('[name=field]').fill('typed');
  const before = await window.evaluate(() => {
    document.querySelector('#pop').showPopover();
    document.querySelector('#chosen').scrollIntoView({ block: 'start' });
    getSelection().setBaseAndExtent(document.querySelector('#chosen').firstChild, 5, document.querySelector('#chosen').firstChild, 10);
    return document.querySelector('#chosen').getBoundingClientRect().top;
  });
  server.compile({ '/': html(`<h1>New</h1>${lines(20, 500)}`, 'new') });
  await shows(run, window, 'Folded new');
  await stayed(run, window);
  const after = await window.evaluate(() => ({
    top: document.querySelector('#chosen').getBoundingClientRect().top,
    root: `${document.documentElement.className} ${document.documentElement.dataset.scheme}`,
    added: document.querySelector('#chosen > .added') !== null && document.querySelector('main > #tip') !== null,
    popover: document.querySelector('#pop').matches(':popover-open'),
    open: document.querySelector('details').open,
    checked: document.querySelector('[name=box]').checked,
    typed: document.querySelector('[name=field]').value,
    focus: document.activeElement?.name,
    selection: getSelection().toString(),
    text: document.querySelector('#chosen').firstChild.data,
  }));
  run.expect(Math.abs(after.top - before) <= 1, window, `what stood at the top stays: ${before}, then ${after.top}`);
  run.expect(after.root === 'js dark', window, 'classes and data of the root stay');
  run.expect(after.added && after.popover && after.open && after.checked, window, `additions, popover, fold and box stay: ${JSON.stringify(after)}`);
  run.expect(after.typed === 'typed' && after.focus === 'field', window, 'what was typed and the focus stay');
  run.expect(after.selection === 'words' && after.text.endsWith('new'), window, `the selection stays: ${after.selection}`);
});

test('a stylesheet is swapped without a moment without', async (run) => {
  const css = (colour) => ({ type: 'text/css', body: `main { color: ${colour}; }` });
  const link = (name) => ({ head: `<link rel="stylesheet" href="/${name}.css">` });
  const { server, window } = await opened(run, page('<p>Text</p>', link('one')), { '/one.css': css('rgb(255, 0, 0)') });
  await window.evaluate(() => {
    window.colours = new Set();
    const look = () => {
      window.colours.add(getComputedStyle(document.querySelector('main')).color);
      requestAnimationFrame(look);
    };
    look();
  });
  server.compile({ '/': page('<p>Text</p>', link('two')), '/two.css': css('rgb(0, 0, 255)') });
  await run.until(window, 'the new colour holds alone', () => getComputedStyle(document.querySelector('main')).color === 'rgb(0, 0, 255)' && document.querySelectorAll('head > link[href*=".css"]').length === 2);
  await stayed(run, window);
  server.compile({ '/two.css': css('rgb(0, 128, 0)') });
  await run.until(window, 'a stylesheet with the same name is read again', () => getComputedStyle(document.querySelector('main')).color === 'rgb(0, 128, 0)');
  await stayed(run, window);
  const colours = await window.evaluate(() => [...window.colours]);
  run.expect(!colours.includes('rgb(0, 0, 0)'), window, `it never was without: ${colours}`);
});

test('a changed script loads the page anew, where it was', async (run) => {
  const script = (name) => ({ head: `<script src="/${name}.js" defer></script>` });
  const body = `${lines(80)}<details><summary>More</summary><p>Folded</p></details><input name="field"><p id="here">Here</p>${lines(80)}`;
  const { server, window } = await opened(run, page(body, script('one')), { '/one.js': { type: 'text/javascript', body: 'window.script = 1;' } });
  await window.locator('[name=field]').fill('typed');
  const before = await window.evaluate(() => {
    document.querySelector('details').open = true;
    document.querySelector('#here').scrollIntoView({ block: 'start' });
    return document.querySelector('#here').getBoundingClientRect().top;
  });
  server.compile({ '/': page(lines(5, 900) + body, script('two')), '/two.js': { type: 'text/javascript', body: 'window.script = 2;' } });
  await run.until(window, 'the new script ran', () => window.script === 2);
  await run.until(window, 'fold and field are as they were', () => document.querySelector('details').open && document.querySelector('[name=field]').value === 'typed');
  await run.until(window, 'the place is what it was', (top) => Math.abs(document.querySelector('#here').getBoundingClientRect().top - top) <= 2, before);
});

test('where scripts rebuilt the page, it is loaded anew when elements come', async (run) => {
  const script = { head: '<script src="/one.js" defer></script>' };
  const files = { '/one.js': { type: 'text/javascript', body: "for (const link of document.querySelectorAll('main a')) link.replaceWith(Object.assign(document.createElement('input'), { name: link.textContent }));" } };
  const { server, window } = await opened(run, page('<p><a href="#">one</a></p><p id="text">Old</p>', script), files);
  server.compile({ '/': page('<p><a href="#">one</a></p><p id="text">New</p>', script) });
  await shows(run, window, 'New');
  await stayed(run, window);
  await window.locator('[name=one]').fill('typed');
  server.compile({ '/': page('<p><a href="#">one</a> <a href="#">two</a></p><p id="text">New</p>', script) });
  await run.until(window, 'the script knows the new link', () => document.querySelector('[name=two]'));
  run.expect(await window.locator('[name=one]').inputValue() === 'typed', window, 'what was typed is there again');
});

test('where a script adds to elements, it adds to new ones too', async (run) => {
  const script = { head: '<script src="/one.js" defer></script>' };
  const files = { '/one.js': { type: 'text/javascript', body: "for (const cite of document.querySelectorAll('.cite')) cite.after(Object.assign(document.createElement('small'), { textContent: `note ${cite.textContent}` }));" } };
  const { server, window } = await opened(run, page('<p>Old<sup class="cite">1</sup>, so.</p>', script), files);
  server.compile({ '/': page('<p>New<sup class="cite">1</sup>, so.</p><p>And more.</p>', script) });
  await shows(run, window, 'New1note 1, so.And more.');
  await stayed(run, window);
  server.compile({ '/': page('<p>New<sup class="cite">1</sup>, so.</p><p>And more<sup class="cite">2</sup>.</p>', script) });
  await shows(run, window, 'And more2note 2.');
  server.compile({ '/': page('<p>New, so.</p><p>And more<sup class="cite">2</sup>.</p>', script) });
  await shows(run, window, 'New, so.And more2note 2.');
});

test('pages that moved, are gone, or come back', async (run) => {
  const { server, window } = await opened(run, page('<p>Home</p>'), {
    '/a/': page('<p>Section</p>'), '/a/old/': page('<p>Old</p>'), '/404.html': page('<p>There is no such page</p>'),
  });
  run.allow(/status of 404/);
  const notice = (text) => run.until(window, `a notice says ${text}`, (wanted) => document.querySelector('hornbook-preview')?.shadowRoot.querySelector('.notice')?.textContent.includes(wanted), text);
  const live = () => run.until(window, 'the preview is live', () => document.querySelector('hornbook-preview')?.shadowRoot.querySelector('[data-state=live]'));
  await run.go(window, 'a/old/?q=1#x');
  await live();
  server.compile({ '/a/old/': null, '/a/new/': page('<p>New</p>') }, { moved: { 'a/old/': 'a/new/' } });
  await window.waitForURL('**/a/new/?q=1#x');
  await notice('/a/old/');
  await live();
  server.compile({ '/a/new/': { status: 308, location: '/a/newer/' }, '/a/newer/': page('<p>Newer</p>') });
  await window.waitForURL('**/a/newer/*');
  await live();
  server.compile({ '/a/newer/': page('<p>x</p>', { head: '<meta http-equiv="refresh" content="0; url=../newest/">' }), '/a/newest/': page('<p>Newest</p>') });
  await window.waitForURL('**/a/newest/*');
  await live();
  server.compile({ '/a/newest/': null, '/a/': null });
  await window.waitForURL(server.url);
  await notice('/a/newest/ is gone');
  // "Not found" is a page like any other, until there is one.
  await window.goto(`${server.url}nowhere/`);
  await live();
  server.compile({ '/404.html': page('<p>Really no such page</p>') });
  await shows(run, window, 'Really');
  server.compile({ '/nowhere/': page('<p>Somewhere</p>') });
  await shows(run, window, 'Somewhere');
});

test('a server that comes back, whatever it counts', async (run) => {
  const { server, window } = await opened(run, page('<p>Old</p>'));
  run.allow(/ERR_CONNECTION|ERR_EMPTY|ERR_INCOMPLETE/);
  await server.stop();
  await run.until(window, 'it says that it waits', () => document.querySelector('hornbook-preview').shadowRoot.querySelector('[data-state=lost]'));
  await server.start();
  await run.until(window, 'it is live again', () => document.querySelector('hornbook-preview').shadowRoot.querySelector('[data-state=live]'));
  await stayed(run, window);
  await server.stop();
  server.compile({ '/': page('<p>New</p>') });
  await server.start();
  await shows(run, window, 'New');
  await stayed(run, window);
});

test('twenty tabs need one connection, and a hidden one needs none', async (run) => {
  const { server, window } = await opened(run, page('<p>Old</p>'));
  const tabs = await Promise.all(Array.from({ length: 19 }, () => window.context().newPage()));
  await Promise.all(tabs.map((tab) => tab.goto(server.url)));
  server.compile({ '/': page('<p>New</p>') });
  for (const tab of [window, ...tabs]) await shows(run, tab, 'New');
  run.expect(server.listeners.size === 1, window, `one connection for all: ${server.listeners.size}`);
  await Promise.all(tabs.map((tab) => tab.close()));
  const hide = (hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  };
  await window.evaluate(hide, true);
  while (server.listeners.size) await new Promise((next) => { setImmediate(next); });
  server.compile({ '/': page('<p>Newest</p>') });
  await window.evaluate(hide, false);
  await shows(run, window, 'Newest');
  await stayed(run, window);
});
