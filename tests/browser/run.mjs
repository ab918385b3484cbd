// node run.mjs FOLDER [BASE [SPEC...]]: the specs, or those that are named, on the site that lies published in FOLDER for the path BASE.
import { load, runAll } from './runner.mjs';
import { readSite } from './site.mjs';
import { serve } from './serve.mjs';
import { Run } from './suite.mjs';

/** Windows at once: more would only wait for the machine's cores. */
const AT_ONCE = 3;
const LIMIT = 150_000;

const [folder, base = '/', ...named] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node run.mjs FOLDER [BASE [SPEC...]]');
  process.exit(2);
}
const queue = await load('specs', named);
const server = await serve(folder, base);
const site = { ...await readSite(server.url), folder };
console.log(`${queue.length} browser tests on ${site.pages.length} pages of ${site.kinds.length} kinds: ${site.kinds.map((page) => page.kind).join(', ')}`);

const good = await runAll({ title: 'browser', queue, atOnce: AT_ONCE, limit: LIMIT, begin: (browser) => new Run(site, browser) });
server.close();
process.exit(good ? 0 : 1);
