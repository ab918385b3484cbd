// What specs are written with. A spec is a file in specs/ that calls `test`; what it is handed is a `Run`.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Packages come from the folder that `HORNBOOK_BROWSER_TOOLS` names, or from node_modules beside this file. */
const tools = process.env.HORNBOOK_BROWSER_TOOLS ?? dirname(fileURLToPath(import.meta.url));
export const fromTools = createRequire(`${tools}/`);

export const tests = [];

/** Adds a test: `body` is given a `Run`. */
export function test(name, body) {
  tests.push({ name, body });
}

export class Run {
  #browser;
  #contexts = [];
  /** How a page is looked at, in words, for messages. */
  #looks = new WeakMap();
  /** Address → fragments that exist there. */
  #ids = new Map();
  /** What the browser may say on its console. */
  #allowed = [];

  constructor(site, browser) {
    this.site = site;
    this.#browser = browser;
    this.faults = new Set();
    this.notes = new Set();
    this.skipped = null;
  }

  /** Notes what is wrong, and where. The test goes on. */
  fault(page, what) {
    this.faults.add(page ? `${this.place(page)}: ${what.replace(/\s+/g, ' ')}` : what);
  }

  /** `what` says what holds. */
  expect(holds, page, what) {
    if (!holds) this.fault(page, `not so: ${what}`);
    return Boolean(holds);
  }

  /** What the browser says about a fault that a test makes is none. */
  allow(pattern) {
    this.#allowed.push(pattern);
  }

  /** Says something that is no fault. */
  note(text) {
    this.notes.add(text);
  }

  /** Says that there is nothing on this site to test. */
  skip(why) {
    this.skipped = why;
  }

  place(page) {
    const { width } = page.viewportSize();
    const path = page.url().startsWith(this.site.url) ? page.url().slice(this.site.url.length) : page.url();
    return `/${path} at ${width} px, ${this.#looks.get(page)}`;
  }

  /** The largest page of a kind; with a string of its HTML, the largest of all pages that have it. */
  sample(kind, holding = '') {
    return this.samples(kind, 1, holding)[0] ?? null;
  }

  /** The `count` largest of them. */
  samples(kind, count, holding = '') {
    const found = this.site.pages.filter((page) => (!kind || page.kind === kind) && page.html.includes(holding));
    return found.sort((one, other) => other.html.length - one.html.length).slice(0, count);
  }

  /**
   * A window of its own, with its own storage. Whatever the browser complains about in it is a fault of the test: messages on the
   * console, what the policy refuses, uncaught errors, requests to other hosts. What `expected` matches is not.
   */
  async window({ width = 1280, height = 800, scheme = 'light', script = true, look = '', expected, ...more } = {}) {
    const context = await this.#browser.newContext({
      viewport: { width, height }, colorScheme: scheme, javaScriptEnabled: script, reducedMotion: 'reduce', ...more,
    });
    this.#contexts.push(context);
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    this.#looks.set(page, [scheme, script ? '' : 'without script', look].filter(Boolean).join(', '));
    const { host } = new URL(this.site.url);
    page.on('request', (request) => {
      const { protocol, host: asked } = new URL(request.url());
      if (protocol.startsWith('http') && asked !== host) this.fault(page, `asks ${request.url()}`);
    });
    page.on('pageerror', (error) => this.fault(page, `uncaught: ${error.message}`));
    page.on('console', (message) => {
      const isMissingPage = message.location().url === page.url() && message.text().includes('404');
      const isAllowed = isMissingPage || expected?.test(message.text()) || this.#allowed.some((pattern) => pattern.test(message.text()));
      if (['error', 'warning'].includes(message.type()) && !isAllowed) this.fault(page, `console: ${message.text()}`);
    });
    return page;
  }

  /** Loads a page of the site, and waits until its scripts have run. */
  async go(page, path) {
    await page.goto(this.site.url + path, { waitUntil: 'load' });
  }

  /** A window on a page: `open('anatomy/', { width: 320 })`. */
  async open(path, options) {
    const page = await this.window(options);
    await this.go(page, path);
    return page;
  }

  /** Whether an address of the site exists, with its fragment. */
  async exists(href) {
    const { origin, pathname, hash } = new URL(href);
    const address = origin + pathname;
    if (!this.#ids.has(address)) {
      const answer = await fetch(address);
      const html = answer.ok ? await answer.text() : null;
      this.#ids.set(address, html && new Set([...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1])));
    }
    const ids = this.#ids.get(address);
    return Boolean(ids) && (!hash || ids.has(decodeURIComponent(hash.slice(1))));
  }

  async close() {
    await Promise.all(this.#contexts.map((context) => context.close().catch(() => {})));
  }
}

/** No link says that what it opens is open. The browser tells the page a moment after it closed. */
export async function saysClosed(run, page) {
  const closed = page.waitForFunction(() => !document.querySelector('[aria-expanded=true]'), null, { timeout: 2000 });
  run.expect(await closed.then(() => true, () => false), page, 'the link says that it is closed');
}
