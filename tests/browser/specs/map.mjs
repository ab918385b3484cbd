import { test } from '../suite.mjs';

/** The drawings with their links as they are shown and read, and the list. */
const look = (page) => page.evaluate(() => {
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true });
  const list = document.querySelector('.graph-list');
  return {
    drawings: [...document.querySelectorAll('.graph')].map((drawing) => ({
      name: drawing.className,
      shown: isShown(drawing),
      links: [...drawing.querySelectorAll('a')].map((link) => {
        const { top, left } = link.getBoundingClientRect();
        return { href: new URL(link.getAttribute('href'), document.baseURI).href, top: Math.round(top), left: Math.round(left) };
      }),
    })),
    list: [...list.querySelectorAll('li li')].map((item) => {
      const [own, ...needs] = [...item.querySelectorAll('a')].map((link) => link.href);
      return { own, needs };
    }),
    isListShown: isShown(list),
  };
});

for (const width of [320, 1280]) {
  for (const script of [true, false]) {
    test(`one of two drawings is shown, with the list that says the same, ${width} px${script ? '' : ', without script'}`, async (run) => {
      const sample = run.sample('map');
      if (!sample) return run.skip('the site has no map');
      const page = await run.open(sample.path, { width, script });
      const { drawings, list, isListShown } = await look(page);
      const shown = drawings.filter((drawing) => drawing.shown);
      run.expect(drawings.length === 2 && shown.length === 1, page, `one of two is shown (${shown.length} of ${drawings.length})`);
      run.expect(shown[0].name.includes(width < 1000 ? 'tall' : 'wide'), page, `the right one (${shown[0].name})`);
      run.expect(isListShown && list.length > 1, page, 'the list is shown');
      const all = list.map(({ own }) => own).sort().join();
      for (const { name, links } of drawings) {
        const hrefs = links.map(({ href }) => href);
        run.expect([...hrefs].sort().join() === all, page, `${name} has the links of the list`);
        // What builds on a page comes after it, in the order of reading as on the drawing.
        for (const { own, needs } of list) {
          for (const need of needs) run.expect(hrefs.indexOf(need) < hrefs.indexOf(own), page, `${name}: ${need} is read before ${own}`);
        }
      }
      const { name, links } = shown[0];
      const isForward = links.every((link, at) => !at || (name.includes('tall') ? link.top >= links[at - 1].top : link.left >= links[at - 1].left || link.top > links[at - 1].top));
      run.expect(isForward, page, 'links are read in the order in which they stand');
    });
  }

  test(`Tab goes through the drawing, and Enter follows, ${width} px`, async (run) => {
    const sample = run.sample('map');
    if (!sample) return run.skip('the site has no map');
    const page = await run.open(sample.path, { width });
    const links = page.locator('.graph a').filter({ visible: true });
    const count = await links.count();
    await page.locator('main').focus();
    const met = [];
    for (let at = 0; at < count; at += 1) {
      await page.keyboard.press('Tab');
      met.push(await page.evaluate(() => {
        const one = document.activeElement;
        const { top, bottom, left, right } = one.getBoundingClientRect();
        const shape = one.querySelector('rect');
        return {
          href: one.getAttribute('href'), isLink: one.matches('.graph a'),
          isSeen: top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth,
          stroke: parseFloat(shape && getComputedStyle(shape).strokeWidth),
        };
      }));
    }
    const wanted = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    run.expect(met.map(({ href }) => href).join() === wanted.join(), page, 'Tab comes to every part of the shown drawing, in order, and to none of the other');
    run.expect(met.every(({ isSeen }) => isSeen), page, 'what has the focus is in the window');
    run.expect(met.every(({ stroke }) => stroke >= 3), page, 'its edge is thick');
    // What screen readers say: words do not run together.
    const names = (await page.locator('.graph').filter({ visible: true }).ariaSnapshot()).match(/link "([^"]*)"/g) ?? [];
    run.expect(names.length === count, page, `every part is a link with a name (${names.length} of ${count})`);
    const titles = await page.locator('.graph-list li li > a').allInnerTexts();
    for (const title of titles) run.expect(names.some((name) => new RegExp(`(^link "|\\s)${title.replace(/[^\w\s]/g, '.')}"`).test(name)), page, `a link is called “${title}” (${names.slice(0, 3)})`);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.href === new URL(wanted.at(-1), run.site.url + sample.path).href);
  });
}

test('paper has the list', async (run) => {
  const sample = run.sample('map');
  if (!sample) return run.skip('the site has no map');
  const page = await run.open(sample.path, { width: 720, look: 'on paper' });
  await page.emulateMedia({ media: 'print' });
  const { drawings, isListShown } = await look(page);
  run.expect(isListShown && !drawings.some(({ shown }) => shown), page, 'the list is printed, the drawings are not');
});
