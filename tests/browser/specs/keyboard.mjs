import { saysClosed, test } from '../suite.mjs';

/** Notes in `window.met` what each step of the keyboard comes to, and whether one can see it. */
const watch = () => {
  const isRinged = (one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && !/^(transparent|rgba\(.*, 0\))$/.test(style.outlineColor);
  };
  // In a drawing nothing has a box of its own: a shape is also in the way where it belongs to the same drawing, and regions lie over one
  // another. It is enough that some of the link is on top.
  const isOnTop = (link, { left, top, width, height }) => [...Array(144).keys()].some((at) =>
    link.contains(document.elementFromPoint(left + width * (at % 12 + .5) / 12, top + height * (Math.floor(at / 12) + .5) / 12)));
  const isRingedOrInside = (one) => Boolean(one) && !one.matches('main, body') && (isRinged(one) || isRingedOrInside(one.parentElement));
  const seen = new Set();
  window.met = [];
  document.addEventListener('focusin', ({ target }) => {
    const rect = [...target.getClientRects()].find((one) => one.width && one.height) ?? target.getBoundingClientRect();
    const x = rect.left + rect.width / 2;
    const y = rect.top + rect.height / 2;
    const over = document.elementFromPoint(x, y);
    const around = (one) => one.closest('label, .card') ?? one;
    const isCovered = target.ownerSVGElement ? !isOnTop(target, rect) : over && !around(target).contains(over) && !over.contains(target);
    window.met.push({
      isNew: !seen.has(target),
      isSkip: target.matches('.skip'),
      name: `${target.tagName.toLowerCase()}.${target.getAttribute('class') ?? ''} “${(target.innerText || target.value || target.textContent).trim().slice(0, 40)}”`,
      ring: isRingedOrInside(target),
      inside: rect.width > 0 && x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight,
      cover: isCovered ? over?.outerHTML.slice(0, 80) ?? 'nothing there' : '',
    });
    seen.add(target);
  });
};

/** What a Tab should come to: everything that is shown and can be reached, radio buttons as one. */
const reachable = () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0)
  .filter((one) => one.type !== 'radio' || one.checked).length;

/** The longest lists (the glossary, the sources) are walked through once. */
const MANY = 150;

for (const width of [320, 1280]) {
  test(`Tab goes through every kind of page and is seen everywhere, ${width} px`, async (run) => {
    const page = await run.window({ width, scheme: width === 320 ? 'dark' : 'light' });
    for (const { path } of run.site.kinds) {
      await run.go(page, path);
      const count = await page.evaluate(reachable);
      if (width === 320 && count > MANY) continue;
      await page.evaluate(watch);
      for (let presses = 0; presses < count; presses += 1) await page.keyboard.press('Tab');
      const met = await page.evaluate(() => window.met);
      run.expect(met[0]?.isSkip, page, `the first Tab comes to the skip link (${met[0]?.name})`);
      const fresh = met.filter((at) => at.isNew);
      run.expect(fresh.length === count, page, `Tab comes to everything (${fresh.length} of ${count}; last to ${met.at(-1)?.name})`);
      for (const { name, ring, inside, cover } of fresh) {
        run.expect(ring, page, `the focus on ${name} is visible`);
        run.expect(inside, page, `${name} is in the window when it has the focus`);
        run.expect(!cover, page, `${name} is not covered when it has the focus (${cover})`);
      }
    }
  });
}

test('the skip link leads to the main content', async (run) => {
  const page = await run.window();
  for (const { path } of run.site.kinds) {
    await run.go(page, path);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement.id === 'main').catch(() => run.fault(page, 'Enter on the skip link does not move to the main content'));
    await page.keyboard.press('Tab');
    const isBelow = await page.evaluate(() => {
      const main = document.querySelector('main');
      return Boolean(main.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING);
    });
    run.expect(isBelow, page, 'the next Tab goes on in the main content');
  }
});

test('a term opens with Enter, and Escape leads back', async (run) => {
  const sample = run.sample('article', 'class="term"');
  if (!sample) return run.skip('no article links to a term');
  for (const width of [320, 1280]) {
    const page = await run.open(sample.path, { width });
    const link = page.locator('main a.term').nth(1);
    const isOnLink = () => link.evaluate((one) => one === document.activeElement);
    await link.focus();
    run.expect(!await page.locator('.tip').isVisible(), page, 'focus alone opens nothing');
    await page.keyboard.press('Enter');
    const tip = page.locator('.tip');
    await tip.waitFor({ state: 'visible' });
    run.expect(await tip.evaluate((one) => one.contains(document.activeElement)), page, 'the focus is in the definition');
    run.expect(await link.getAttribute('aria-expanded') === 'true', page, 'the link says that it is open');
    await page.keyboard.press('Escape');
    await tip.waitFor({ state: 'hidden' });
    run.expect(await isOnLink(), page, 'Escape leads back to the link');
    await saysClosed(run, page);

    // Through the definition, and out of it on the other side.
    await page.keyboard.press('Enter');
    for (const inner of await tip.locator('a').all()) {
      await page.keyboard.press('Tab');
      run.expect(await inner.evaluate((one) => one === document.activeElement), page, 'Tab comes to each link in the definition');
    }
    await page.keyboard.press('Tab');
    const after = await page.evaluate(() => document.activeElement !== document.body && !document.activeElement.closest('.tip'));
    run.expect(after, page, 'Tab leads out of the definition');
    const goesOn = await link.evaluate((one) => Boolean(one.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)
      && document.activeElement.closest('main') !== null);
    run.expect(goesOn, page, 'and goes on in the text after the term');
  }
});

test('nothing holds the keyboard', async (run) => {
  const page = await run.window();
  for (const { path } of run.site.kinds) {
    await run.go(page, path);
    const last = page.locator('a[href], button, input:checked, summary').filter({ visible: true }).last();
    await last.focus();
    await page.keyboard.press('Shift+Tab');
    const moved = await last.evaluate((one) => one !== document.activeElement);
    run.expect(moved, page, 'Shift+Tab goes back from the last link');
  }
});
