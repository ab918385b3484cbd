// Runs specs in one browser: what tests on a published site and tests of the preview have in common.
import { readdir } from 'node:fs/promises';
import { fromTools, tests } from './suite.mjs';

/** Faults of a test that are shown; the rest is counted. */
const SHOWN = 40;

/** The tests of the specs in `folder`, or of those that are `named`. */
export async function load(folder, named) {
  const specs = (await readdir(new URL(`${folder}/`, import.meta.url))).filter((name) => name.endsWith('.mjs')).sort();
  const queue = [];
  for (const spec of specs) {
    const name = spec.replace(/\.mjs$/, '');
    if (named.length && !named.includes(name)) continue;
    await import(`./${folder}/${spec}`);
    queue.push(...tests.splice(0).map((test) => ({ ...test, name: `${name}: ${test.name}` })));
  }
  return queue;
}

/**
 * Runs `queue`, so many tests `atOnce`, each for `limit` milliseconds at most, with what `begin` makes of the browser. Says under `title` how
 * they ended; whether all went well.
 */
export async function runAll({ title, queue, atOnce, limit, begin }) {
  const { chromium } = fromTools('playwright-core');
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--disable-background-networking', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
  const count = { ok: 0, failed: 0, skipped: 0 };
  const failed = [];
  async function work() {
    for (let test = queue.shift(); test; test = queue.shift()) {
      const run = begin(browser);
      const started = Date.now();
      let timer;
      const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`took more than ${limit / 1000} s`)), limit);
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
      if (result === 'failed') failed.push([test.name, ...run.faults]);
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      console.log(`${result === 'ok' ? 'ok' : result.toUpperCase()}  ${test.name} (${seconds} s)${run.skipped ? `: ${run.skipped}` : ''}`);
      for (const note of run.notes) console.log(`    note: ${note}`);
      for (const fault of [...run.faults].slice(0, SHOWN)) console.log(`    ${fault}`);
      if (run.faults.size > SHOWN) console.log(`    and ${run.faults.size - SHOWN} more`);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  await browser.close();
  console.log(`${title}: ${count.ok} passed, ${count.failed} failed, ${count.skipped} skipped`);
  for (const [name, fault] of failed) console.log(`    failed: ${name}: ${fault.split('\n')[0]}`);
  return !count.failed;
}
