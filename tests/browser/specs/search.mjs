import { pathToFileURL } from 'node:url';
import { test } from '../suite.mjs';

const search = (run) => run.sample('search') ?? run.skip('the site has no search');
const dialog = (page) => page.locator('dialog.search-dialog');
const field = (page) => page.locator(':is(.search-dialog, .search-page) input[type=search]');
const isOpen = (page) => dialog(page).isVisible();

/** Types, and waits for the results. */
async function type(page, text) {
  await field(page).evaluate((input) => {
    const status = input.closest('.search-dialog, .search-page').querySelector('[role=status]');
    window.found = new Promise((done) => { new MutationObserver(done).observe(status, { childList: true }); });
  });
  await field(page).fill(text);
  await page.evaluate(() => window.found.then(() => {}));
}

/** Waits until results are there and stay. */
const settled = (page) => page.waitForFunction(() => {
  const text = document.querySelector(':is(.search-dialog, .search-page) [role=status]')?.textContent;
  if (window.said !== text) [window.said, window.since] = [text, Date.now()];
  return text && Date.now() - window.since > 300;
}, null, { polling: 50 });

/** What is shown: groups with their titles and links, the number, the card. */
const look = (page) => page.evaluate(() => {
  const place = document.querySelector('.search-dialog, .search-page');
  const isShown = (one) => Boolean(one?.checkVisibility());
  const care = place.querySelector('.search-care');
  return {
    groups: [...place.querySelectorAll('.search-groups section')].filter(isShown).map((group) => ({
      title: group.querySelector('h2').innerText,
      links: [...group.querySelectorAll('a')].map((link) => ({ title: link.innerText, href: link.href })),
    })),
    status: place.querySelector('[role=status]').innerText.trim(),
    care: isShown(care) ? care.innerText.replace(/\s+/g, ' ') : '',
    isFirst: !isShown(care) || [...place.querySelectorAll('.search-groups section')].filter(isShown).every((group) => group.getBoundingClientRect().top >= care.getBoundingClientRect().bottom - 1),
  };
});
const hrefs = ({ groups }) => groups.flatMap(({ links }) => links.map(({ href }) => href));

/** Entries of the glossary: `{ name, alias, path }`, where a page of its own stands for its entry. */
async function terms(run) {
  const sample = run.sample('glossary');
  if (!sample) return [];
  const page = await run.open(sample.path, { script: false });
  const found = await page.locator('.term-entry').evaluateAll((entries) => entries.map((entry) => ({
    id: entry.id, name: entry.querySelector('dfn').textContent, alias: entry.querySelector('.also')?.textContent.split(/[:,]/)[1]?.trim(),
  })));
  await page.context().close();
  return found;
}
const leadsTo = ({ id }) => (href) => href.endsWith(`#${id}`) || href.includes(`/${id}/`);

/** A page with text and links, to open the dialog on. */
const place = (run) => run.sample('article') ?? run.sample('home');

