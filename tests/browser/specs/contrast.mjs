import { test } from '../suite.mjs';

test('forced colours: boxes have edges, the focus is seen, the current place is marked', async (run) => {
  for (const scheme of ['light', 'dark']) {
    const page = await run.window({ forcedColors: 'active', scheme, look: 'forced colours' });
    for (const { path } of run.site.kinds) {
      await run.go(page, path);
      const bare = await page.evaluate(() => {
        const hasEdge = (one) => ['top', 'left', 'bottom', 'right'].some((side) => {
          const style = getComputedStyle(one);
          return style[`border-${side}-style`] !== 'none' && parseFloat(style[`border-${side}-width`]) >= 1;
        });
        return [...document.querySelectorAll('.box, .split, .dose, .stop, .quiz, .alert, .care, .card, .figure, .button, .chips a, .pager a, .badge, .evidence')]
          .filter((one) => one.checkVisibility() && !hasEdge(one)).map((one) => one.className);
      });
      for (const name of new Set(bare)) run.fault(page, `.${name} has no edge`);
      const current = await page.evaluate(() => [...document.querySelectorAll('[aria-current]')]
        .filter((one) => one.checkVisibility()).every((one) => getComputedStyle(one).borderTopStyle !== 'none' || Number(getComputedStyle(one).fontWeight) >= 600));
      run.expect(current, page, 'the current place is marked by more than a colour');
      for (let presses = 0; presses < 12; presses += 1) {
        await page.keyboard.press('Tab');
        const ring = await page.evaluate(() => {
          for (let one = document.activeElement; one && one !== document.body; one = one.parentElement) {
            const { outlineStyle, outlineWidth } = getComputedStyle(one);
            if (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) return '';
          }
          return document.activeElement.outerHTML.slice(0, 60);
        });
        run.expect(!ring, page, `the focus is seen (${ring})`);
      }
    }
    const sample = run.sample('article', 'class="term"');
    if (!sample) continue;
    await run.go(page, sample.path);
    await page.locator('main .prose a.term').first().click();
    run.expect(await page.locator('.tip').evaluate((tip) => getComputedStyle(tip).borderTopStyle === 'solid'), page, 'a definition that is open has an edge');
  }
});

test('more contrast: what is muted is not', async (run) => {
  const page = await run.window({ contrast: 'more', look: 'more contrast' });
  await run.go(page, '');
  const [muted, text] = await page.evaluate(() => [document.querySelector('.lede, .small'), document.body].map((one) => getComputedStyle(one).color));
  run.expect(muted === text, page, `muted text is as strong as the rest (${muted}, ${text})`);
});

test('reduced motion: nothing moves', async (run) => {
  const page = await run.window({ reducedMotion: 'reduce', look: 'reduced motion' });
  for (const { path } of run.site.kinds) {
    await run.go(page, path);
    const moving = await page.evaluate(() => [...document.querySelectorAll('*')].filter((one) => {
      const style = getComputedStyle(one);
      const isLong = (times) => times.split(',').some((time) => parseFloat(time) > 0);
      return isLong(style.transitionDuration) || isLong(style.animationDuration) || style.scrollBehavior === 'smooth';
    }).map((one) => `${one.tagName.toLowerCase()}.${one.className}`));
    for (const name of new Set(moving)) run.fault(page, `${name} moves`);
  }
});
