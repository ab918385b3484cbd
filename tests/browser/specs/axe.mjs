import { fromTools, test } from '../suite.mjs';

const { source } = fromTools('axe-core');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const unfold = (page) => page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));

/** Opens all that is folded, and the first term of the text. */
async function open(page) {
  await unfold(page);
  const term = page.locator('main a.term').first();
  if (await term.count()) await term.click();
}

/** Searches, and waits for what is found. */
async function find(page, text) {
  const input = page.locator(':is(.search-dialog, .search-page) input');
  await input.waitFor();
  await input.fill(text);
  await page.locator(':is(.search-dialog, .search-page) [role=status]').filter({ hasText: /\S/ }).waitFor();
}

/** What a reader makes of a kind of page: `[in words, kind, what leads there]`. */
const STATES = [
  ['the search with results', 'article', async (page) => {
    await page.keyboard.press('/');
    await find(page, 'back');
  }],
  ['the search with what to do in an emergency', 'article', async (page) => {
    await page.keyboard.press('/');
    await page.locator('.search-dialog input').waitFor();
    await find(page, await page.evaluate(() => window.hornbook.index.cards[0]?.[1][0].map(([word]) => word).join(' ') ?? 'help'));
  }],
  ['nothing found', 'search', (page) => find(page, 'qqqxxzzy')],
  ['all results', 'search', (page) => find(page, 'back')],
  ['values chosen', 'exercises', async (page) => {
    await unfold(page);
    await page.locator('.facet input').first().check();
    await page.locator('.leave-out input').first().check();
  }],
  ['nothing fits', 'exercises', async (page) => {
    await unfold(page);
    await page.locator('.facet input').first().check();
    for (const box of await page.locator('.leave-out input').all()) await box.check();
  }],
  ['exercises on the sheet', 'handout', async (page) => {
    await unfold(page);
    const boxes = await page.locator('.choices input').all();
    for (const box of boxes.slice(0, 5)) await box.check();
    await unfold(page);
    await page.locator('.edit textarea').first().fill('A note');
    await page.evaluate(() => { location.hash += ',no-such-one'; });
    await page.locator('[data-say=unknown]').waitFor();
    await unfold(page);
    await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); });
    await page.locator('[data-do=copy]').click();
  }],
  ['words filtered', 'glossary', async (page) => {
    await unfold(page);
    await page.locator('.filter input').fill('ab');
  }],
  ['a page that is near', 'not-found', (page, run) => run.go(page, `${run.sample('article').path.replace(/.\/$/, '')}/`)],
];

async function examine(run, page, rules = [...TAGS, 'best-practice']) {
  await page.evaluate(source);
  // Nothing that these rules look at has to be loaded first, which would take as long as the rules.
  const found = await page.evaluate((runOnly) => window.axe.run(document, { runOnly, resultTypes: ['violations'], preload: false }), rules);
  for (const { id, help, nodes, tags } of found.violations) {
    const places = nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.any.concat(node.all, node.none)[0]?.message ?? ''}`);
    const text = `${id}: ${help} (${nodes.length}): ${places.join('; ')}`;
    if (tags.some((tag) => TAGS.includes(tag))) run.fault(page, text);
    else run.note(`${run.place(page)}: best practice: ${text}`);
  }
}

/** In light colours by all rules; in dark ones what colours can change. */
async function examineInBoth(run, page) {
  await examine(run, page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await examine(run, page, ['color-contrast', 'link-in-text-block']);
  await page.emulateMedia({ colorScheme: 'light' });
}

for (const width of [320, 1280]) {
  test(`every kind of page, light and dark, ${width} px, all open`, async (run) => {
    const page = await run.window({ width, look: 'or dark' });
    for (const { path } of run.site.kinds) {
      await run.go(page, path);
      await open(page);
      await examineInBoth(run, page);
    }
  });

  test(`what readers make of pages, light and dark, ${width} px`, async (run) => {
    for (const [look, kind, make] of STATES) {
      const sample = run.sample(kind);
      if (!sample) continue;
      const page = await run.open(sample.path, { width, look: `or dark, ${look}` });
      await make(page, run);
      await examineInBoth(run, page);
      await page.context().close();
    }
  });
}

const PARTS = 3;
for (let part = 0; part < PARTS; part += 1) {
  test(`every page as it is first seen (${part + 1} of ${PARTS})`, async (run) => {
    const page = await run.window({ scheme: part % 2 ? 'dark' : 'light' });
    for (const { path } of run.site.pages.filter((_, at) => at % PARTS === part)) {
      await run.go(page, path);
      await examine(run, page);
    }
  });
}
