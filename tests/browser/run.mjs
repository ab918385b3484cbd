// node run.mjs FOLDER [BASE [SPEC...]]: the specs, or those that are named, on the site that lies published in FOLDER for the path BASE.
import { readdir } from 'node:fs/promises';
import { readSite } from './site.mjs';
import { serve } from './serve.mjs';
import { Run, fromTools, tests } from './suite.mjs';

/** Windows at once: more would only wait for the machine's cores. */
const AT_ONCE = 3;
const LIMIT = 150_000;

const [folder, base = '/', ...named] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node run.mjs FOLDER [BASE [SPEC...]]');
  process.exit(2);
}
const { chromium } = fromTools('playwright-core');
const specs = (await readdir(new URL('specs/', import.meta.url))).filter((name) => name.endsWith('.mjs')).sort();
const queue = [];
for (const spec of specs) {
  const name = spec.replace(/\.mjs$/, '');
  if (named.length && !named.includes(name)) continue;
  await import(`./specs/${spec}`);
  queue.push(...tests.splice(0).map((test) => ({ ...test, name: `${name}: ${test.name}` })));
}

const server = await serve(folder, base);
const site = { ...await readSite(server.url), folder };
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--disable-background-networking', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
});
console.log(`${queue.length} browser tests on ${site.pages.length} pages of ${site.kinds.length} kinds: ${site.kinds.map((page) => page.kind).join(', ')}`);

const count = { ok: 0, failed: 0, skipped: 0 };
const failed = [];
async function work() {
  for (let test = queue.shift(); test; test = queue.shift()) {
    const run = new Run(site, browser);
    const started = Date.now();
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`took more than ${LIMIT / 1000} s`)), LIMIT);
    });
    try {
      await Promise.race([test.body(run), late]);
    } catch (error) {
      run.fault(null, error.stack ?? String(error));
    }
    clearTimeout(timer);
    await run.close();
    const result = run.faults.size ? 'failed' : run.skipped ? 'skipped' : 'ok';
    count[result] += 1;
    if (result === 'failed') failed.push(test.name);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`${result === 'ok' ? 'ok' : result.toUpperCase()}  ${test.name} (${seconds} s)${run.skipped ? `: ${run.skipped}` : ''}`);
    for (const note of run.notes) console.log(`    note: ${note}`);
    const shown = [...run.faults].slice(0, 40);
    for (const fault of shown) console.log(`    ${fault}`);
    if (run.faults.size > shown.length) console.log(`    and ${run.faults.size - shown.length} more`);
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, work));
await browser.close();
server.close();
console.log(`browser: ${count.ok} passed, ${count.failed} failed, ${count.skipped} skipped`);
for (const name of failed) console.log(`    failed: ${name}`);
process.exit(count.failed ? 1 : 0);
