import { test } from '../suite.mjs';

// What the browser complains about is a fault in every test (see `Run.window`); this one looks at every page, and at what is kept.
test('every page loads under the strict policy, asks nobody else, and keeps nothing', async (run) => {
  const page = await run.window();
  for (const { path } of run.site.pages) {
    await run.go(page, path);
    const kept = await page.evaluate(() => ({ cookie: document.cookie, local: { ...localStorage }, session: { ...sessionStorage } }));
    run.expect(kept.cookie === '', page, `no cookie is set (${kept.cookie})`);
    run.expect(!Object.keys(kept.local).length, page, `localStorage is empty (${JSON.stringify(kept.local)})`);
    run.expect(!Object.keys(kept.session).length, page, `sessionStorage is empty (${JSON.stringify(kept.session)})`);
  }
  run.expect(!(await page.context().cookies()).length, page, 'the browser holds no cookie');
});

/** What a browser keeps for a site, in words. */
const kept = async (page) => {
  const here = await page.evaluate(async () => [
    ...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie, ...(await indexedDB.databases()).map(({ name }) => name),
    ...await window.caches?.keys() ?? [], ...await navigator.serviceWorker?.getRegistrations().then((all) => all.map(({ scope }) => scope)) ?? [],
  ]);
  return [...here, ...(await page.context().cookies()).map(({ name }) => name)].filter(Boolean).join();
};

test('using every part keeps nothing and asks nobody else; only a choice of colours is kept', async (run) => {
  const page = await run.window();
  const uses = {
    exercises: async () => {
      for (const box of (await page.locator('.facet input:enabled').all()).slice(0, 2)) if (await box.isVisible()) await box.check();
    },
    handout: async () => {
      await page.locator('.choices input').first().check();
      await page.locator('.tools [data-key=line]').fill('A name');
      await page.locator('.edit summary').first().click();
      await page.locator('.sheet textarea').first().fill('A note');
      await page.locator('.tools [data-key=title]').fill('A title');
    },
    glossary: () => page.locator('.filter input').fill('a'),
    search: () => page.locator('.search-page input').fill('a back'),
    article: async () => {
      await page.locator('main a.term').first().click();
      await page.keyboard.press('Escape');
      await page.keyboard.press('/');
      await page.locator('.search-dialog input').fill('a back');
    },
  };
  for (const [kind, use] of Object.entries(uses)) {
    const sample = run.sample(kind, kind === 'article' ? 'class="term"' : '');
    if (!sample) continue;
    await run.go(page, sample.path);
    if (kind === 'search') await page.locator('.search-page input').waitFor();
    await use();
    await page.waitForTimeout(200);
    run.expect(!await kept(page), page, `nothing is kept (${await kept(page)})`);
  }
  await run.go(page, '');
  await page.locator('.scheme input[value=light]').check();
  run.expect(await kept(page) === 'scheme', page, `a choice of colours is kept, and nothing else (${await kept(page)})`);
  await page.locator('.scheme input[value=""]').check();
  run.expect(!await kept(page), page, 'until it is taken back');
});

test('the policy is in force', async (run) => {
  const page = await run.open('');
  const refused = await page.evaluate(() => new Promise((done) => {
    document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true });
    const script = document.createElement('script');
    script.textContent = 'document.title = "run"';
    document.body.append(script);
    setTimeout(() => done(''), 2000);
  }));
  run.faults.clear();
  run.expect(refused.startsWith('script-src'), page, 'a script inside the page is refused');
});
