// The page as others have it, and that what shows it is for everyone.
import { readFileSync } from 'node:fs';
import { POLICY } from '../serve.mjs';
import { fromTools, test } from '../suite.mjs';

const live = (run, window) => run.until(window, 'the preview is live', () => document.querySelector('hornbook-preview')?.shadowRoot.querySelector('[data-state=live]'));
async function opened(run, path, options) {
  const server = await run.hornbook();
  if (!server) return {};
  await server.write('content/static/_headers', `/*\n  Content-Security-Policy: ${POLICY}\n`);
  while (!(await fetch(server.url)).headers.has('content-security-policy'));
  const window = await run.open(path, options);
  await live(run, window);
  await window.locator('.toolbar > .badge').click();
  return { server, window };
}
const lens = (window, name) => window.getByRole('button', { name, exact: true });

test('no script', async (run) => {
  const { server, window } = await opened(run, 'exercises/');
  if (!server) return;
  run.expect(await window.locator('.rail input').count() > 0, window, 'there are boxes to tick');
  await lens(window, 'No script').click();
  await window.waitForURL('**/exercises/?-hornbook=no-script');
  await live(run, window);
  run.expect(await window.locator('.rail input').count() === 0 && await window.locator('.rail a').count() > 0, window, 'there are links without script');
  run.expect(await window.evaluate(() => !document.documentElement.classList.contains('js')), window, 'no script of the site ran');
  await window.locator('.card a').first().click();
  await window.waitForURL('**/?-hornbook=no-script');
  await live(run, window);
  run.expect(await lens(window, 'No script').getAttribute('aria-pressed') === 'true', window, 'the lens stays on from page to page');
  await server.edit('content/site.yaml', 'title: ', 'title: New ');
  await run.until(window, 'it follows edits', () => document.querySelector('.brand').textContent.includes('New '));
  await lens(window, 'No script').click();
  await run.until(window, 'scripts run again', () => document.documentElement.classList.contains('js') && !location.search);
});

test('print', async (run) => {
  const { server, window } = await opened(run, 'exercises/cat-cow/', { scheme: 'dark' });
  if (!server) return;
  const look = () => window.evaluate(() => ({
    menu: document.querySelector('.top nav').checkVisibility(), line: document.querySelector('header .paper').checkVisibility(),
    folds: [...document.querySelectorAll('main details')].every((details) => details.open), ink: getComputedStyle(document.body).color,
  }));
  const before = await look();
  await lens(window, 'Print').click();
  const paper = await look();
  run.expect(before.menu && !before.line && !paper.menu && paper.line && paper.folds, window, `rules for paper hold: ${JSON.stringify([before, paper])}`);
  run.expect(before.ink !== paper.ink, window, 'paper is light');
  await server.edit('themes/default/static/site.css', 'body {', 'body { --changed: yes;');
  await run.until(window, 'they hold in a new stylesheet too', () => getComputedStyle(document.body).getPropertyValue('--changed').trim() === 'yes' && !document.querySelector('.top nav').checkVisibility());
  await run.go(window, 'anatomy/');
  await live(run, window);
  run.expect(!await window.locator('.top nav').isVisible(), window, 'the lens stays on from page to page');
  await lens(window, 'Print').click();
  run.expect(await window.locator('.top nav').isVisible(), window, 'and goes');
});

test('400 %', async (run) => {
  const { server, window } = await opened(run, 'exercises/cat-cow/');
  if (!server) return;
  await lens(window, '400 %').click();
  const inner = window.frameLocator('.zoom iframe');
  await inner.locator('h1').waitFor();
  const { width, scale, script } = await inner.locator('html').evaluate((html) => ({ width: innerWidth, scale: frameElement.getBoundingClientRect().width / innerWidth, script: html.classList.contains('js') }));
  run.expect(width === 320 && scale === 4 && script, window, `320 px, four times as large, with scripts: ${width}, ${scale}, ${script}`);
  await server.edit('content/exercises/cat-cow.md', 'title: ', 'title: New ');
  await inner.locator('h1:has-text("New")').waitFor();
  await inner.locator('.breadcrumbs a, nav a').first().click();
  await run.until(window, 'links lead on', () => !location.pathname.includes('cat-cow'));
  await live(run, window);
  await inner.locator('h1').waitFor();
  await lens(window, '400 %').click();
  run.expect(await window.locator('iframe').count() === 0, window, 'it goes');
});

test('grey', async (run) => {
  const { window } = await opened(run, '');
  if (!window) return;
  const filter = () => window.evaluate(() => getComputedStyle(document.documentElement).filter);
  await lens(window, 'Grey').click();
  run.expect(await filter() === 'grayscale(1)', window, 'no colours');
  await lens(window, 'Grey').click();
  run.expect(await filter() === 'none', window, 'colours');
});

test('a day to come, and drafts', async (run) => {
  const { server, window } = await opened(run, '');
  if (!server) return;
  run.allow(/status of 404/);
  await server.write('content/later.md', '---\ntitle: Later\nsummary: x\npublish_on: 2199-01-01\n---\nText.\n');
  await server.write('content/draft.md', '---\ntitle: Draft\nsummary: x\ndraft: true\n---\nText.\n');
  const exists = async (path) => (await fetch(run.site.url + path)).ok;
  run.expect(!await exists('later/') && !await exists('draft/'), window, 'neither is there');
  const settles = (act) => Promise.all([window.waitForResponse((answer) => answer.url().endsWith('/-hornbook/settings') && answer.status() === 204), act()]);
  await settles(() => window.getByLabel('As of').fill('2199-01-02'));
  await run.answers('later/');
  await run.until(window, 'the toolbar says the day', () => document.querySelector('hornbook-preview').shadowRoot.querySelector('[type=date]').value === '2199-01-02');
  await settles(() => window.getByRole('button', { name: 'Today' }).click());
  await run.answers('later/', false);
  await settles(() => window.getByLabel('Drafts').check());
  await run.answers('draft/');
});

for (const [width, scheme] of [[1280, 'light'], [1280, 'dark'], [360, 'light'], [360, 'dark']]) {
  test(`toolbar, marks and overlay are for everyone: ${width} px, ${scheme}`, async (run) => {
    const { server, window } = await opened(run, 'anatomy/', { width, scheme });
    if (!server) return;
    // axe measures with styles of its own.
    run.allow(/inline style/);
    const source = readFileSync(fromTools.resolve('axe-core/axe.min.js'), 'utf8');
    const look = async (what) => {
      await window.evaluate(source);
      const violations = await window.evaluate(async () => (await window.axe.run({ include: [['hornbook-preview']] }, { rules: { region: { enabled: false } } })).violations
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`));
      for (const violation of violations) run.fault(window, `${what}: ${violation}`);
      const wide = await window.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      run.expect(!wide, window, `${what}: nothing stands out at the side`);
    };
    await server.edit('content/anatomy/index.md', '\n---\n', '\n---\n#### Much too deep\n\n');
    await window.locator('.mark > button').click();
    await window.locator('.toolbar summary').click();
    await look('toolbar and marks');
    await server.edit('content/anatomy/index.md', '#### Much too deep', '[No](nowhere.md)');
    await window.locator('.overlay').waitFor();
    run.expect(await window.evaluate(() => document.activeElement === document.body || document.activeElement?.localName === 'hornbook-preview'), window, 'the focus is where it was');
    await look('overlay');
  });
}
