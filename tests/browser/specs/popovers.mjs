import { saysClosed, test } from '../suite.mjs';

const isOpen = (page) => page.locator('.tip').isVisible();
const term = (page, at = 0) => page.locator('main .prose a.term').nth(at);

/** The largest article with terms in its text, or `null`, said loudly. */
function article(run) {
  const sample = run.sample('article', 'class="term"');
  if (!sample) run.skip('no article links to a term');
  return sample;
}

test('a term opens and closes as one expects', async (run) => {
  const sample = article(run);
  if (!sample) return;
  for (const width of [320, 1280]) {
    const page = await run.open(sample.path, { width });
    const here = page.url();
    const words = await term(page).evaluate((link) => document.getElementById(`hb-def-${link.dataset.term}`).querySelector('dd').innerText);
    const tip = page.locator('.tip');

    await term(page).click();
    run.expect(await isOpen(page), page, 'a click opens the definition');
    run.expect((await tip.innerText()).replace(/\s+/g, ' ').includes(words.trim().replace(/\s+/g, ' ')), page, 'it says what the glossary says');
    run.expect(await tip.locator('a').count() >= 1, page, 'it links to the glossary');
    await term(page).click();
    run.expect(!await isOpen(page), page, 'a second click closes it');
    await term(page).click();
    run.expect(await isOpen(page), page, 'a third click opens it again');
    await page.locator('main h1').click({ position: { x: 2, y: 2 } });
    run.expect(!await isOpen(page), page, 'a click elsewhere closes it');
    await saysClosed(run, page);

    const names = await page.locator('main .prose a.term').evaluateAll((links) => links.map((link) => link.dataset.term));
    const other = names.findIndex((name) => name !== names[0]);
    if (other > 0) {
      await term(page).click();
      const first = await tip.innerText();
      // The definition may lie over the other term: a person then scrolls, or presses elsewhere.
      await term(page, other).evaluate((link) => link.scrollIntoView({ block: 'center' }));
      await term(page, other).evaluate((link) => link.click());
      run.expect(await isOpen(page) && await tip.innerText() !== first, page, 'another term takes its place');
      run.expect(await page.locator('main [aria-expanded=true]').count() === 1, page, 'one link alone says that it is open');
    }
    run.expect(page.url() === here, page, 'the page stayed where it was');
  }
});

test('a word in a definition is shown in its place', async (run) => {
  for (const sample of run.site.pages.filter((one) => one.kind === 'article')) {
    const page = await run.open(sample.path, { width: 320, height: 640 });
    const chain = await page.evaluate(() => {
      const has = (id) => document.getElementById(`hb-def-${id}`);
      for (const link of document.querySelectorAll('main .prose a.term')) {
        const inner = has(link.dataset.term)?.querySelector('a.term');
        if (inner && has(inner.dataset.term)) return [link.dataset.term, inner.dataset.term];
      }
      return null;
    });
    if (!chain) { await page.context().close(); continue; }
    const [outer, inner] = chain;
    const link = page.locator(`main .prose a.term[data-term="${outer}"]`).first();
    const tip = page.locator('.tip');
    for (const how of ['click', 'keyboard']) {
      if (how === 'click') {
        await link.click();
        await tip.locator(`a.term[data-term="${inner}"]`).click();
      } else {
        await link.press('Enter');
        await tip.locator(`a.term[data-term="${inner}"]`).press('Enter');
        run.expect(await tip.evaluate((one) => one.contains(document.activeElement)), page, 'the focus is in the definition');
      }
      const title = await page.locator(`#hb-def-${inner} dt`).evaluate((one) => one.textContent.trim());
      run.expect(await isOpen(page) && (await tip.locator('.tip-title').innerText()).trim() === title, page, `${how}: the definition of ${inner} is shown`);
      const gap = await tip.evaluate((one, at) => {
        const rects = [...document.querySelector(`main .prose a.term[data-term="${at}"]`).getClientRects()];
        const { top, bottom } = one.getBoundingClientRect();
        return Math.min(...rects.map((rect) => Math.max(top - rect.bottom, rect.top - bottom)));
      }, outer);
      run.expect(gap > -2 && gap < 40, page, `${how}: it lies beside the term that was pressed first (${Math.round(gap)} px away)`);
      await page.keyboard.press('Escape');
      run.expect(!await isOpen(page), page, `${how}: Escape closes it`);
    }
    run.expect(await link.evaluate((one) => one === document.activeElement), page, 'Escape leads back to the link');
    return;
  }
  run.skip('no definition on a page uses another word of that page');
});

