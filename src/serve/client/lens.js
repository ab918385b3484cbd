// The page as others have it: without script, on paper, four times as large, without colour.

const SWAPPED = { print: 'screen', screen: 'print' };

/** Rules for paper hold on screen, those for the screen do not. */
function paper() {
  let changed = [];
  const light = new CSSStyleSheet();
  light.replaceSync(`:root {
    color-scheme: only light !important; background: #fff !important;
    box-sizing: border-box; max-width: 210mm; margin-inline: auto !important; padding: 15mm !important;
  }`);
  const forPaper = (text) => text.replace(/\b(print|screen)\b/g, (word) => SWAPPED[word])
    .replace(/\(\s*prefers-color-scheme\s*:\s*dark\s*\)/g, '(width < 0px)').replace(/\(\s*prefers-color-scheme\s*:\s*light\s*\)/g, '(width >= 0px)');
  const turn = (media) => {
    const text = media.mediaText;
    if (forPaper(text) === text) return;
    changed.push([media, text]);
    media.mediaText = forPaper(text);
  };
  const walk = (rules) => {
    for (const rule of rules) {
      if (rule.media) turn(rule.media);
      if (rule.styleSheet) read(rule.styleSheet);
      if (rule.cssRules) walk(rule.cssRules);
    }
  };
  const read = (sheet) => {
    try { walk(sheet.cssRules); } catch { /* another host's: left as it is */ }
  };
  const on = () => {
    for (const sheet of document.styleSheets) {
      if (sheet.ownerNode?.getAttribute('href')?.startsWith('/-hornbook/')) continue;
      if (sheet.media.length) turn(sheet.media);
      read(sheet);
    }
    styles(light, true);
  };
  const off = () => {
    for (const [media, text] of changed) media.mediaText = text;
    changed = [];
    styles(light, false);
  };
  return {
    turn(isOn) {
      if (isOn) on();
      else off();
      // Scripts open what is folded.
      dispatchEvent(new Event(isOn ? 'beforeprint' : 'afterprint'));
    },
    /** After a change of the page: new stylesheets too. */
    again() {
      off();
      on();
    },
  };
}

function grey() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(':root { filter: grayscale(1) !important; }');
  return { turn: (isOn) => styles(sheet, isOn), again() {} };
}

/** The page in a window of 320 px that is enlarged to fill this one, as at 400 % on a screen of 1280 px. */
function zoom(all, follow) {
  const WIDTH = 320;
  const place = make('div.zoom', { hidden: true });
  const held = new CSSStyleSheet();
  held.replaceSync(':root { overflow: hidden !important; }');
  all.append(place);
  let frame = null;
  const fit = () => {
    if (!frame) return;
    const scale = innerWidth / WIDTH;
    Object.assign(frame.style, { width: `${WIDTH}px`, height: `${innerHeight / scale}px`, transform: `scale(${scale})` });
  };
  addEventListener('resize', fit);
  // The policy of a page lets it show no frame of its own host. One that it writes itself has the page's address and policy.
  const write = () => {
    frame?.remove();
    frame = make('iframe', { title: 'The page at 400 %' });
    place.replaceChildren(frame);
    frame.hornbook = { text: follow.text(), rewrite: write };
    fit();
    const inner = frame.contentDocument;
    inner.open();
    inner.write(follow.text());
    inner.close();
  };
  return {
    async turn(isOn) {
      await follow.ready;
      place.hidden = !isOn;
      styles(held, isOn);
      if (isOn) write();
      else {
        frame?.remove();
        frame = null;
      }
    },
    again() {
      frame?.contentWindow.dispatchEvent(new CustomEvent('hornbook:page', { detail: follow.text() }));
    },
  };
}

/** Whether the page is shown as without script. */
const isWithoutScript = () => new URLSearchParams(location.search).get(NO_SCRIPT) === 'no-script';

/** The address of the page with script, or without. */
function withScript(isOn) {
  const url = new URL(location.href);
  if (isOn) url.searchParams.delete(NO_SCRIPT);
  else url.searchParams.set(NO_SCRIPT, 'no-script');
  return url.href;
}

/** Links lead to pages without script too. */
function keepWithoutScript() {
  const keep = (event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.href);
    const isPage = link?.origin === location.origin && !link.pathname.startsWith('/-hornbook/');
    if (!isPage || link.search.includes(NO_SCRIPT)) return;
    const url = new URL(link.href);
    url.searchParams.set(NO_SCRIPT, 'no-script');
    link.href = url.href;
  };
  for (const type of ['pointerdown', 'click', 'focusin']) addEventListener(type, keep, true);
}

/** The lenses that the client makes, by name; those that are on stay on from page to page. */
function lenses(all, follow) {
  const made = { print: paper(), grey: grey(), zoom: zoom(all, follow) };
  const on = new Set(memory.get('lenses') ?? []);
  follow.onChange(() => { for (const name of on) made[name].again(); });
  for (const name of on) made[name]?.turn(true);
  return {
    isOn: (name) => on.has(name),
    turn(name) {
      const isOn = !on.has(name);
      if (isOn) on.add(name);
      else on.delete(name);
      memory.set('lenses', [...on]);
      made[name].turn(isOn);
      return isOn;
    },
  };
}
