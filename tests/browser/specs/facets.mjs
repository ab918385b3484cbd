import { test } from '../suite.mjs';

/** What the page says: its cards by name with what they can be chosen by, its groups with their boxes, what is shown of all that. */
const look = (page) => page.evaluate(() => {
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true });
  const name = (card) => card.querySelector('h2, h3').innerText;
  const cards = [...document.querySelectorAll('.choose > .card')];
  const status = document.querySelector('.results [role=status]');
  return {
    cards: cards.map((card) => ({
      name: card.querySelector('h2, h3').textContent,
      values: Object.fromEntries(Object.entries(card.dataset).map(([id, values]) => [id, values.split(' ')])),
    })),
    shown: cards.filter(isShown).map(name),
    empty: [...document.querySelectorAll('.index .band')].filter((band) => isShown(band) && band.querySelector('.choose') && !band.innerText.includes('\n')).length,
    boxes: [...document.querySelectorAll('.facet input')].map((box) => ({
      group: box.name, value: box.value, ticked: box.checked, off: box.disabled, count: Number(box.parentElement.querySelector('.count').textContent.match(/\d+/)),
    })),
    status: status.textContent,
    says: status.dataset,
    chosen: document.querySelector('.results .small')?.textContent ?? '',
    query: location.search,
    focus: document.activeElement.value ?? document.activeElement.dataset.value ?? document.activeElement.textContent,
  };
});

/** Whether a card fits what is chosen, `{ group: [value] }`, without looking at the group `except`. */
const fits = (card, chosen, except) => Object.entries(chosen).every(([group, wanted]) => {
  if (group === except || !wanted.length) return true;
  const has = wanted.some((value) => (card.values[group] ?? []).includes(value));
  return group === 'not' ? !has : has;
});

/** Compares all that the page shows with what is chosen. */
async function agrees(run, page, chosen, when) {
  const seen = await look(page);
  const wanted = seen.cards.filter((card) => fits(card, chosen)).map((card) => card.name);
  const say = (what) => `${when}: ${what}`;
  run.expect(seen.shown.join() === wanted.join(), page, say(`the right cards are shown (${seen.shown.join()} instead of ${wanted.join()})`));
  run.expect(!seen.empty, page, say('no heading stands alone'));
  const line = (wanted.length === 1 ? seen.says.one : seen.says.many).replace('{n}', wanted.length);
  run.expect(seen.status === line, page, say(`the live region says the number (${seen.status} instead of ${line})`));
  for (const { group, value, ticked, off, count } of seen.boxes) {
    const isChosen = (chosen[group] ?? []).includes(value);
    const others = seen.cards.filter((card) => fits(card, chosen, group) && (card.values[group] ?? []).includes(value)).length;
    run.expect(ticked === isChosen, page, say(`${group}=${value} is ${isChosen ? '' : 'not '}ticked`));
    run.expect(count === others, page, say(`the number at ${group}=${value} is ${others} (${count})`));
    run.expect(off === (!others && !isChosen && group !== 'not'), page, say(`${group}=${value} can${others || isChosen ? '' : 'not'} be ticked`));
  }
  const parts = [...new Set(seen.boxes.map((box) => box.group))].filter((group) => chosen[group]?.length)
    .map((group) => `${group}=${seen.boxes.filter((box) => box.group === group && chosen[group].includes(box.value)).map((box) => box.value)}`);
  run.expect([...new URLSearchParams(seen.query)].map(([group, values]) => `${group}=${values}`).sort().join('&') === parts.sort().join('&'),
    page, say(`it stands in the address (${seen.query} instead of ${parts.join('&')})`));
  return seen;
}

/** Two values of one group and one of another that let some cards through, and not all. */
function choice({ cards, boxes }) {
  const groups = [...new Set(boxes.map((box) => box.group))].filter((group) => group !== 'not');
  const valuesOf = (group) => boxes.filter((box) => box.group === group).map((box) => box.value);
  for (const one of groups) {
    for (const other of groups.filter((group) => group !== one)) {
      for (const [at, first] of valuesOf(one).entries()) {
        for (const second of valuesOf(one).slice(at + 1)) {
          for (const third of valuesOf(other)) {
            const count = (chosen) => cards.filter((card) => fits(card, chosen)).length;
            const both = count({ [one]: [first, second], [other]: [third] });
            if (count({ [one]: [first] }) < count({ [one]: [first, second] }) && both > 1 && both < count({ [one]: [first, second] })) {
              return { one, first, second, other, third };
            }
          }
        }
      }
    }
  }
  return null;
}

const index = (run) => run.sample('exercises', 'data-facet') ?? run.skip('the site has no exercises to choose from');
const box = (page, group, value) => page.locator(`.facet input[name="${group}"][value="${value}"]`);

