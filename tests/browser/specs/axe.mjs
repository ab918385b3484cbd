import { fromTools, test } from '../suite.mjs';

const { source } = fromTools('axe-core');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Opens all that is folded, and the first term of the text. */
async function open(page) {
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
  const term = page.locator('main a.term').first();
  if (await term.count()) await term.click();
}

async function examine(run, page) {
  await page.evaluate(source);
  const found = await page.evaluate((tags) => window.axe.run(document, {
    runOnly: tags, resultTypes: ['violations'],
  }), [...TAGS, 'best-practice']);
  for (const { id, help, nodes, tags } of found.violations) {
    const places = nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.any.concat(node.all, node.none)[0]?.message ?? ''}`);
    const text = `${id}: ${help} (${nodes.length}): ${places.join('; ')}`;
    if (tags.some((tag) => TAGS.includes(tag))) run.fault(page, text);
    else run.note(`${run.place(page)}: best practice: ${text}`);
  }
}

for (const scheme of ['light', 'dark']) {
  for (const width of [320, 1280]) {
    test(`every kind of page, ${scheme}, ${width} px, all open`, async (run) => {
      const page = await run.window({ scheme, width });
      for (const { path } of run.site.kinds) {
        await run.go(page, path);
        await open(page);
        await examine(run, page);
      }
    });
  }
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
