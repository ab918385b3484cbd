// From the page to its sources.
import { test } from '../suite.mjs';

const FILES = {
  'content/site.yaml': 'title: Site\nbase_url: https://example.org/some/where/\nlanguage: en\nsections: [{id: a, title: A}]\n',
  'content/a/page.md': '---\ntitle: Page\nsummary: x\ntakeaways:\n  - One to take away.\n---\nFirst.\n\n- one\n- two\n\n#### Too deep\n\nLast about a word.\n',
  'content/glossary/word.md': '---\nname: word\ndefinition: What is said.\n---\n',
  'content/glossary/never.md': '---\nname: zzyzx\ndefinition: Nothing.\n---\n',
};
const live = (run, window) => run.until(window, 'the preview is live', () => document.querySelector('hornbook-preview')?.shadowRoot.querySelector('[data-state=live]'));

async function opened(run, path, options) {
  const server = await run.hornbook(FILES);
  if (!server) return {};
  run.site = { url: `${server.url}some/where/` };
  const window = await run.open(path, options);
  await live(run, window);
  return { server, window };
}
const asked = async (window, act) => {
  const [request] = await Promise.all([window.waitForRequest((one) => one.url().endsWith('/-hornbook/open')), act()]);
  await request.response();
  return request.postDataJSON();
};

test('what is pressed with Alt opens where it is written', async (run) => {
  const { server, window } = await opened(run, 'a/page/');
  if (!server) return;
  const press = (selector) => asked(window, () => window.locator(selector).first().click({ modifiers: ['Alt'] }));
  for (const [selector, file, line] of [
    ['main li:has-text("two")', 'content/a/page.md', 10], ['h4', 'content/a/page.md', 12], ['a.term', 'content/a/page.md', 14],
    ['li:has-text("One to take away")', 'content/a/page.md', 5], ['h1', 'content/a/page.md', 2],
  ]) {
    const found = await press(selector);
    run.expect(found.file === file && found.line === line, window, `${selector} opens ${file}:${line}: ${JSON.stringify(found)}`);
  }
  run.expect(window.url().endsWith('/a/page/'), window, 'a link that is pressed with Alt is not followed');
  await run.until(window, 'a notice says so', () => document.querySelector('hornbook-preview').shadowRoot.querySelector('.notice').textContent.includes('content/a/page.md:2'));
  while (!/page\.md:2\b/.test(await server.opened())) await new Promise((next) => { setImmediate(next); });
  await run.go(window, 'glossary/');
  await live(run, window);
  const found = await press('#word dfn');
  run.expect(found.file === 'content/glossary/word.md' && found.line === 3, window, `a term opens its definition: ${JSON.stringify(found)}`);
});

test('what Alt would open is outlined, with its place', async (run) => {
  const { server, window } = await opened(run, 'a/page/');
  if (!server) return;
  await window.locator('main li:has-text("two")').hover();
  await window.keyboard.down('Alt');
  await run.until(window, 'the item is outlined', () => document.querySelector('hornbook-preview').shadowRoot.querySelector('.frame:not([hidden]) span')?.textContent === 'content/a/page.md:10');
  await window.keyboard.up('Alt');
  await run.until(window, 'the outline goes', () => document.querySelector('hornbook-preview').shadowRoot.querySelector('.frame').hidden);
});

test('a block is picked with the keys', async (run) => {
  const { server, window } = await opened(run, 'a/page/');
  if (!server) return;
  await window.locator('.toolbar > .badge').press('Enter');
  await window.getByRole('button', { name: 'Pick a block' }).press('Enter');
  await window.keyboard.press('Home');
  await window.keyboard.press('ArrowDown');
  const found = await asked(window, () => window.keyboard.press('Enter'));
  run.expect(found.file === 'content/a/page.md' && found.line === 7, window, `the second block opens: ${JSON.stringify(found)}`);
  run.expect(await window.getByRole('button', { name: 'Pick a block' }).getAttribute('aria-pressed') === 'false', window, 'it is over then');
});

test('an editor that cannot be opened says why, and one with an address is followed', async (run) => {
  const server = await run.stub({ '/': '<!doctype html><html lang="en"><head><title>x</title></head><body><main data-source="content/x.md:1"><p data-source="content/x.md:4-6">Text</p></main></body></html>' });
  const window = await run.open('');
  run.allow(/status of 409|custom protocol|Failed to launch/);
  await live(run, window);
  server.answer({ status: 409, message: 'set `preview: {editor: …}` in site.yaml' });
  await window.locator('main p').click({ modifiers: ['Alt'] });
  await run.until(window, 'the message is shown', () => document.querySelector('hornbook-preview').shadowRoot.querySelector('.notice').textContent.startsWith('set `preview'));
  server.answer({ status: 200, url: '#vscode-file-x.md-4' });
  await window.locator('main p').click({ modifiers: ['Alt'] });
  await window.waitForURL('**/#vscode-file-x.md-4');
  server.answer({ status: 200, url: ' JavaScript:document.title=1' });
  await window.locator('main p').click({ modifiers: ['Alt'] });
  await run.until(window, 'the third press is answered', () => document.querySelector('hornbook-preview').shadowRoot.querySelector('.notice').textContent.includes('content/x.md:4'));
  const [{ path, type, file, line, column }] = server.asked;
  run.expect(path === '/-hornbook/open' && type === 'application/json' && file === 'content/x.md' && line === 4 && column === 1, window, 'the place is asked for');
  run.expect(await window.title() === 'x', window, 'a script is no address of an editor');
});

test('remarks are marks on what they concern, and the others stand in the toolbar', async (run) => {
  const { server, window } = await opened(run, 'a/page/');
  if (!server) return;
  await window.locator('.mark button').first().waitFor();
  run.expect(await window.locator('.mark').count() === 1, window, 'one block is marked');
  const [mark, heading] = await Promise.all(['.mark', 'h4'].map((selector) => window.locator(selector).boundingBox()));
  run.expect(Math.abs(mark.y + 4 - heading.y) < 2 && mark.height >= heading.height, window, `it is the heading: ${JSON.stringify([mark, heading])}`);
  await window.locator('.mark > button').click();
  run.expect((await window.locator('.bubble').innerText()).includes('heading-jump'), window, 'the mark says what it is about');
  await window.keyboard.press('Escape');
  await window.locator('.toolbar > .badge').click();
  await window.locator('.toolbar summary').click();
  const remarks = await window.locator('.toolbar details').innerText();
  run.expect(remarks.includes('2 remarks, 1 on this page') && remarks.includes('zzyzx'), window, `the other stands in the toolbar: ${remarks}`);
  await server.edit('content/a/page.md', '#### Too deep', '## Just right');
  await run.until(window, 'the mark goes with its reason', () => !document.querySelector('hornbook-preview').shadowRoot.querySelector('.mark'));
});