/** Ticks a box as a person does: on a narrow window its list is opened first. */
async function tick(run, page, group, value, isByKeyboard) {
  const input = box(page, group, value);
  const summary = page.locator('.rail details:not([open]) > summary').filter({ visible: true });
  while (!await input.isVisible()) {
    if (isByKeyboard) await summary.first().press('Enter');
    else await summary.first().click();
  }
  if (isByKeyboard) {
    // Tab comes to it.
    await input.evaluate((one) => {
      const all = [...document.querySelectorAll('a[href], button, input, summary')].filter((other) => other.checkVisibility() && !other.disabled);
      all[all.indexOf(one) - 1].focus();
    });
    await page.keyboard.press('Tab');
    run.expect(await input.evaluate((one) => one === document.activeElement), page, `Tab comes to ${group}=${value}`);
    await page.keyboard.press('Space');
  } else await input.locator('..').click();
  run.expect(await input.evaluate((one) => one === document.activeElement), page, `the focus stays on ${group}=${value}`);
}

for (const width of [320, 1280]) {
  for (const how of ['pointer', 'keyboard']) {
    test(`one chooses by several values with the ${how}, ${width} px`, async (run) => {
      const sample = index(run);
      if (!sample) return;
      const page = await run.open(sample.path, { width, look: how });
      const seen = await agrees(run, page, {}, 'at first');
      run.expect(seen.shown.length === seen.cards.length, page, 'all are shown at first');
      const found = choice(seen);
      if (!found) return run.skip('no values of the exercises can be told apart');
      const { one, first, second, other, third } = found;
      const isByKeyboard = how === 'keyboard';
      await tick(run, page, one, first, isByKeyboard);
      await agrees(run, page, { [one]: [first] }, 'one value');
      await tick(run, page, one, second, isByKeyboard);
      await agrees(run, page, { [one]: [first, second] }, 'two values of a group');
      await tick(run, page, other, third, isByKeyboard);
      const chosen = { [one]: [first, second], [other]: [third] };
      const { shown, chosen: names } = await agrees(run, page, chosen, 'two groups');
      run.expect(names.split(', ').length === 3, page, `what is chosen is named (${names})`);

      // The address holds it: again, in another window, and on the way back from a card.
      const address = page.url();
      await page.reload();
      await agrees(run, page, chosen, 'after reloading');
      const second_ = await run.window({ width, look: 'a copied link' });
      await second_.goto(address);
      await agrees(run, second_, chosen, 'opened from the address');
      await second_.context().close();
      await page.locator('.choose > .card:not([hidden]) a').first().click();
      await page.waitForURL((url) => url.pathname !== new URL(address).pathname);
      await page.goBack();
      await agrees(run, page, chosen, 'on the way back');

      await tick(run, page, one, second, isByKeyboard);
      await agrees(run, page, { [one]: [first], [other]: [third] }, 'with one taken back');
      const clear = page.locator('.results > .button');
      if (isByKeyboard) await clear.press('Enter');
      else await clear.click();
      await agrees(run, page, {}, 'cleared');
      run.expect(await clear.evaluate((button) => button === document.activeElement), page, 'the focus stays on the button that clears');
      run.expect(await clear.getAttribute('aria-disabled') === 'true', page, 'which says that there is nothing to clear');
      run.expect(shown.length > 1, page, 'the choice was a real one');
    });
  }
}

test('what one should ask about first is left out, and nobody calls the rest safe', async (run) => {
  const sample = index(run);
  if (!sample) return;
  for (const width of [320, 1280]) {
    const page = await run.open(sample.path, { width });
    const { cards, boxes } = await look(page);
    const caution = boxes.filter((one) => one.group === 'not').sort((one, other) => other.count - one.count)[0];
    if (!caution) return run.skip('no exercise says when to ask first');
    run.expect(caution.count > 0 && caution.count < cards.length, page, 'it takes out some');
    await tick(run, page, 'not', caution.value, width === 320);
    await agrees(run, page, { not: [caution.value] }, 'one caution');
    const words = await page.locator('.leave-out').innerText();
    run.expect(new RegExp(`\\b${caution.count}\\b`).test(words), page, 'the number says how many it takes out');
    run.expect(await page.locator('.leave-out p.small a').count() === 1, page, 'beside it stands that the others are not thereby safe, and where to ask');
    const value = boxes.find((one) => one.group !== 'not' && cards.some((card) => fits(card, { [one.group]: [one.value], not: [caution.value] }))
      && cards.some((card) => !fits(card, { not: [caution.value] }) && fits(card, { [one.group]: [one.value] })));
    await tick(run, page, value.group, value.value, width === 320);
    await agrees(run, page, { not: [caution.value], [value.group]: [value.value] }, 'a caution and a value');
  }
});

test('where nothing fits, a button clears the choice and the focus goes to the number', async (run) => {
  const sample = index(run);
  if (!sample) return;
  const page = await run.open(sample.path);
  const { cards, boxes } = await look(page);
  const values = boxes.filter((one) => one.group !== 'not');
  const pair = values.flatMap((one) => values.map((other) => [one, other]))
    .find(([one, other]) => one.group !== other.group && !cards.some((card) => fits(card, { [one.group]: [one.value], [other.group]: [other.value] })));
  if (!pair) return run.skip('everything fits everything');
  const [one, other] = pair;
  await run.go(page, `${sample.path}?${one.group}=${one.value}&${other.group}=${other.value}`);
  const chosen = { [one.group]: [one.value], [other.group]: [other.value] };
  await agrees(run, page, chosen, 'nothing fits');
  const button = page.locator('.nothing button');
  run.expect(await button.isVisible(), page, 'it says that nothing fits');
  await button.press('Enter');
  await agrees(run, page, {}, 'cleared');
  run.expect(!await button.isVisible(), page, 'the button is gone');
  run.expect(await page.locator('.results [role=status]').evaluate((status) => status === document.activeElement), page, 'the focus is on the number');
});

