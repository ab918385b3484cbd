// The pages of a published site, grouped by what they are.

/** What a page is, from its HTML and path. Markup that nothing here knows makes a kind of its own by its folder: new pages are tested too. */
function kindOf(path, html) {
  const has = (text) => html.includes(text);
  const main = html.slice(html.indexOf('<main'));
  if (path === '') return 'home';
  if (/<ol class="sheet"/.test(main)) return has('id="hb-tools"') ? 'handout' : 'sequence';
  if (/<div class="search-page"/.test(main)) return 'search';
  if (/<article class="layout with-side/.test(main)) return 'exercise';
  if (/<h1><dfn>/.test(main)) return 'term';
  if (/<article class="layout/.test(main)) return has('og:type" content="article"') ? 'article' : 'page';
  if (has('class="term-entry"')) return 'glossary';
  if (has('class="all-sources"')) return 'sources';
  if (/<main[^>]*>\s*<div class="index/.test(main)) return path.split('/').length > 2 ? 'facet' : 'exercises';
  if (/<ol class="cards"/.test(main)) return 'section';
  return path.split('/')[0];
}

/**
 * Everything in sitemap.xml, what home links to beyond that, and an address that does not exist: `{ url, pages, kinds }`, where a
 * page is `{ path, kind, html }` and `kinds` has the largest page of each kind.
 */
export async function readSite(url) {
  const text = async (path) => (await fetch(url + path)).text();
  const sitemap = await text('sitemap.xml');
  const places = [...sitemap.matchAll(/<loc>([^<]*)<\/loc>/g)].map((match) => match[1]);
  if (!places.length) throw new Error('sitemap.xml lists no page');
  const home = places.reduce((shortest, place) => (place.length < shortest.length ? place : shortest));
  const read = async (path) => {
    const html = await text(path);
    return { path, html, kind: kindOf(path, html) };
  };
  const paths = new Set(places.map((place) => place.slice(home.length)));
  // The search is no page to be found by a search engine, and yet it is one.
  for (const [, href] of (await text('')).matchAll(/<a href="([\w./-]*\/)"/g)) paths.add(new URL(href, url).href.slice(url.length));
  const pages = await Promise.all([...paths].map(read));
  pages.push({ ...await read('no/such/page/'), kind: 'not-found' });
  const kinds = new Map();
  for (const page of pages) {
    const known = kinds.get(page.kind);
    if (!known || page.html.length > known.html.length) kinds.set(page.kind, page);
  }
  return { url, pages, kinds: [...kinds.values()] };
}
