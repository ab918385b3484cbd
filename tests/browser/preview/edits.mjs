// Files change, and what is on screen follows, with what a reader did on it.
import { POLICY } from '../serve.mjs';
import { test } from '../suite.mjs';

const isIn = (name) => document.querySelector('hornbook-preview')?.shadowRoot.querySelector(`[data-state=${name}]`);

/** `hornbook serve` with a strict policy, and a window on one of its pages, which is marked to tell whether it was loaded anew. */
async function opened(run, path, options) {
  const server = await run.hornbook();
  if (!server) return {};
  await server.write('content/static/_headers', `/*\n  Content-Security-Policy: ${POLICY}\n`);
  while (!(await fetch(server.url)).headers.has('content-security-policy'));
  const window = await run.open(path, options);
  await live(run, window);
  return { server, window };
}
async function live(run, window) {
  await run.until(window, 'the preview is live', isIn, 'live');
  await window.evaluate(() => { window.mark = true; });
}
const shows = (run, window, text) => run.until(window, `the page shows ${text}`, (wanted) => document.body.textContent.includes(wanted), text);
const stayed = async (run, window) => run.expect(await window.evaluate(() => window.mark === true), window, 'the page was not loaded anew');

test('a body, a title, a definition, a template and a stylesheet', async (run) => {
  const { server, window } = await opened(run, 'exercises/cat-cow/');
  if (!server) return;
  await server.edit('content/exercises/cat-cow.md', 'hands and knees', 'hands and KNEES');
  await shows(run, window, 'hands and KNEES');
  await server.edit('content/exercises/cat-cow.md', 'title: ', 'title: New ');
  await run.until(window, 'heading and title follow', () => document.querySelector('h1').textContent.startsWith('New ') && document.title.startsWith('New '));
  await server.edit('themes/default/templates/exercise.html', '<article class="layout with-side">', '<article class="layout with-side"><p id="made">From the template</p>');
  await shows(run, window, 'From the template');
  await server.edit('themes/default/static/site.css', 'body {', 'body { --changed: yes;');
  await run.until(window, 'the stylesheet holds', () => getComputedStyle(document.body).getPropertyValue('--changed').trim() === 'yes');
  await stayed(run, window);
  await run.go(window, 'glossary/');
  await live(run, window);
  const name = await window.evaluate(() => document.querySelector('.term-entry').id);
  await server.edit(`content/glossary/${name}.md`, 'definition: ', 'definition: CHANGED. ').catch(() => server.edit(`content/glossary/${name}.md`, 'definition: >-\n', 'definition: >-\n  CHANGED.\n'));
  await run.until(window, 'the definition follows', (id) => document.getElementById(id).textContent.includes('CHANGED.'), name);
  await stayed(run, window);
});

test('scroll, folds, answers, focus, search and the popover of a term stay', async (run) => {
  const { server, window } = await opened(run, '');
  if (!server) return;
  run.allow(/status of 404/);
  await server.write('content/every.md', `---\ntitle: Every\nsummary: x\n---\nFirst.\n\n${'Some text that is long enough to scroll over.\n\n'.repeat(60)}\n> [!QUIZ] Try\n> What?\n>\n> - [x] Gas\n> - [ ] Bone\n\nA facet joint is here.\n\n${'More of the text below.\n\n'.repeat(60)}`);
  await run.answers('every/');
  await run.go(window, 'every/');
  await live(run, window);
  await window.locator('.quiz-options summary').first().click();
  await window.evaluate(() => document.querySelector('.quiz').scrollIntoView({ block: 'start' }));
  await window.locator('a.term').first().click();
  await run.until(window, 'the popover is open', () => document.querySelector('#hb-tip').matches(':popover-open'));
  await window.locator('.quiz-options summary').first().evaluate((summary) => summary.focus({ preventScroll: true }));
  const top = await window.evaluate(() => document.querySelector('.quiz').getBoundingClientRect().top);
  await server.edit('content/every.md', 'First.', `First.\n\n${'A new paragraph above.\n\n'.repeat(9)}`);
  await shows(run, window, 'A new paragraph above.');
  const after = await window.evaluate(() => ({
    top: document.querySelector('.quiz').getBoundingClientRect().top,
    open: document.querySelector('.quiz-options details').open,
    popover: document.querySelector('#hb-tip').matches(':popover-open'),
    focus: document.activeElement?.localName,
    scheme: document.documentElement.className,
  }));
  run.expect(Math.abs(after.top - top) <= 1, window, `what stood at the top stays: ${top}, then ${after.top}`);
  run.expect(after.open && after.popover && after.focus === 'summary' && after.scheme === 'js', window, `answer, popover, focus and classes stay: ${JSON.stringify(after)}`);
  await stayed(run, window);
});

