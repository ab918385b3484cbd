import { test } from '../suite.mjs';

const handout = (run) => run.sample('handout') ?? run.skip('the site has no handout');

/** What the sheet says. */
const look = (page) => page.evaluate(() => {
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true });
  const cards = [...document.querySelectorAll('.sheet > li')].filter(isShown);
  const said = (name) => {
    const line = document.querySelector(`[data-say="${name}"]`);
    return isShown(line) ? line.innerText.trim() : '';
  };
  return {
    title: document.querySelector('h1').textContent,
    tab: document.title,
    line: document.querySelector('.line').textContent.trim(),
    ids: cards.map((card) => card.dataset.id),
    doses: cards.map((card) => [...card.querySelectorAll('.dose [class], .dose dl > div')].map((row) => row.innerText.replace(/\s+/g, ' ')).join('; ')),
    notes: cards.map((card) => card.querySelector('.note').textContent.trim()),
    fields: [...document.querySelectorAll('.tools input:not([readonly]), .sheet input, .sheet textarea')].map((field) => field.value),
    ticked: [...document.querySelectorAll('.choices input')].filter((box) => box.checked).length,
    count: said('count'),
    advice: said('advice'),
    unknown: said('unknown'),
    copied: said('copied'),
    hash: location.hash,
  };
});
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The ids that can be chosen, in the order of the page's HTML. */
const idsOf = (sample) => [...sample.html.matchAll(/data-id="([^"]*)"/g)].map((match) => match[1]);

const box = (page, at) => page.locator('.choices input').nth(at);
const card = (page, id) => page.locator(`.sheet > li[data-id="${id}"]`);
const button = (page, id, what) => card(page, id).locator(`[data-do=${what}]`);
const focused = (page) => page.evaluate(() => {
  const one = document.activeElement;
  const id = one.closest('[data-id]')?.dataset.id ?? '';
  return `${id} ${one.dataset?.do ?? one.type ?? one.tagName.toLowerCase()}`.trim();
});