test('the parts of the body do what the boxes do', async (run) => {
  const sample = index(run);
  if (!sample) return;
  for (const width of [320, 1280]) {
    const page = await run.open(sample.path, { width });
    const group = await page.locator('.map').getAttribute('data-facet').catch(() => null);
    if (!group) return run.skip('the site has no map of the body');
    const { value } = (await look(page)).boxes.filter((one) => one.group === group).sort((one, other) => other.count - one.count)[0];
    const region = page.locator(`.map [data-value="${value}"]`);
    const pressed = async () => [await region.getAttribute('role'), await region.getAttribute('aria-pressed')].join();
    const isFocused = () => region.evaluate((one) => one === document.activeElement);
    run.expect(await pressed() === 'button,false', page, `a part is a button that is not pressed (${await pressed()})`);
    const name = await region.getAttribute('aria-label');
    run.expect(/\(\d+\)$/.test(name), page, `it says how many (${name})`);
    await region.locator('.fig-region').first().click();
    await agrees(run, page, { [group]: [value] }, 'a part that is pressed');
    run.expect(await pressed() === 'button,true', page, 'it is pressed');
    await region.press('Space');
    await agrees(run, page, {}, 'Space takes it back');
    run.expect(await isFocused(), page, 'the focus stays on it');
    await region.press('Enter');
    await agrees(run, page, { [group]: [value] }, 'Enter');
    run.expect(await isFocused(), page, 'the focus stays on it');
    // One that would leave nothing does nothing.
    const { cards, boxes } = await look(page);
    const ask = boxes.find((one) => one.group !== group && one.group !== 'not' && !cards.some((card) => fits(card, { [group]: [value], [one.group]: [one.value] })));
    if (!ask) continue;
    await run.go(page, `${sample.path}?${ask.group}=${ask.value}`);
    run.expect(await region.getAttribute('aria-disabled') === 'true', page, 'a part that nothing fits says so');
    await region.press('Enter');
    await agrees(run, page, { [ask.group]: [ask.value] }, 'pressed all the same');
  }
});

test('an address that makes no sense chooses nothing', async (run) => {
  const sample = index(run);
  if (!sample) return;
  const page = await run.open(sample.path);
  const { boxes } = await look(page);
  const { group } = boxes[0];
  for (const query of [`${group}=%3Cimg%20src=x%20onerror=alert(1)%3E`, `${group}=%E0%A4%A`, `${group}=,,,`, 'toString=1&__proto__=2', `${group}=${'x,'.repeat(5_000)}`]) {
    await run.go(page, `${sample.path}?${query}`);
    const seen = await look(page);
    run.expect(seen.shown.length === seen.cards.length && !seen.boxes.some((one) => one.ticked), page, `all are shown (?${query.slice(0, 40)})`);
    run.expect(!await page.locator('img[src=x]').count(), page, 'no part of it is markup');
  }
});

test('without script every value is a page of its own', async (run) => {
  const sample = index(run);
  if (!sample) return;
  for (const width of [320, 1280]) {
    const page = await run.open(sample.path, { width, script: false });
    run.expect(!await page.locator('.facet input').count(), page, 'there is nothing to tick');
    const { cards } = await look(page);
    const links = await page.evaluate(() => [...document.querySelectorAll('.facet a[data-value], .map a')].map((link) => {
      const { facet } = link.closest('[data-facet]').dataset;
      const href = new URL(link.getAttribute('href'), document.baseURI).href;
      return { facet, value: link.dataset.value, href, count: link.querySelector('.count')?.textContent };
    }));
    run.expect(links.length > 2, page, 'values are links');
    for (const { facet, value, href, count } of links) {
      await page.goto(href);
      const names = await page.locator('.index .card').evaluateAll((found) => found.filter((card) => card.checkVisibility()).map((card) => card.querySelector('h2, h3').textContent));
      const wanted = cards.filter((card) => card.values[facet]?.includes(value)).map((card) => card.name);
      run.expect(names.sort().join() === wanted.sort().join(), page, `it lists the exercises with ${facet}=${value} (${names.join()})`);
      run.expect(count === undefined || Number(count) === wanted.length, page, `its link said how many (${count})`);
      const current = await page.locator('.facet a[aria-current=page]').getAttribute('data-value');
      run.expect(current === value, page, 'its value is marked');
      if (width === 320) break;
    }
    await page.locator('.results a').first().click();
    run.expect(page.url() === run.site.url + sample.path, page, 'a link leads back to all');
  }
});
