import { test } from '../suite.mjs';

/** Whether the page is painted dark. */
const isDark = () => {
  const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number);
  return red + green + blue < 3 * 64;
};
const kept = () => ({ ...localStorage });

test('the reader chooses colours, which are kept until the device is to say again', async (run) => {
  const [one, other] = ['article', 'exercise'].map((kind) => run.sample(kind) ?? run.sample('home'));
  const page = await run.open(one.path, { scheme: 'light' });
  const choose = (value) => page.locator(`.scheme input[value="${value}"]`).check();
  run.expect(!await page.evaluate(isDark), page, 'it starts as the device says');
  run.expect(await page.locator('.scheme input[value=""]').isChecked(), page, 'and the switch says so');

  await choose('dark');
  run.expect(await page.evaluate(isDark), page, 'dark paints dark');
  run.expect(Object.keys(await page.evaluate(kept)).length === 1, page, 'one thing is kept');
  await run.go(page, other.path);
  run.expect(await page.evaluate(isDark), page, 'the next page is dark too');
  run.expect(await page.locator('.scheme input[value=dark]').isChecked(), page, 'and its switch says so');

  await page.emulateMedia({ colorScheme: 'dark' });
  await choose('light');
  run.expect(!await page.evaluate(isDark), page, 'light paints light on a dark device');
  await choose('');
  run.expect(await page.evaluate(isDark), page, 'as on my device paints as the device says');
  run.expect(!Object.keys(await page.evaluate(kept)).length, page, 'and removes what was kept');
});

test('the colours are there before the page is painted', async (run) => {
  const page = await run.open('', { scheme: 'light' });
  await page.locator('.scheme input[value=dark]').check();
  await page.addInitScript(() => {
    window.early = [];
    new MutationObserver(() => { if (document.body) window.early.push(document.documentElement.dataset.scheme ?? ''); })
      .observe(document, { childList: true, subtree: true });
  });
  await run.go(page, (run.sample('article') ?? run.sample('home')).path);
  const early = await page.evaluate(() => window.early);
  run.expect(early.length > 0 && early.every((scheme) => scheme === 'dark'), page, `no part is painted in other colours first (${[...new Set(early)]})`);
});

test('where nothing can be kept the switch works for the page', async (run) => {
  const page = await run.window({ look: 'without storage' });
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('off', 'SecurityError'); } });
  });
  await run.go(page, '');
  await page.locator('.scheme input[value=dark]').check();
  run.expect(await page.evaluate(isDark), page, 'dark paints dark');
});