for (const width of [320, 1280]) {
  for (const how of ['pointer', 'keyboard']) {
    test(`one puts a sheet together with the ${how}, ${width} px`, async (run) => {
      const sample = handout(run);
      if (!sample) return;
      const ids = idsOf(sample);
      const page = await run.open(sample.path, { width, look: how });
      const press = async (locator, key = 'Enter') => {
        if (how === 'pointer') return locator.click();
        await locator.focus();
        return page.keyboard.press(key);
      };
      const first = await look(page);
      run.expect(!first.ids.length && first.hash === '' && first.count, page, 'nothing is chosen at first, and it says so');
      if (!await box(page, 0).isVisible()) await press(page.locator('.rail summary').first());
      for (const at of [0, 2, 1]) {
        if (how === 'pointer') await box(page, at).locator('..').click();
        else await press(box(page, at), 'Space');
        run.expect(await focused(page) === 'checkbox', page, `the focus stays on the box (${await focused(page)})`);
      }
      const [a, c, b] = [ids[0], ids[2], ids[1]];
      let seen = await look(page);
      run.expect(same(seen.ids, [a, c, b]), page, `they stand in the order in which they were chosen (${seen.ids})`);
      run.expect(seen.ticked === 3 && /3/.test(seen.count), page, `it says how many (${seen.count})`);
      run.expect(seen.hash === `#v=1&s=${a},${c},${b}`, page, `the address holds them (${seen.hash})`);

      // Up and down.
      run.expect(await button(page, a, 'up').isDisabled() && await button(page, b, 'down').isDisabled(), page, 'the first cannot go up, the last not down');
      await press(button(page, b, 'up'));
      run.expect(same((await look(page)).ids, [a, b, c]), page, 'up moves one up');
      run.expect(await focused(page) === `${b} up`, page, `the focus stays on the button (${await focused(page)})`);
      await press(button(page, b, 'up'));
      run.expect(same((await look(page)).ids, [b, a, c]), page, 'up again');
      run.expect(await focused(page) === `${b} down`, page, `where it cannot go on, the focus is on the next button (${await focused(page)})`);
      await press(button(page, a, 'down'));
      run.expect(same((await look(page)).ids, [b, c, a]), page, 'down moves one down');
      run.expect(await focused(page) === `${a} up`, page, `the focus is on a button that does something (${await focused(page)})`);

      // Dose, note, title, name.
      const more = card(page, c).locator('.edit summary');
      await press(more);
      await card(page, c).locator('input[data-key=sets]').fill('2');
      await card(page, c).locator('input[data-key=hold]').fill('5–8 s & <b>');
      await card(page, c).locator('textarea').fill('Slowly, 100 % calm;\nthen: rest, please');
      await page.locator('.tools [data-key=title]').fill('For “Kim” & co, <i>1</i> #2');
      await page.locator('.tools [data-key=line]').fill('Kim Ä, 1 Jan');
      await page.keyboard.press('Tab');
      seen = await look(page);
      run.expect(seen.doses[1].includes('5–8 s & <b>') && /\b2\b/.test(seen.doses[1]), page, `the card shows the dose (${seen.doses[1]})`);
      run.expect(seen.notes[1].includes('Slowly, 100 % calm;'), page, `and the note (${seen.notes[1]})`);
      run.expect(seen.title === 'For “Kim” & co, <i>1</i> #2' && seen.tab.startsWith(seen.title), page, `the title is the page's (${seen.title}, ${seen.tab})`);
      run.expect(seen.line === 'Kim Ä, 1 Jan', page, 'the name is on the sheet');
      run.expect(!/[<>“ ]/.test(seen.hash), page, `the address can be copied everywhere (${seen.hash})`);

      const address = page.url();
      await page.reload();
      const again = await look(page);
      run.expect(same(again, seen), page, `it is the same after reloading (${JSON.stringify(again)} instead of ${JSON.stringify(seen)})`);
      const other = await run.window({ width, look: 'a copied link' });
      await other.goto(address);
      run.expect(same(await look(other), seen), other, 'it is the same in another window');
      await other.context().close();

      // Taking out.
      await press(button(page, c, 'remove'));
      run.expect(same((await look(page)).ids, [b, a]), page, 'one is taken out');
      run.expect(await focused(page) === `${a} remove`, page, `the focus is on what stands in its place (${await focused(page)})`);
      await press(button(page, a, 'remove'));
      run.expect(await focused(page) === `${b} remove`, page, `or on the last (${await focused(page)})`);
      await press(button(page, b, 'remove'));
      run.expect(!(await look(page)).ids.length, page, 'all are taken out');
      const end = await page.evaluate(() => document.activeElement !== document.body && document.activeElement.checkVisibility());
      run.expect(end, page, `the focus is on something (${await focused(page)})`);

      // The way back undoes; starting again clears.
      await page.goBack();
      run.expect(same((await look(page)).ids, [b]), page, 'the way back brings the last one back');
      await page.goBack();
      run.expect(same((await look(page)).ids, [b, a]), page, 'and the one before');
      await press(page.locator('[data-do=clear]'));
      seen = await look(page);
      run.expect(seen.hash === '' && !seen.ids.length && seen.title === first.title && seen.fields.slice(0, 2).join('') === '', page, 'start again clears all');
      run.expect(await focused(page) === 'clear', page, 'the focus stays on the button');
      run.expect(!await page.evaluate(() => localStorage.length + sessionStorage.length) && !(await page.context().cookies()).length, page, 'nothing is kept');
    });
  }
}

test('taking out the only one of a sheet that came by a link keeps the focus on the page', async (run) => {
  const sample = handout(run);
  if (!sample) return;
  const [id] = idsOf(sample);
  for (const width of [320, 1280]) {
    const page = await run.open(`${sample.path}#v=1&s=${id}`, { width });
    await button(page, id, 'remove').press('Enter');
    const isSeen = await page.evaluate(() => document.activeElement !== document.body && document.activeElement.checkVisibility());
    run.expect(isSeen, page, `the focus is on something that is shown (${await focused(page)})`);
  }
});