test('the filter of exercises and what is typed in the glossary stay', async (run) => {
  const { server, window } = await opened(run, 'exercises/');
  if (!server) return;
  const cards = () => window.locator('.index .card:visible').count();
  const all = await cards();
  await window.locator('.rail input[type=checkbox]:not(:disabled)').first().check();
  const some = await cards();
  run.expect(some < all, window, 'the filter holds');
  await server.edit('content/exercises/cat-cow.md', 'title: ', 'title: New ');
  await shows(run, window, 'New Cat–cow');
  await stayed(run, window);
  run.expect(await cards() === some, window, 'the filter holds after an edit');
  await server.write('content/exercises/another.md', (await server.read('content/exercises/cat-cow.md')).replace('title: New ', 'title: Another ').replace(/also_called:.*\n(?:  ?- .*\n)*/, '').replace(/aliases:.*\n/, ''));
  await shows(run, window, 'Another Cat–cow');
  await run.until(window, 'the filter holds, and knows the new one', ([from, to]) => {
    const shown = [...document.querySelectorAll('.index .card')].filter((card) => card.checkVisibility()).length;
    return document.querySelector('.rail input:checked') && (shown === from || shown === from + 1) && shown < to + 1;
  }, [some, all]);
  await run.go(window, 'glossary/');
  await live(run, window);
  await window.locator('#hb-filter').fill('facet');
  const shown = () => window.locator('.term-entry:visible').count();
  const found = await shown();
  await server.edit('content/glossary/facet-joint.md', 'name: ', 'name: new ');
  await shows(run, window, 'new facet joint');
  await run.until(window, 'what was typed filters as before', (count) => document.querySelector('#hb-filter')?.value === 'facet'
    && [...document.querySelectorAll('.term-entry')].filter((entry) => entry.checkVisibility()).length === count, found);
});

test('a handout and a search stay', async (run) => {
  const { server, window } = await opened(run, 'handout/#v=1&t=Mine&s=cat-cow,bird-dog');
  if (!server) return;
  await server.edit('content/exercises/cat-cow.md', 'title: ', 'title: New ');
  await run.until(window, 'the sheet has the new name', () => document.querySelector('.sheet')?.textContent.includes('New Cat–cow') && document.querySelectorAll('.sheet > li').length === 2);
  // Where the page could not change in place it is loaded anew, and is a sheet again once its script has run.
  await run.until(window, 'the sheet is the same', () => document.querySelector('h1').innerText === 'Mine' && location.hash === '#v=1&t=Mine&s=cat-cow,bird-dog');
  await run.go(window, 'anatomy/');
  await live(run, window);
  await window.keyboard.press('/');
  await window.locator('dialog input').fill('joint');
  await window.locator('dialog li').first().waitFor();
  await server.edit('content/anatomy/index.md', 'To judge', 'NOW, to judge');
  await shows(run, window, 'NOW, to judge');
  run.expect(await window.locator('dialog input').inputValue() === 'joint' && await window.locator('dialog li').count() > 0, window, 'the search stays open');
  await stayed(run, window);
});

