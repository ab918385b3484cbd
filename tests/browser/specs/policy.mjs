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
