import { test } from '../suite.mjs';

/** What is offered for an address: the nearest page, or nothing. */
const offered = (page) => page.locator('.near').evaluate((line) => ({ text: line.innerText.trim(), href: line.querySelector('a')?.href ?? '' }));

test('an address that is nearly right is answered with the page that was meant', async (run) => {
  for (const width of [320, 1280]) {
    const page = await run.window({ width });
    let count = 0;
    for (const kind of ['article', 'exercise', 'section', 'glossary']) {
      const sample = run.sample(kind);
      if (!sample || sample.path === 'every-part/') continue;
      const name = sample.path.replace(/\/$/, '').split('/').at(-1);
      if (name.length < 5) continue;
      for (const typed of [`${name.slice(0, 2)}${name.slice(3)}/`, `${name}x.html`, name.toUpperCase(), `old/place/${name}/index.html`, `${encodeURIComponent(`${name}é`)}/`]) {
        await run.go(page, typed);
        const { href, text } = await offered(page);
        run.expect(href === run.site.url + sample.path, page, `it offers ${sample.path} (${href})`);
        run.expect(text.length > 10, page, `in a sentence (${text})`);
        count += 1;
      }
    }
    if (!count) return run.skip('no page has a long name');
    await page.locator('.near a').press('Enter');
    await page.waitForLoadState();
    run.expect(await page.locator('.near').count() === 0, page, 'the link leads there');
  }
});

test('where no page is near, none is offered', async (run) => {
  const page = await run.window();
  for (const typed of ['zzzzqqqqxxxx/', 'a', '%3Cimg%20src=x%20onerror=window.hit=1%3E', '%25', 'no/such/page/']) {
    await run.go(page, typed);
    const { href, text } = await offered(page);
    run.expect(!href && !text, page, `it offers nothing (${text})`);
    run.expect(!await page.evaluate(() => window.hit) && !await page.locator('img[src=x]').count(), page, 'the address is no markup');
    run.expect(await page.locator('main nav a').filter({ visible: true }).count() > 3, page, 'it leads on');
  }
});

test('without script the page leads on, deep inside the site too', async (run) => {
  for (const width of [320, 1280]) {
    const page = await run.open('no/such/page/deep/inside', { width, script: false });
    const links = await page.locator('main a').evaluateAll((all) => all.map((link) => link.href));
    run.expect(links.length > 5, page, 'it has links');
    for (const href of links) run.expect(await run.exists(href), page, `${href} exists`);
    run.expect(await page.locator('.near').innerText() === '', page, 'it guesses nothing');
    await page.locator('main details summary').click();
    run.expect(await page.locator('main details a').first().isVisible(), page, 'all pages unfold');
  }
});
