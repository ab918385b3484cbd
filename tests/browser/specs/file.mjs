import { pathToFileURL } from 'node:url';
import { test } from '../suite.mjs';

test('the folder works without a server', async (run) => {
  const sample = run.sample('article', 'class="term"');
  if (!sample) return run.skip('no article links to a term');
  const page = await run.window({ look: 'from a folder' });
  const folder = pathToFileURL(`${run.site.folder}/`).href;
  await page.goto(`${folder}${sample.path}index.html`);
  await page.locator('main .prose a.term').first().click();
  run.expect(await page.locator('.tip').isVisible(), page, 'a term opens');
  run.expect(await page.evaluate(() => getComputedStyle(document.querySelector('.top')).borderBottomStyle === 'solid'), page, 'the stylesheet is found');
  await page.locator('.scheme input[value=dark]').check();
  run.expect(await page.evaluate(() => document.documentElement.dataset.scheme === 'dark'), page, 'the colours change');
});