for (const width of [320, 1280]) {
  test(`the dialog opens and closes as one expects, ${width} px`, async (run) => {
    if (!search(run)) return;
    const page = await run.open(place(run).path, { width });
    const link = page.locator('a[data-core]');
    const from = page.locator('main a').filter({ visible: true }).nth(3);
    const isOn = (locator) => locator.evaluate((one) => one === document.activeElement);
    const opened = async (how) => {
      await dialog(page).waitFor({ state: 'visible' });
      run.expect(await isOn(field(page)), page, `${how}: the focus is in the field`);
      const { left, right, top, bottom } = await dialog(page).evaluate((one) => one.getBoundingClientRect());
      run.expect(left >= 0 && top >= 0 && right <= width && bottom <= 800, page, `${how}: the dialog is in the window`);
      run.expect(Boolean(await dialog(page).getAttribute('aria-label')), page, `${how}: the dialog has a name`);
    };
    for (const key of ['/', 'Control+k']) {
      await from.focus();
      await page.keyboard.press(key);
      await opened(key);
      // What is typed in the field is text.
      await page.keyboard.type('a/b');
      run.expect(await field(page).inputValue() === 'a/b', page, `${key}: a slash can be typed (${await field(page).inputValue()})`);
      await field(page).fill('');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      run.expect(await page.evaluate(() => document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))), page, `${key}: Tab does not lead behind the dialog`);
      await field(page).focus();
      await page.keyboard.press('Escape');
      run.expect(!await isOpen(page), page, `${key}: Escape closes it`);
      run.expect(await isOn(from), page, `${key}: the focus is back where it was`);
    }
    await link.click();
    await opened('the link');
    await dialog(page).locator('button').click();
    run.expect(!await isOpen(page) && await isOn(link), page, 'the button closes it, and the focus is back on the link');
    await page.keyboard.press('Enter');
    await opened('Enter on the link');
    await page.mouse.click(width / 2, 790);
    run.expect(!await isOpen(page), page, 'a click beside it closes it');
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('/');
    await opened('with the focus nowhere');
    await page.keyboard.press('Escape');
    run.expect(await isOn(link), page, 'the focus goes to the link');
    run.expect(page.url() === run.site.url + place(run).path, page, 'the page stayed where it was');
  });

  test(`one finds and follows with the keyboard, ${width} px`, async (run) => {
    if (!search(run)) return;
    const page = await run.open(place(run).path, { width });
    const [term] = (await terms(run)).filter(({ name }) => name.length > 6);
    await page.keyboard.press('/');
    await dialog(page).waitFor({ state: 'visible' });
    await page.keyboard.type(term.name, { delay: 15 });
    await settled(page);
    const seen = await look(page);
    const all = hrefs(seen);
    run.expect(all.some(leadsTo(term)), page, `“${term.name}” finds its entry (${all})`);
    run.expect(seen.groups.every(({ title, links }) => title && links.length && links.length <= 5), page, 'results are in groups with titles, at most five each');
    run.expect(new Set(seen.groups.map(({ title }) => title)).size === seen.groups.length, page, 'each group stands once');
    run.expect(/\d/.test(seen.status), page, `it says how many (${seen.status})`);
    const at = () => page.evaluate(() => document.activeElement.href ?? document.activeElement.type);
    const order = await page.evaluate(() => [...document.querySelectorAll('.search-dialog a')].filter((one) => one.checkVisibility()).map((one) => one.href));
    for (const href of order.slice(0, 3)) {
      await page.keyboard.press('ArrowDown');
      run.expect(await at() === href, page, `down goes to ${href} (${await at()})`);
      const isSeen = await page.evaluate(() => {
        const { top, bottom } = document.activeElement.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight && getComputedStyle(document.activeElement).outlineStyle !== 'none';
      });
      run.expect(isSeen, page, 'it is in the window, with a ring');
    }
    for (let up = 0; up < Math.min(3, order.length); up += 1) await page.keyboard.press('ArrowUp');
    run.expect(await at() === 'search', page, `up goes back to the field (${await at()})`);
    await page.keyboard.press('ArrowUp');
    run.expect(await at() === 'search', page, 'and no further');
    await page.keyboard.press('Enter');
    await page.waitForURL(order[0]);
    run.expect(!await isOpen(page), page, 'Enter follows the first result');
  });
}

test('beginnings of words, a typo and other names find a term', async (run) => {
  if (!search(run)) return;
  const page = await run.open(search(run).path);
  await field(page).waitFor();
  const all = await terms(run);
  const long = all.filter(({ name }) => /^[a-z]{8,}$/i.test(name)).slice(0, 3);
  for (const term of long) {
    const { name } = term;
    for (const typed of [name.slice(0, -3), name.toUpperCase(), `${name.slice(0, 4)}${name.slice(5)}`, `${name.slice(0, 4)}${name[5]}${name[4]}${name.slice(6)}`]) {
      await type(page, typed);
      const found = hrefs(await look(page));
      run.expect(found.slice(0, 8).some(leadsTo(term)), page, `“${typed}” finds “${name}” (${found.slice(0, 4)})`);
    }
  }
  const others = all.filter(({ alias }) => alias?.length > 3).slice(0, 6);
  if (!others.length) run.note('no term has another name');
  for (const term of others) {
    await type(page, term.alias);
    const found = hrefs(await look(page));
    run.expect(found.slice(0, 8).some(leadsTo(term)), page, `“${term.alias}” finds “${term.name}” (${found.slice(0, 4)})`);
  }
  await type(page, 'qqqxxzzy');
  const nothing = await look(page);
  run.expect(!hrefs(nothing).length && nothing.status.length > 5, page, `where nothing is found it says so (${nothing.status})`);
  await type(page, '   ');
  run.expect((await look(page)).status === '', page, 'nothing is said about nothing');
});

