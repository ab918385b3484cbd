import { test } from '../suite.mjs';

const KIB = 1024;
/** Most KiB for a first visit, compressed, and most requests. */
const VISIT = { home: { size: 15, requests: 6 }, article: { size: 25, requests: 6 } };
/** Most KiB for a file, compressed. */
const FILE = { document: 12, stylesheet: 9, 'base.js': 4 };

/** Loads a page as the first that a reader sees: what came over the wire. */
async function visit(run, path) {
  const page = await run.window();
  const finished = [];
  page.on('requestfinished', (request) => finished.push(request));
  await page.goto(run.site.url + path, { waitUntil: 'networkidle' });
  // What is used twice, such as the icon, comes over the wire once.
  const once = [...new Map(finished.map((request) => [request.url(), request])).values()];
  return {
    page,
    files: await Promise.all(once.map(async (request) => ({
      url: request.url(), type: request.resourceType(), size: (await request.sizes()).responseBodySize / KIB,
    }))),
  };
}

const list = (files) => files.map(({ url, size }) => `${url.split('/').pop() || 'index.html'} ${size.toFixed(1)}`).join(', ');

for (const [kind, most] of Object.entries(VISIT)) {
  test(`a first visit to the largest ${kind} is light`, async (run) => {
    const sample = run.sample(kind);
    if (!sample) return run.skip(`the site has no ${kind}`);
    const { page, files } = await visit(run, sample.path);
    const sum = files.reduce((total, { size }) => total + size, 0);
    run.expect(sum > 1 && sum <= most.size, page, `it takes at most ${most.size} KiB (${sum.toFixed(1)}: ${list(files)})`);
    run.expect(files.length <= most.requests, page, `it takes at most ${most.requests} requests (${list(files)})`);
    for (const file of files) {
      const limit = FILE[Object.keys(FILE).find((name) => file.type === name || new RegExp(`/${name.replace('.', '[-.].*')}$`).test(file.url))];
      if (limit) run.expect(file.size <= limit, page, `${file.url} has at most ${limit} KiB (${file.size.toFixed(1)})`);
    }
  });
}

test('every article is light', async (run) => {
  const { page } = await visit(run, '');
  for (const { path } of run.site.pages.filter((one) => one.kind === 'article')) {
    const [request] = await Promise.all([page.waitForEvent('requestfinished'), run.go(page, path)]);
    const size = (await request.sizes()).responseBodySize / KIB;
    run.expect(size <= FILE.document, page, `its HTML has at most ${FILE.document} KiB (${size.toFixed(1)})`);
  }
});