test('what is broken lies over the last good page, and goes when it is mended', async (run) => {
  const { server, window } = await opened(run, 'anatomy/');
  if (!server) return;
  const evil = '<img src=x onerror="document.title=1">';
  const breaks = [
    ['front matter', 'content/anatomy/index.md', '---\n', `---\ntitel: ${evil}\n`],
    ['a template', 'themes/default/templates/section.html', '{% block main -%}', '{% block main -%}{{ nothing.at.all }}'],
    ['site.yaml', 'content/site.yaml', 'title:', 'titel:'],
  ];
  for (const [what, file, from, to] of breaks) {
    await server.edit(file, from, to);
    await window.locator('.overlay').waitFor();
    const text = await window.locator('.overlay').innerText();
    run.expect(text.includes(file) && /\d+ error/.test(text), window, `${what}: the overlay says where: ${text}`);
    run.expect(await window.evaluate(() => document.querySelector('h1').textContent === 'Anatomy'), window, `${what}: the page is still there`);
    await server.edit(file, to, from);
    await run.until(window, `${what} is mended, and the overlay goes`, () => !document.querySelector('hornbook-preview').shadowRoot.querySelector('.overlay:popover-open'));
  }
  await server.edit(...breaks[0].slice(1));
  await window.locator('.overlay').waitFor();
  run.expect(await window.locator('.overlay img').count() === 0, window, 'what a file holds is text in the overlay');
  run.expect((await window.locator('.overlay pre').first().innerText()).includes('<img src=x'), window, 'what a file holds is shown as it is written');
  await window.keyboard.press('Escape');
  await run.until(window, 'Escape folds it', () => !document.querySelector('hornbook-preview').shadowRoot.querySelector('.overlay:popover-open'));
  await server.edit('content/anatomy/index.md', evil, `${evil} more`);
  await window.locator('.overlay').waitFor();
  await server.edit('content/anatomy/index.md', `titel: ${evil} more\n`, '');
  await run.until(window, 'it goes', () => !document.querySelector('hornbook-preview').shadowRoot.querySelector('.overlay:popover-open'));
  await stayed(run, window);
});

test('a section that is deleted breaks its links, and comes back', async (run) => {
  const { server, window } = await opened(run, 'risks/');
  if (!server) return;
  await server.rename('content/risks', 'risks');
  await window.locator('.overlay').waitFor();
  await server.rename('risks', 'content/risks');
  await run.until(window, 'the overlay goes', () => !document.querySelector('hornbook-preview').shadowRoot.querySelector('.overlay:popover-open'));
  await stayed(run, window);
});

test('the page that one looks at is renamed, and deleted', async (run) => {
  const { server, window } = await opened(run, '');
  if (!server) return;
  run.allow(/status of 404/);
  await server.write('content/lonely.md', '---\ntitle: Lonely\nsummary: x\n---\nNobody links here.\n');
  await run.answers('lonely/');
  await run.go(window, 'lonely/');
  await live(run, window);
  await server.rename('content/lonely.md', 'content/renamed.md');
  await window.waitForURL('**/renamed/');
  await live(run, window);
  await server.remove('content/renamed.md');
  await window.waitForURL(run.site.url);
  await run.until(window, 'a notice says so', () => document.querySelector('hornbook-preview')?.shadowRoot.querySelector('.notice').textContent.includes('/renamed/ is gone'));
});

test('seven tabs follow', async (run) => {
  const { server, window } = await opened(run, 'exercises/cat-cow/');
  if (!server) return;
  const tabs = await Promise.all(Array.from({ length: 6 }, () => window.context().newPage()));
  await Promise.all(tabs.map((tab) => tab.goto(`${run.site.url}exercises/cat-cow/`)));
  await server.edit('content/exercises/cat-cow.md', 'title: ', 'title: New ');
  for (const tab of [window, ...tabs]) await shows(run, tab, 'New Cat–cow');
});

test('another preview at the same place', async (run) => {
  const { server, window } = await opened(run, 'exercises/cat-cow/');
  if (!server) return;
  run.allow(/ERR_|Failed to load|network/i);
  const restarted = server.restart();
  await run.until(window, 'it says that it waits', isIn, 'lost');
  await server.edit('content/exercises/cat-cow.md', 'title: ', 'title: New ');
  await restarted;
  await shows(run, window, 'New Cat–cow');
});

test('a site that is broken from the start is shown when it is mended', async (run) => {
  const server = await run.hornbook({
    'content/site.yaml': 'title: Site\nbase_url: https://example.org/\nlanguage: en\nsections: [{id: a, title: A}]\n',
    'content/about.md': '---\ntitle: About\nsummary: x\nwrong: [\n---\nThe text.\n',
  });
  if (!server) return;
  run.allow(/status of (404|503)/);
  const window = await run.open('about/');
  await window.locator('.overlay').waitFor();
  run.expect((await window.locator('.overlay').innerText()).includes('content/about.md'), window, 'the overlay says where');
  await server.edit('content/about.md', 'wrong: [\n', '');
  await shows(run, window, 'The text.');
  await run.until(window, 'the overlay is gone', () => !document.querySelector('hornbook-preview')?.shadowRoot.querySelector('.overlay:popover-open'));
});