test('signs of an emergency bring up what to do, above all results', async (run) => {
  if (!search(run)) return;
  for (const width of [320, 1280]) {
    const page = await run.open(place(run).path, { width });
    await page.locator('a[data-core]').click();
    await field(page).waitFor();
    // [html, [sign: [[word, what it says]]]] for each card.
    const signs = await page.evaluate(() => window.hornbook.index.cards.map(([, list]) => list.map((sign) => sign.map(([word]) => word).join(' '))));
    if (!signs.length) return run.skip('the help page has no cards');
    for (const sign of [signs[0][0], signs[0].at(-1), signs.at(-1)[0]]) {
      await type(page, sign);
      const seen = await look(page);
      run.expect(seen.care.length > 20 && seen.isFirst, page, `“${sign}” brings up a card, first`);
      run.expect(await dialog(page).locator('.search-care a').last().isVisible(), page, 'with a link to the help page');
      const spoken = await page.locator('.search-dialog [role=status]').textContent();
      run.expect(spoken.trim().length > seen.status.replace(/.*\n/, '').length && seen.care.includes(spoken.split(/\s{2,}|\d/)[0].trim().slice(0, 20)), page, `and it is said aloud (${spoken})`);
    }
    const [term] = await terms(run);
    await type(page, term.name);
    run.expect(!(await look(page)).care, page, `“${term.name}” brings up none`);
  }
});

test('what is typed never leaves the page', async (run) => {
  const sample = search(run);
  if (!sample) return;
  const [term] = (await terms(run)).filter(({ name }) => /^[a-z]{6,}$/i.test(name));
  const secret = `${term.name} zqsecretqz`;
  const page = await run.window();
  const asked = [];
  page.context().on('request', async (request) => {
    asked.push(`${request.method()} ${request.url()} ${request.postData() ?? ''} ${JSON.stringify(await request.allHeaders().catch(() => ({})))}`);
  });
  await run.go(page, place(run).path);
  await page.keyboard.press('/');
  await dialog(page).waitFor({ state: 'visible' });
  await page.keyboard.type(secret, { delay: 5 });
  await settled(page);
  run.expect(new URL(page.url()).hash === '', page, 'the dialog leaves the address alone');
  const before = page.url();
  await Promise.all([page.waitForURL((url) => url.href !== before), page.keyboard.press('Enter')]);
  await run.go(page, sample.path);
  await field(page).waitFor();
  const length = await page.evaluate(() => history.length);
  await page.keyboard.press('Tab');
  await field(page).pressSequentially(secret, { delay: 5 });
  await settled(page);
  run.expect(page.url() === `${run.site.url}${sample.path}#q=${encodeURIComponent(secret)}`, page, 'on its own page it stands after the #');
  run.expect(await page.evaluate(() => history.length) === length, page, 'typing makes no way back of many steps');
  await page.reload();
  await settled(page);
  run.expect(await field(page).inputValue() === secret && hrefs(await look(page)).length > 0, page, 'it is there again after reloading');
  await page.locator('.search-groups a').filter({ visible: true }).first().click();
  await page.waitForURL((url) => !url.pathname.includes(sample.path));
  await page.goBack();
  await settled(page);
  run.expect(await field(page).inputValue() === secret && hrefs(await look(page)).length > 0, page, 'and on the way back');
  run.expect(!/secret/.test(asked.join('\n')), page, `no request holds it (${asked.filter((line) => line.includes('secret')).slice(0, 2)})`);
  run.expect(asked.length > 5, page, 'requests were looked at');
  run.expect(!await page.evaluate(() => localStorage.length + sessionStorage.length), page, 'nothing is kept');
});

