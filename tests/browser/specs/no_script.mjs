import { test } from '../suite.mjs';

test('every kind of page reads well at 320 px', async (run) => {
  const page = await run.window({ width: 320, script: false });
  for (const { path } of run.site.kinds) {
    await run.go(page, path);
    const seen = await page.evaluate(() => {
      const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      const main = document.querySelector('main');
      // Of a drawing for wide and one for narrow windows, one is shown, with the same links.
      const links = (drawing) => [...drawing.querySelectorAll('a')].map((link) => link.getAttribute('href')).sort().join();
      const hasTwin = (one) => one.matches('.graph')
        && [...main.querySelectorAll('.graph')].some((other) => isShown(other) && links(other) === links(one));
      return {
        wide: document.documentElement.scrollWidth,
        heading: isShown(document.querySelector('main h1')),
        hidden: [...main.children].filter((child) => child.textContent.trim() && !isShown(child) && !hasTwin(child) && !child.matches('.answers')).map((child) => child.className),
        text: main.innerText.trim().length,
        // What cannot be a link or a list is for scripts; but in a question's field a reader can note what to compare with the answer.
        controls: [...document.querySelectorAll('button, :is(input, select):not(.quiz *), textarea, dialog, output')].filter(isShown).map((one) => one.outerHTML),
      };
    });
    run.expect(seen.wide <= 320, page, `nothing is wider than the window (${seen.wide} px)`);
    run.expect(seen.heading && seen.text > 40, page, 'the main content is visible');
    run.expect(!seen.hidden.length, page, `all parts of the main content are visible (${seen.hidden.join('; ')})`);
    for (const control of seen.controls) run.fault(page, `shows what needs script: ${control}`);
  }
});

test('terms, citations and evidence are links that lead to what explains them', async (run) => {
  const page = await run.window({ script: false });
  let count = 0;
  for (const { path } of run.site.pages) {
    await run.go(page, path);
    const links = await page.evaluate(() => [...document.querySelectorAll('a.term, a.evidence, .cite a, .footnote-ref a')]
      .map((link) => ({ href: link.href, text: link.innerText })));
    for (const { href, text } of links) {
      count += 1;
      if (!run.expect(await run.exists(href), page, `“${text}” leads to a place that exists (${href})`)) continue;
    }
  }
  if (!count) run.skip('no page links to a term or a source');
});

test('a term is followed to its entry, which is marked', async (run) => {
  const sample = run.sample('article', 'class="term"');
  if (!sample) return run.skip('no article links to a term');
  const page = await run.open(sample.path, { width: 320, script: false });
  const link = page.locator('main a.term').first();
  const href = await link.evaluate((found) => found.href);
  await link.click();
  await page.waitForURL(href);
  const { top, outline } = await page.evaluate(() => {
    const entry = document.querySelector(':target') ?? document.querySelector('main h1');
    return { top: entry.getBoundingClientRect().top, outline: getComputedStyle(entry).outlineStyle };
  });
  run.expect(top >= -1 && top < 800, page, `the entry is in the window (${top})`);
  if (new URL(href).hash) run.expect(outline === 'solid', page, 'the entry is marked');
});