test('a citation shows its source', async (run) => {
  const sample = run.sample('article', 'class="cite"');
  if (!sample) return run.skip('no article cites a source');
  for (const width of [320, 1280]) {
    const page = await run.open(sample.path, { width });
    const cite = page.locator('main .cite a').first();
    const text = await cite.evaluate((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))).innerText);
    await cite.click();
    if (!run.expect(await isOpen(page), page, 'a click opens the source')) continue;
    const shown = await page.locator('.tip').innerText();
    run.expect(shown.includes(text.trim().slice(0, 40)), page, `it is the source that the list has (${shown.slice(0, 60)})`);
    run.expect(!/↩/.test(shown), page, 'it has no links back to the text');
    await page.keyboard.press('Escape');
    run.expect(!await isOpen(page), page, 'Escape closes it');
  }
});

test('an evidence chip shows what its level means', async (run) => {
  const sample = run.sample('', 'class="evidence"');
  if (!sample) return run.skip('no page says how strong its evidence is');
  const page = await run.open(sample.path, { width: 320 });
  const chip = page.locator('main a.evidence').first();
  const meaning = await chip.evaluate((link) => document.querySelector(link.hash).querySelector('dd').textContent.trim());
  await chip.click();
  run.expect(await isOpen(page), page, 'a click opens what it means');
  run.expect((await page.locator('.tip').innerText()).includes(meaning), page, 'it says what the site says');
});

test('a link that is pressed with Ctrl is followed', async (run) => {
  const sample = article(run);
  if (!sample) return;
  const page = await run.open(sample.path);
  const [opened] = await Promise.all([
    page.context().waitForEvent('page'),
    term(page).click({ modifiers: ['ControlOrMeta'] }),
  ]);
  await opened.waitForLoadState();
  run.expect(opened.url() === await term(page).evaluate((link) => link.href), page, `the new tab has the glossary (${opened.url()})`);
  run.expect(!await isOpen(page), page, 'and nothing opened here');
});

test('nothing opens when the pointer rests on a link', async (run) => {
  const sample = article(run);
  if (!sample) return;
  const page = await run.open(sample.path);
  for (const selector of ['main .prose a.term', 'main .cite a', 'main a.evidence']) {
    const link = page.locator(selector).first();
    if (!await link.count()) continue;
    await link.hover();
    await page.waitForTimeout(600);
    run.expect(!await isOpen(page), page, `resting on ${selector} opens nothing`);
    run.expect(await page.locator(':popover-open').count() === 0, page, `resting on ${selector} opens no popover`);
  }
});

/** Presses every term and citation of the page with its link at the top, in the middle and at the end of the window. */
async function pressAll(run, page) {
  const found = await page.evaluate(async () => {
    const wrong = [];
    const tip = document.querySelector('.tip');
    const frame = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    for (const link of document.querySelectorAll('main .prose :is(a.term, a.evidence, .cite a)')) {
      for (const block of ['start', 'center', 'low', 'end']) {
        link.scrollIntoView({ block: block === 'low' ? 'end' : block });
        if (block === 'low') scrollBy(0, 90);
        link.click();
        await frame();
        const { left, right, top, bottom, width, height } = tip.getBoundingClientRect();
        const at = [...link.getClientRects()];
        if (!tip.matches(':popover-open')) wrong.push(`“${link.innerText}” opens nothing`);
        else if (left < 0 || right > document.documentElement.clientWidth || top < 0 || bottom > innerHeight) {
          wrong.push(`the tip of “${link.innerText}” (${block}) leaves the window: ${[left, right, top, bottom].map(Math.round)}`);
        } else if (width < 200 || height < 30 || (tip.scrollHeight > tip.clientHeight + 1 && height < 150)) {
          wrong.push(`the tip of “${link.innerText}” (${block}) is ${Math.round(width)} × ${Math.round(height)}`);
        } else if (at.some((one) => one.left + 1 < right && one.right - 1 > left && one.top + 1 < bottom && one.bottom - 1 > top)) {
          wrong.push(`the tip of “${link.innerText}” (${block}) covers its own link`);
        } else if (Math.min(...at.map((one) => Math.max(top - one.bottom, one.top - bottom))) > 40) {
          wrong.push(`the tip of “${link.innerText}” (${block}) is far from its link`);
        }
        tip.hidePopover();
        await frame();
      }
    }
    return wrong;
  });
  for (const wrong of found) run.fault(page, wrong);
}

for (const width of [320, 1280]) {
  test(`what opens stays in the window and beside its link, ${width} px`, async (run) => {
    const page = await run.window({ width, height: 640 });
    for (const { path } of run.samples('article', 3)) {
      await run.go(page, path);
      await pressAll(run, page);
    }
  });

  test(`so it does where the browser cannot anchor, ${width} px`, async (run) => {
    const sample = article(run);
    if (!sample) return;
    const page = await run.window({ width, height: 640, look: 'without anchor positioning' });
    await page.addInitScript(() => {
      const { supports } = CSS;
      CSS.supports = (...what) => !/position-area|anchor/.test(what.join()) && supports.apply(CSS, what);
    });
    await page.route('**/*.css', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace(/position-(area|try-fallbacks):[^;}]*/g, '') });
    });
    await run.go(page, sample.path);
    await pressAll(run, page);
  });
}
