import { test } from '../suite.mjs';

const glossary = (run) => run.sample('glossary') ?? run.skip('the site has no glossary');

const look = (page) => page.evaluate(() => {
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true });
  const entries = [...document.querySelectorAll('.term-entry')];
  return {
    all: entries.map((entry) => ({ name: entry.querySelector('dfn').textContent, alias: entry.querySelector('.also')?.textContent.split(/[:,]/)[1]?.trim() })),
    shown: entries.filter(isShown).map((entry) => entry.querySelector('dfn').textContent),
    letters: [...document.querySelectorAll('.letters a')].map((link) => ({ letter: link.textContent, leads: link.hasAttribute('href') })),
    headings: [...document.querySelectorAll('.letter > h2')].filter(isShown).map((heading) => heading.textContent),
    count: document.querySelector('.filter output')?.textContent,
  };
});
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

for (const width of [320, 1280]) {
  test(`the list is filtered by names and other names, ${width} px`, async (run) => {
    const sample = glossary(run);
    if (!sample) return;
    const page = await run.open(sample.path, { width });
    const input = page.locator('.filter input');
    run.expect(Boolean(await page.locator('.filter label').innerText()), page, 'the box has a label');
    const { all, headings, letters } = await look(page);
    const { name } = all[Math.floor(all.length / 2)];
    // The keyboard comes to it.
    await page.locator('.letters a').last().focus();
    await page.keyboard.press('Tab');
    run.expect(await input.evaluate((one) => one === document.activeElement), page, 'Tab comes from the letters to the box');
    await page.keyboard.type(name.toUpperCase());
    let seen = await look(page);
    run.expect(seen.shown.includes(name) && seen.shown.length < all.length, page, `“${name.toUpperCase()}” shows its entry (${seen.shown})`);
    run.expect(seen.count.includes(seen.shown.length) && seen.count.includes(all.length), page, `it says how many of how many (${seen.count})`);
    run.expect(await page.locator('.filter output').evaluate((one) => one.htmlFor.contains(document.querySelector('.filter input').id)), page, 'in a live region of the box');
    const left = [...new Set(seen.shown.map((one) => plain(one)[0].toUpperCase()))];
    run.expect(seen.headings.length <= left.length, page, `letters without words are gone (${seen.headings})`);
    run.expect(seen.letters.filter(({ leads }) => leads).map(({ letter }) => letter).join() === seen.headings.join(), page, 'only letters with words are links');
    await page.keyboard.press('Escape');
    seen = await look(page);
    run.expect(await input.inputValue() === '' && seen.shown.length === all.length && seen.count === '', page, 'Escape clears');
    run.expect(seen.headings.length === headings.length && seen.letters.every(({ leads }) => leads), page, 'all letters are back');
    run.expect(await input.evaluate((one) => one === document.activeElement), page, 'the focus stays in the box');

    const other = all.find(({ name: own, alias }) => alias && !plain(own).includes(plain(alias)));
    if (other) {
      await input.fill(other.alias);
      run.expect((await look(page)).shown.includes(other.name), page, `“${other.alias}” shows “${other.name}”`);
    }
    for (const text of ['zzqqxx', '<img src=x onerror=window.hit=1>', '.*[(\\', '%', 'x'.repeat(5000)]) {
      await input.fill(text);
      seen = await look(page);
      run.expect(!seen.shown.length && /\b0\b/.test(seen.count), page, `“${text.slice(0, 20)}” is in no entry, and it says so (${seen.count})`);
      run.expect(!seen.headings.length && !await page.evaluate(() => window.hit), page, 'no heading stands alone');
    }
    // A link to a word that is filtered out brings it back.
    const hidden = await page.locator('.term-entry').first().getAttribute('id');
    await page.evaluate((id) => { location.hash = id; }, hidden);
    await page.waitForFunction((id) => document.getElementById(id).checkVisibility(), hidden);
    run.expect((await look(page)).shown.length === all.length, page, 'a link to a word that is filtered out brings all back');
    run.expect(!await page.evaluate(() => localStorage.length + sessionStorage.length), page, 'nothing is kept');
  });

  test(`without script it is a plain list, ${width} px`, async (run) => {
    const sample = glossary(run);
    if (!sample) return;
    const page = await run.open(sample.path, { width, script: false });
    const { all, shown, letters } = await look(page);
    run.expect(shown.length === all.length && all.length > 0, page, 'every word is there');
    run.expect(!await page.locator('.filter input, .filter label').count(), page, 'there is no box');
    run.expect((await page.locator('.filter').evaluate((one) => one.offsetHeight)) === 0, page, 'and no space for one');
    await page.locator('.letters a').last().click();
    const heading = await page.evaluate(() => document.querySelector(':target').textContent);
    run.expect(heading === letters.at(-1).letter, page, 'letters lead to their words');
  });
}
