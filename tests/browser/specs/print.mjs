import { test } from '../suite.mjs';

/** Sheets that a page of its kind may take. */
const SHEETS = { article: 12, exercise: 5 };

test('every kind of page is clean on paper', async (run) => {
  for (const scheme of ['light', 'dark']) {
    const page = await run.window({ width: 720, scheme, look: 'on paper' });
    for (const { path } of run.site.kinds) {
      await run.go(page, path);
      await page.emulateMedia({ media: 'print', colorScheme: scheme });
      const seen = await page.evaluate(() => {
        const isShown = (one) => one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && one.getBoundingClientRect().height > 0;
        const shown = (selector) => [...document.querySelectorAll(selector)].filter(isShown);
        const name = (one) => `${one.tagName.toLowerCase()}.${one.className} “${one.textContent.trim().slice(0, 30)}”`;
        const brightness = (colour) => colour.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;
        const pale = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let text = walker.nextNode(); text; text = walker.nextNode()) {
          const one = text.parentElement;
          if (!text.data.trim() || one.closest('svg') || !isShown(one)) continue;
          const { color, backgroundColor } = getComputedStyle(one);
          const isFilled = !/, 0\)$/.test(backgroundColor) && brightness(backgroundColor) < 250;
          if (brightness(color) > 60 || isFilled) pale.push(`${name(one)} ${color} on ${backgroundColor}`);
        }
        const isClosed = (details) => !details.closest('.quiz') && [...details.children].some((part) => !part.matches('summary') && part.textContent.trim() && !isShown(part));
        const hasAddress = (link) => link.textContent.includes(link.href.replace(/^https?:\/\//, '').replace(/\/$/, ''))
          || getComputedStyle(link, '::after').content.includes(link.getAttribute('href'));
        const links = shown('main .prose a[href^=http], main .sources a[href^=http]');
        return {
          away: shown('.skip, .top .wrap, .bottom, .rail, .pager, .heading-anchor, .backs, .actions, .tip, button, input:not(.gap > input), dialog').map(name),
          paper: shown('.paper').map((one) => one.innerText).join(),
          sheet: document.querySelector('.sheet') && {
            above: shown('.on-sheet > *').sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)[0].className,
            lines: shown('.line').length,
            cards: shown('.sheet > li').length,
            days: shown('.ticks td').length,
            foot: document.querySelector('.foot').innerText,
            header: shown('.top, .crumbs').map(name),
          },
          closed: shown('main details').filter(isClosed).map(name),
          definitions: { all: document.querySelectorAll('.definitions dd').length, shown: shown('.definitions dd').length },
          bare: links.filter((link) => !hasAddress(link)).map(name),
          pale: pale.slice(0, 5),
          small: shown('main p, main li, main dd, main td').filter((one) => parseFloat(getComputedStyle(one).fontSize) < 11.9).map(name).slice(0, 5),
          ground: getComputedStyle(document.body).backgroundColor,
        };
      });
      for (const name of seen.away) run.fault(page, `prints ${name}`);
      if (seen.sheet) {
        // A sheet for the wall: its address at the foot, no header, no list of words.
        const { above, lines, cards, days, foot, header } = seen.sheet;
        run.expect(above.includes('care-emergency'), page, `what to do in an emergency comes first (${above})`);
        run.expect(lines === 1, page, 'there is a line for a name and a date');
        run.expect(days === 28 * cards, page, `there are 28 days to tick off for each of ${cards} exercises (${days})`);
        run.expect(foot.includes(new URL(page.url()).pathname), page, `the address stands at the foot (${foot})`);
        for (const name of header) run.fault(page, `prints ${name}`);
      } else {
        run.expect(seen.paper.includes('http'), page, 'the first line is the site and the address of the page');
        run.expect(seen.definitions.shown === seen.definitions.all, page, `the definitions are listed (${seen.definitions.shown} of ${seen.definitions.all})`);
      }
      for (const name of seen.closed) run.fault(page, `prints ${name} closed`);
      for (const name of seen.bare) run.fault(page, `prints ${name} without its address`);
      for (const name of seen.pale) run.fault(page, `does not print black on white: ${name}`);
      for (const name of seen.small) run.fault(page, `prints smaller than 9 pt: ${name}`);
      run.expect(seen.ground === 'rgb(255, 255, 255)', page, `the paper is white (${seen.ground})`);
      await page.emulateMedia({ media: 'screen' });
    }
  }
});

for (const [kind, most] of Object.entries(SHEETS)) {
  test(`the largest ${kind} takes at most ${most} sheets`, async (run) => {
    const sample = run.sample(kind);
    if (!sample) return run.skip(`the site has no ${kind}`);
    const page = await run.open(sample.path);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
    run.expect(sheets > 0 && sheets <= most, page, `it takes at most ${most} sheets (${sheets})`);
  });
}

test('what was closed is closed again after printing', async (run) => {
  const sample = run.sample('article', '<details');
  if (!sample) return run.skip('no article folds anything');
  const page = await run.open(sample.path);
  const open = () => page.locator('details[open]').count();
  const before = await open();
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  run.expect(await open() === await page.locator('details').count(), page, 'all is open on paper');
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  run.expect(await open() === before, page, 'and as before afterwards');
});
