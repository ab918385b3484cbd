// node preview.mjs ROOT [HORNBOOK [SPEC...]]: the specs of the preview, or those that are named. ROOT is the repository, HORNBOOK its binary;
// without it only what needs no compiler is looked at.
import { load, runAll } from './runner.mjs';
import { Run } from './suite.mjs';
import { hornbook } from './hornbook.mjs';
import { stub } from './stub.mjs';

const AT_ONCE = 2;
const LIMIT = 60_000;

const [root, binary = '', ...named] = process.argv.slice(2);
if (!root) {
  console.error('usage: node preview.mjs ROOT [HORNBOOK [SPEC...]]');
  process.exit(2);
}

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

const good = await runAll({
  title: 'preview',
  queue: await load('preview', named),
  atOnce: AT_ONCE,
  limit: LIMIT,
  begin: (browser) => new PreviewRun({ url: 'about:blank' }, browser),
});
process.exit(good ? 0 : 1);