test('links to a sheet lead to what they promise', async (run) => {
  const page = await run.window();
  for (const kind of ['exercise', 'sequence']) {
    const sample = run.sample(kind, 'handout/#v=1');
    if (!sample) continue;
    await run.go(page, sample.path);
    const doses = () => page.locator('.sheet > li').evaluateAll((cards) => cards.map((card) => `${card.dataset.id}: ${[...card.querySelectorAll('.dose dl > div')].map((row) => row.innerText).join()} ${card.querySelector('.note').textContent.trim()}`));
    const before = await doses();
    const wanted = kind === 'exercise' ? [sample.path.split('/').at(-2)] : before.map((line) => line.split(':')[0]);
    await page.locator('a[href*="handout/#v=1"]').first().click();
    await page.waitForURL(/#v=1/);
    run.expect(same((await look(page)).ids, wanted), page, `the sheet has what the ${kind} promised`);
    if (kind === 'sequence') run.expect(same(await doses(), before), page, `with the same doses (${await doses()} instead of ${before})`);
  }
});

test('what a link names and the site lacks is said, and many are advised against', async (run) => {
  const sample = handout(run);
  if (!sample) return;
  const ids = idsOf(sample);
  const page = await run.open(`${sample.path}#v=1&s=${ids[0]},no-such-one,${ids[0]},gone%20too:2x3;note`);
  let seen = await look(page);
  run.expect(same(seen.ids, [ids[0]]), page, 'one that is named twice stands once');
  run.expect(seen.unknown.includes('no-such-one') && seen.unknown.includes('gone too'), page, `what is unknown is named (${seen.unknown})`);
  run.expect(!seen.advice, page, 'one is not too many');
  if (!await box(page, 1).isVisible()) await page.locator('.rail summary').first().click();
  await box(page, 1).check();
  run.expect(!(await look(page)).unknown, page, 'it is said once');
  const most = await page.evaluate(() => Number(document.querySelector('[data-at-most]').dataset.atMost));
  for (const [count, isMany] of [[most, false], [most + 1, true]]) {
    if (ids.length < count) continue;
    await run.go(page, 'no/such/page/');
    await run.go(page, `${sample.path}#v=1&s=${ids.slice(0, count)}`);
    seen = await look(page);
    run.expect(Boolean(seen.advice) === isMany, page, `${count} are ${isMany ? '' : 'not '}many (${seen.advice})`);
  }
  await run.go(page, 'no/such/page/');
  await run.go(page, `${sample.path}#v=2&s=${ids[0]}`);
  run.expect(!(await look(page)).ids.length, page, 'a version that nobody knows chooses nothing');
});

test('the link is copied, or shown where the browser refuses', async (run) => {
  const sample = handout(run);
  if (!sample) return;
  const [id] = idsOf(sample);
  for (const isAllowed of [true, false]) {
    const page = await run.window({ look: isAllowed ? 'may copy' : 'may not copy', permissions: isAllowed ? ['clipboard-read', 'clipboard-write'] : [] });
    if (!isAllowed) await page.addInitScript(() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError')); });
    await run.go(page, `${sample.path}#v=1&s=${id}`);
    const copy = page.locator('[data-do=copy]');
    await copy.press('Enter');
    if (isAllowed) {
      await page.locator('[data-say=copied]').waitFor({ state: 'visible' });
      run.expect(await page.evaluate(() => navigator.clipboard.readText()) === page.url(), page, 'the address is copied');
      run.expect(await copy.evaluate((one) => one === document.activeElement), page, 'the focus stays on the button');
    } else {
      const field = page.locator('[data-say=by-hand] input');
      await field.waitFor({ state: 'visible' });
      run.expect(await field.inputValue() === page.url(), page, 'the address is shown');
      run.expect(await field.evaluate((one) => one.selectionEnd - one.selectionStart === one.value.length), page, 'and selected');
    }
  }
});

const HOSTILE = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>';
test('what an address says is text', async (run) => {
  const sample = handout(run);
  if (!sample) return;
  const [id, second] = idsOf(sample);
  const safe = encodeURIComponent(HOSTILE);
  const long = 'x'.repeat(100_000);
  for (const hash of [
    `v=1&t=${safe}&n=${safe}&s=${id}:${safe}x${safe}@${safe}/${safe}$${safe}+${safe};${safe},${safe}`,
    `v=1&t=${HOSTILE}&n=${HOSTILE}&s=${id};${HOSTILE}`,
    `v=1&t=${long}&n=${long}&s=${long},${id}:${long}x${long}@${long};${long}`,
    `v=1&t=%&n=%E0%A4%A&s=${id}:%x%F@%;%ZZ,%`,
    `v=1&s=${`${id},`.repeat(20_000)}`,
    `v=1&s=__proto__,constructor,toString,${id}:1x2@@@///$$$+++;;;,${second}:`,
    `v=1&v=2&t=&t=b&s&n==&&&=&s=${id}`,
    '%', '#', '&', '=', '\u202eabc', '$&$1$`',
  ]) {
    const page = await run.window({ width: 320 });
    await run.go(page, sample.path);
    const count = await page.evaluate(() => document.querySelectorAll('img, script, iframe').length);
    await page.evaluate((text) => { location.hash = text; }, hash);
    await page.waitForFunction(() => true);
    await page.waitForTimeout(50);
    const seen = await page.evaluate(() => ({
      hit: window.hit, wide: document.documentElement.scrollWidth,
      count: document.querySelectorAll('img, script, iframe').length, shown: document.querySelectorAll('.sheet > li').length,
      title: document.querySelector('h1').textContent, foot: document.querySelector('.foot').textContent.length,
    }));
    const what = hash.slice(0, 30);
    run.expect(!seen.hit, page, `nothing runs (${what})`);
    // The catalogue is out of the page already: what is chosen brings its pictures, an address none.
    run.expect(await page.evaluate(() => ![...document.querySelectorAll('img[src=x], h1 *, .line img, .note *, .dose dd *, [data-say] *:not(input)')].length), page, `no part of it is markup (${what})`);
    run.expect(seen.shown <= 2 && count > 0, page, `nothing stands twice (${what})`);
    run.expect(seen.title.length <= 80 && seen.foot < 200, page, `what is long is cut (${what})`);
    run.expect(seen.wide <= 320, page, `nothing is wider than the window (${seen.wide}, ${what})`);
    if (hash.startsWith(`v=1&t=${safe}`)) run.expect(HOSTILE.startsWith(seen.title) && seen.title.length === Math.min(80, HOSTILE.length), page, `it stands there as it was written (${seen.title})`);
    await page.context().close();
  }
});

test('paper shows the chosen exercises, what to do in an emergency first', async (run) => {
  const sample = handout(run);
  if (!sample) return;
  const ids = idsOf(sample).slice(0, 2);
  const page = await run.open(`${sample.path}#v=1&t=Mine&n=Kim&s=${ids[0]}:2x8;Slowly,${ids[1]}`, { width: 720, look: 'on paper' });
  await page.emulateMedia({ media: 'print' });
  const seen = await page.evaluate(() => {
    const isShown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().height > 0;
    const parts = [...document.querySelectorAll('.on-sheet > *')].filter(isShown);
    parts.sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top);
    return {
      parts: parts.map((one) => one.className),
      ids: [...document.querySelectorAll('.sheet > li')].filter(isShown).map((one) => one.dataset.id),
      controls: [...document.querySelectorAll('button, input, textarea, .edit summary, .rail, .tools')].filter(isShown).map((one) => one.outerHTML.slice(0, 60)),
      days: [...document.querySelectorAll('.ticks td')].filter(isShown).length,
      text: document.body.innerText,
    };
  });
  run.expect(seen.parts[0].includes('care-emergency'), page, `what to do in an emergency comes first (${seen.parts})`);
  run.expect(same(seen.ids, ids), page, `the chosen ones are there and no others (${seen.ids})`);
  for (const control of seen.controls) run.fault(page, `prints ${control}`);
  run.expect(seen.days === 56, page, `28 days to tick off for each (${seen.days})`);
  for (const word of ['Mine', 'Kim', 'Slowly']) run.expect(seen.text.includes(word), page, `${word} is on paper`);
  run.expect(seen.text.includes(`${new URL(page.url()).pathname}#v=1&t=Mine`), page, 'the address that leads back to the sheet is at its foot');
  await page.emulateMedia({ media: null });
  for (const two of [ids, idsOf(sample).slice(-3, -1)]) {
    await page.goto('about:blank');
    await run.go(page, `${sample.path}#v=1&s=${two}`);
    const sheets = async (pageRanges) => (await page.pdf({ preferCSSPageSize: true, pageRanges })).toString('latin1');
    const all = (await sheets('')).match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
    run.expect(all > 0 && all <= 2, page, `two exercises take at most two sheets (${all})`);
    run.expect((await sheets('1')).includes(`/${two[0]}/`), page, 'the first sheet has an exercise, not only what to do in an emergency');
  }
});

test('without script the whole catalogue is there, on the screen and on paper', async (run) => {
  const sample = handout(run);
  if (!sample) return;
  const ids = idsOf(sample);
  for (const width of [320, 1280]) {
    const page = await run.open(sample.path, { width, script: false });
    for (const media of ['screen', 'print']) {
      await page.emulateMedia({ media });
      const seen = await page.evaluate(() => ({
        ids: [...document.querySelectorAll('.sheet > li')].filter((one) => one.checkVisibility() && one.innerText.length > 80).map((one) => one.dataset.id),
        tools: document.querySelector('.tools').checkVisibility(),
        text: [...document.querySelectorAll('.lede')].filter((one) => one.checkVisibility()).length,
      }));
      run.expect(same(seen.ids, ids), page, `every exercise is there (${media}: ${seen.ids.length} of ${ids.length})`);
      run.expect(!seen.tools, page, `what needs script is not (${media})`);
      if (media === 'screen') run.expect(seen.text === 1, page, 'it says what the page is');
    }
    await page.emulateMedia({ media: 'screen' });
    const link = page.locator('.rail ol a').first();
    if (!await link.isVisible()) await page.locator('.rail summary').first().click();
    await link.click();
    run.expect(await page.evaluate(() => Boolean(document.querySelector(':target')?.matches('.sheet > li'))), page, 'the list leads to each');
  }
});

test('nothing jumps where the script comes late', async (run) => {
  const sample = handout(run);
  if (!sample) return;
  const ids = idsOf(sample).slice(0, 3);
  for (const width of [360, 1280]) {
    for (const hash of ['', `#v=1&s=${ids}`]) {
      const page = await run.window({ width, look: 'slow network' });
      await page.route(/handout[^/]*\.js/, async (route) => {
        await new Promise((done) => setTimeout(done, 700));
        await route.continue();
      });
      await page.addInitScript(() => {
        window.shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.shifts.push({ value: entry.value, what: entry.sources.map(({ node }) => node?.className || node?.nodeName) });
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await run.go(page, sample.path + hash);
      await page.waitForTimeout(300);
      const shifts = await page.evaluate(() => window.shifts);
      const sum = shifts.reduce((total, { value }) => total + value, 0);
      run.expect(sum < 0.02, page, `nothing moves (${sum.toFixed(4)}: ${JSON.stringify(shifts)})`);
    }
  }
});