test('the dialog leads to all results, and an address can carry a search', async (run) => {
  const sample = search(run);
  if (!sample) return;
  const page = await run.open(place(run).path);
  await page.keyboard.press('/');
  await dialog(page).waitFor({ state: 'visible' });
  // A word that many pages have.
  await type(page, run.site.pages.find(({ kind }) => kind === 'home').html.match(/<h1>([^<]*)/)[1].split(' ').at(-2));
  const typed = await field(page).inputValue();
  const all = page.locator('.search-dialog p a').filter({ visible: true }).last();
  if (!await all.count()) return run.skip('no word of the title is in many pages');
  const few = hrefs(await look(page)).length;
  await all.click();
  await page.waitForURL(/#q=/);
  await settled(page);
  run.expect(await field(page).inputValue() === typed, page, 'the search page has what was typed');
  run.expect(hrefs(await look(page)).length > few, page, 'and more results');
  await page.evaluate(() => { location.hash = '#q=other'; });
  await settled(page);
  run.expect(await field(page).inputValue() === 'other', page, 'an address that changes is searched for');
  for (const key of ['/', 'Control+k']) {
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press(key);
    run.expect(await field(page).evaluate((one) => one === document.activeElement), page, `${key} goes to the field`);
    run.expect(!await isOpen(page), page, 'without a dialog');
  }
});

test('what is typed is text', async (run) => {
  const sample = search(run);
  if (!sample) return;
  const page = await run.open(sample.path, { width: 320 });
  await field(page).waitFor();
  const count = () => page.evaluate(() => document.querySelectorAll('img, script:not([src]), iframe, [onerror]').length);
  const before = await count();
  for (const text of ['<img src=x onerror=window.hit=1>', '"><script>window.hit=1</script>', '%', '%E0%A4%A', '&q=b#c', '__proto__ constructor toString', '\u202eabc\u0000', '😀 ﷽ ไทย 中文', '.*+?^${}()|[]\\', 'a'.repeat(5000), `${'ab '.repeat(300)}`, "' OR 1=1 --"]) {
    await type(page, text);
    const seen = await page.evaluate(() => ({ hit: window.hit, wide: document.documentElement.scrollWidth, text: document.querySelector('.search-page [role=status]').textContent }));
    run.expect(!seen.hit && await count() === before, page, `no part of it is markup (${text.slice(0, 20)})`);
    run.expect(seen.wide <= 320, page, `nothing is wider than the window (${text.slice(0, 20)})`);
    await page.reload();
    await settled(page);
    run.expect(!await page.evaluate(() => window.hit) && await count() === before, page, `nor after reloading (${text.slice(0, 20)})`);
  }
  for (const hash of ['#q=%E0%A4%A', '#q=%3Cimg%20src%3Dx%20onerror%3Dwindow.hit%3D1%3E', '#', '#q', '#q=&q=&x=', '?q=%3Cb%3E']) {
    await page.goto('about:blank');
    await run.go(page, sample.path + hash);
    await field(page).waitFor();
    await page.waitForTimeout(200);
    run.expect(!await page.evaluate(() => window.hit) && await count() === before, page, `the address is text (${hash})`);
  }
});

test('it searches without a server', async (run) => {
  const sample = search(run);
  if (!sample) return;
  const page = await run.window({ look: 'from a folder' });
  const folder = pathToFileURL(`${run.site.folder}/`).href;
  const [term] = (await terms(run)).filter(({ name }) => name.length > 6);
  await page.goto(`${folder}${place(run).path}index.html`);
  await page.locator('a[data-core]').click();
  await dialog(page).waitFor({ state: 'visible' });
  await type(page, term.name);
  const found = hrefs(await look(page));
  run.expect(found.length > 0 && found.every((href) => /index\.html(#|$)/.test(href)), page, `results lead to files (${found.slice(0, 3)})`);
  await page.keyboard.press('Enter');
  await page.waitForURL(found[0]);
  run.expect(await page.locator('main h1').isVisible(), page, 'the first one opens');
  await page.goto(`${folder}${sample.path}index.html#q=${encodeURIComponent(term.name)}`);
  await settled(page);
  run.expect(hrefs(await look(page)).length > 0, page, 'the search page finds');
});

test('without script, and where the index cannot be had, the page says so and leads on', async (run) => {
  const sample = search(run);
  if (!sample) return;
  for (const width of [320, 1280]) {
    const page = await run.open(place(run).path, { width, script: false });
    await page.locator('.top .to-search a').click();
    run.expect(page.url() === run.site.url + sample.path, page, 'the link leads to the search page');
    run.expect(await page.locator('.search-page').innerText() !== '', page, 'it says that searching needs script');
    run.expect(await page.locator('main nav a').count() > 5, page, 'it leads on');
  }
  const page = await run.window({ look: 'without the index', expected: /ERR_FAILED/ });
  await page.route('**/search/core*.js', (route) => route.abort());
  await run.go(page, place(run).path);
  await page.locator('a[data-core]').click();
  await page.waitForURL(run.site.url + sample.path);
  await page.waitForFunction(() => document.querySelector('.search-page').textContent.trim());
  run.expect(await page.locator('.search-page p').filter({ visible: true }).count() > 0, page, 'it says that searching does not work');
});
