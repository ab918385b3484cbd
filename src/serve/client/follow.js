// The page follows its source: fetched again, changed in place, loaded anew, or left for where it went.

const NO_SCRIPT = '-hornbook';

const movedFrom = (path) => `This page was moved here from ${path}.`;
const nearest = (path) => `${path} is gone. This is the nearest page that there is.`;

/** Follows what is compiled. `first` is the version that the page is from; `say` puts a notice on screen; `given` is what was sent, where
 * that is known. */
function follower(first, say, given) {
  let shown = first;
  let page = null;
  let text = '';
  let status = 200;
  let running = null;
  let next = null;
  const after = [];

  const plain = (html) => html.replace(/ data-version="\d+"/, '');
  const versionOf = (html) => Number(html.match(/ data-version="(\d+)"/)?.[1]);
  const here = () => location.href.split('#')[0];

  /** What was sent, as the browser still has it; without it the page cannot change in place. */
  const ready = (async () => {
    if (document.readyState !== 'complete') await new Promise((done) => { addEventListener('load', done, { once: true }); });
    let html = given;
    if (!html) {
      const answer = await fetch(here(), { cache: 'force-cache', headers: { Accept: 'text/html' } });
      ({ status } = answer);
      html = await answer.text();
    }
    if (versionOf(html) !== first) return;
    text = html;
    page = parsePage(html);
    adopt(page);
  })().catch(() => { /* the server is gone: the page is loaded anew when it is back */ });

  const go = (url, notice) => {
    if (notice) memory.set('notice', notice);
    location.replace(url);
  };

  /** Where a page went that is not there any more. */
  async function leave(site) {
    const path = decodeURI(location.pathname);
    for (const [from, to] of Object.entries(site.moved ?? {})) {
      if (from && path.endsWith(`/${from}`)) {
        const target = path.slice(0, -from.length) + to;
        if (from.startsWith(to)) go(encodeURI(target) + location.search, nearest(path));
        else go(encodeURI(target) + location.search + location.hash, movedFrom(path));
        return;
      }
    }
    for (let parent = path; parent.length > 1;) {
      parent = parent.replace(/[^/]*\/?$/, '');
      const answer = await fetch(encodeURI(parent), { method: 'HEAD' });
      if (answer.ok) {
        go(encodeURI(parent) + location.search, nearest(path));
        return;
      }
    }
  }

  async function follow(site) {
    await ready;
    const answer = await fetch(here(), { cache: 'no-cache', headers: { Accept: 'text/html' } });
    const html = await answer.text();
    if (answer.redirected && new URL(answer.url).pathname !== location.pathname) {
      go(answer.url + location.hash, movedFrom(decodeURI(location.pathname)));
      return;
    }
    const view = currentView();
    if (!page || (answer.ok && status === 404)) {
      reloadKeeping(view);
      return;
    }
    if (answer.status === 404 && status !== 404) {
      await leave(site);
      return;
    }
    if (!answer.ok && answer.status !== status) throw new Error(`the server says ${answer.status}`);
    const now = versionOf(html) || site.version;
    try {
      if (plain(html) !== plain(text)) {
        const fresh = parsePage(html);
        const [, target] = fresh.querySelector('meta[http-equiv=refresh i]')?.content.match(/url=(.*)$/i) ?? [];
        if (target) {
          go(new URL(target, location.href).href + location.hash, movedFrom(decodeURI(location.pathname)));
          return;
        }
        const before = page;
        await keepingPlace(() => morph(before, fresh));
        [page, text] = [fresh, html];
      }
      if (site.changed?.length) await refreshAssets(page, site.changed, now);
    } catch (error) {
      if (error instanceof Unmorphable) console.info(`hornbook: the page is loaded anew: ${error.message}`);
      else console.warn('hornbook: the page is loaded anew', error);
      reloadKeeping(view);
      return;
    }
    shown = now;
    for (const run of after) run();
  }

  /** One after the other; of those that wait only the last counts, with what all of them changed. */
  async function run() {
    while (next) {
      const site = next;
      next = null;
      try {
        await follow(site);
      } catch {
        say('The page could not be fetched. It will be when the next change is saved.');
      }
    }
    running = null;
  }

  return {
    ready,
    version: () => shown,
    text: () => text,
    onChange: (run) => after.push(run),
    /** Takes the page of `site`, if it is another than the one on screen; `force` where versions tell nothing. */
    take(site, force) {
      if (!force && site.version === shown && !running) return;
      const changed = next?.changed && site.changed ? [...next.changed, ...site.changed] : site.changed;
      next = { ...site, changed, moved: { ...next?.moved, ...site.moved } };
      running ??= run();
    },
    /** In a frame, where the page around it fetches. */
    async takeText(html) {
      await ready;
      const fresh = parsePage(html);
      const before = page;
      await keepingPlace(() => morph(before, fresh));
      page = fresh;
    },
  };
}
