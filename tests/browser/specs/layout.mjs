import { test } from '../suite.mjs';

/** What leaves the window to the side, in words; nothing if all is well. */
const tooWide = () => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return '';
  const out = [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > clientWidth + 1 && !one.closest('.table-wrap, .code, .math-display'));
  const deepest = out.filter((one) => !out.some((other) => other !== one && one.contains(other))).slice(0, 3);
  return `${scrollWidth} px wide: ${deepest.map((one) => `${one.tagName.toLowerCase()}.${one.getAttribute('class') ?? ''} “${one.textContent.trim().slice(0, 30)}”`).join('; ')}`;
};

/** What is cut off or lies over something else in the header, in boxes and in cards. */
const crowded = () => {
  const wrong = [];
  const name = (one) => `${one.tagName.toLowerCase()}.${one.getAttribute('class') ?? ''} “${one.textContent.trim().slice(0, 30)}”`;
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true });
  for (const one of document.querySelectorAll('body *')) {
    if (one.matches('.visually-hidden, svg *') || !isShown(one)) continue;
    const { overflowX, overflowY } = getComputedStyle(one);
    const isCut = (overflow, full, shown) => ['hidden', 'clip'].includes(overflow) && full > shown + 1;
    if (isCut(overflowX, one.scrollWidth, one.clientWidth) || isCut(overflowY, one.scrollHeight, one.clientHeight)) wrong.push(`${name(one)} is cut off`);
  }
  const overlap = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const links = [...document.querySelectorAll('.top a, .top button')].filter(isShown);
  links.forEach((one, at) => links.slice(at + 1).forEach((other) => {
    if (overlap(one.getBoundingClientRect(), other.getBoundingClientRect())) wrong.push(`${name(one)} lies over ${name(other)}`);
  }));
  for (const box of document.querySelectorAll('.top a, .card, .box, .dose, .stop, .care, .split, .pager a, .chips a, .chips label, .button, .letters li')) {
    if (!isShown(box)) continue;
    const around = box.getBoundingClientRect();
    const range = document.createRange();
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    const leaves = (text) => text.left < around.left - 1 || text.right > around.right + 1 || text.top < around.top - 1 || text.bottom > around.bottom + 1;
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      if (text.parentElement.closest('.visually-hidden')) continue;
      range.selectNodeContents(text);
      if ([...range.getClientRects()].some((rect) => rect.width > 1 && rect.height > 1 && leaves(rect))) {
        wrong.push(`the text of ${name(box)} leaves its box`);
        break;
      }
    }
    const parts = [...box.children].filter(isShown);
    parts.forEach((one, at) => parts.slice(at + 1).forEach((other) => {
      if (overlap(one.getBoundingClientRect(), other.getBoundingClientRect())) wrong.push(`${name(one)} lies over ${name(other)}`);
    }));
  }
  return [...new Set(wrong)].slice(0, 10);
};

test('no page scrolls sideways at any width', async (run) => {
  const page = await run.window();
  for (const { path } of run.site.pages) {
    const isLargest = run.site.kinds.some((one) => one.path === path);
    await run.go(page, path);
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
    for (const width of isLargest ? [1920, 1280, 768, 360, 320] : [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const wide = await page.evaluate(tooWide);
      run.expect(!wide, page, `nothing is wider than the window (${wide})`);
    }
  }
});

/** How readers change the text, in their browser or with a stylesheet of their own (WCAG 1.4.4 and 1.4.12). */
const ADAPTED = {
  'as it comes': () => {},
  'text twice as large': async (page) => {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
  },
  'text spaced out': (page) => page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }');
    document.adoptedStyleSheets = [sheet];
  }),
};
for (const [look, adapt] of Object.entries(ADAPTED)) {
  test(`nothing is cut off or lies over something else, ${look}`, async (run) => {
    for (const width of [320, 768, 1280]) {
      const page = await run.window({ width, look });
      for (const { path } of run.site.kinds) {
        await run.go(page, path);
        await adapt(page);
        for (const wrong of await page.evaluate(crowded)) run.fault(page, wrong);
        const wide = await page.evaluate(tooWide);
        run.expect(!wide, page, `nothing is wider than the window (${wide})`);
      }
    }
  });
}

test('what is pressed is large enough', async (run) => {
  const small = () => {
    // WCAG 2.5.8: 24 by 24 px, or so far from its neighbours that a circle of 24 px meets none of them; links in sentences are exempt.
    const all = [...document.querySelectorAll('a[href], button, summary, label, input')]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches('.skip, label input, .heading-anchor'));
    const isInSentence = (one) => {
      if (one.tagName !== 'A' || getComputedStyle(one).display !== 'inline') return false;
      const block = one.closest('p, li, dd, dt, td, figcaption')?.cloneNode(true);
      if (!block) return false;
      block.querySelectorAll('a, .small').forEach((other) => other.remove());
      return block.textContent.trim().length > 2;
    };
    // A part of a drawing is as large as what is drawn. What does the same, and is large enough, stands beside it (WCAG 2.5.8, equivalent).
    const isLarge = ({ width, height }) => width >= 24 && height >= 24;
    const hasTwin = (one) => one.ownerSVGElement && all.some((other) => !other.ownerSVGElement && isLarge(other.getBoundingClientRect())
      && (other.href ? other.href === new URL(one.href.baseVal, document.baseURI).href : other.querySelector('input')?.value === one.dataset.value));
    const targets = all.map((one) => ({ one, rect: one.getBoundingClientRect() })).filter(({ rect }) => rect.width && rect.height);
    const wrong = [];
    for (const { one, rect } of targets) {
      const name = `${one.tagName.toLowerCase()}.${one.getAttribute('class') ?? ''} “${one.textContent.trim().slice(0, 30)}” (${Math.round(rect.width)} × ${Math.round(rect.height)})`;
      if (one.matches('button, .button, summary, label, .chips a, .letters a, .pager a, .top a') && (rect.height < 24 || rect.width < 24)) wrong.push(name);
      if (isLarge(rect) || isInSentence(one) || hasTwin(one)) continue;
      const x = rect.left + rect.width / 2;
      const y = rect.top + rect.height / 2;
      const near = targets.find(({ one: other, rect: its }) => other !== one && !other.contains(one) && !one.contains(other) && !isInSentence(other)
        && Math.hypot(Math.max(its.left - x, 0, x - its.right), Math.max(its.top - y, 0, y - its.bottom)) < 12);
      if (near) wrong.push(`${name} is close to “${near.one.textContent.trim().slice(0, 30)}”`);
    }
    return wrong.slice(0, 8);
  };
  for (const width of [320, 1280]) {
    const page = await run.window({ width });
    for (const { path } of run.site.kinds) {
      await run.go(page, path);
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
      for (const name of await page.evaluate(small)) run.fault(page, `too small to press: ${name}`);
    }
  }
});

test('nothing moves while a page loads', async (run) => {
  for (const width of [360, 1280]) {
    const page = await run.window({ width });
    await page.addInitScript(() => {
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifts.push({ value: entry.value, what: entry.sources.map(({ node }) => node?.parentElement?.className || node?.nodeName) });
      }).observe({ type: 'layout-shift', buffered: true });
    });
    for (const { path } of run.site.kinds) {
      await run.go(page, path);
      await page.waitForTimeout(250);
      const shifts = await page.evaluate(() => window.shifts);
      const sum = shifts.reduce((total, { value }) => total + value, 0);
      run.expect(sum < 0.01, page, `nothing moves (${sum.toFixed(4)}: ${JSON.stringify(shifts)})`);
    }
  }
});
