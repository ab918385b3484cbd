// node preview.mjs ROOT [HORNBOOK [SPEC...]]: the specs of the preview, or those that are named. ROOT is the repository, HORNBOOK its binary;
// without it only what needs no compiler is looked at.
import { readdir } from 'node:fs/promises';
import { Run, fromTools, tests } from './suite.mjs';
import { hornbook } from './hornbook.mjs';
import { stub } from './stub.mjs';

const AT_ONCE = 2;
const LIMIT = 60_000;

const [root, binary = '', ...named] = process.argv.slice(2);
if (!root) {
  console.error('usage: node preview.mjs ROOT [HORNBOOK [SPEC...]]');
  process.exit(2);
}
const { chromium } = fromTools('playwright-core');
const specs = (await readdir(new URL('preview/', import.meta.url))).filter((name) => name.endsWith('.mjs')).sort();
const queue = [];
for (const spec of specs) {
  const name = spec.replace(/\.mjs$/, '');
  if (named.length && !named.includes(name)) continue;
  await import(`./preview/${spec}`);
  queue.push(...tests.splice(0).map((test) => ({ ...test, name: `${name}: ${test.name}` })));
}
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--disable-background-networking', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
});

/** A run with servers of its own. */
class PreviewRun extends Run {
  #servers = [];

  /** A stub with these pages. */
  async stub(pages) {
    const server = await stub(pages);
    this.#servers.push(server);
    this.site = { url: server.url };
    return server;
  }

  /** `hornbook serve` on a copy of the repository's site, or on `files` alone. */
  async hornbook(files, ...more) {
    if (!binary) {
      this.skip('no hornbook was named');
      return null;
    }
    const server = await hornbook(binary, root, files, more);
    this.#servers.push(server);
    this.site = { url: server.url };
    return server;
  }

  /** Waits for `what` to hold in the page; a fault with what was expected where it does not. */
  async until(page, expected, what, argument) {
    try {
      await page.waitForFunction(what, argument, { timeout: 10_000, polling: 'raf' });
      return true;
    } catch {
      this.fault(page, `not so: ${expected}`);
      return false;
    }
  }

  /** Waits for an address of the site to answer well, or not. */
  async answers(path, well = true) {
    while ((await fetch(this.site.url + path)).ok !== well);
  }

  async close() {
    await super.close();
    await Promise.all(this.#servers.map((server) => server.stop().catch(() => {})));
  }
}

const count = { ok: 0, failed: 0, skipped: 0 };
const failed = [];
async function work() {
  for (let test = queue.shift(); test; test = queue.shift()) {
    const run = new PreviewRun({ url: 'about:blank' }, browser);
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
    console.log(`${result === 'ok' ? 'ok' : result.toUpperCase()}  ${test.name} (${((Date.now() - started) / 1000).toFixed(1)} s)${run.skipped ? `: ${run.skipped}` : ''}`);
    for (const fault of [...run.faults].slice(0, 20)) console.log(`    ${fault}`);
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, work));
await browser.close();
console.log(`preview: ${count.ok} passed, ${count.failed} failed, ${count.skipped} skipped`);
for (const name of failed) console.log(`    failed: ${name}`);
process.exit(count.failed ? 1 : 0);
