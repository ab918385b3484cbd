// Puts it together.

const own = document.currentScript;
const outer = window.frameElement?.hornbook;

/** Within the frame that shows the page at 400 %: the page around it listens, and leads elsewhere. */
function inFrame() {
  const follow = follower(Number(own.dataset.version), () => {}, outer.text);
  addEventListener('hornbook:page', async ({ detail }) => {
    try {
      await follow.takeText(detail);
    } catch {
      outer.rewrite();
    }
  });
  addEventListener('click', (event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.href);
    if (!link || event.defaultPrevented || event.button || link.href.split('#')[0] === location.href.split('#')[0]) return;
    event.preventDefault();
    parent.location.assign(link.href);
  });
}

function inWindow() {
  const all = stage();
  const say = notices(all);
  const open = opener(say);
  const marks = marker(all, open);
  const picks = picker(all, open);
  const follow = follower(Number(own.dataset.version), say);
  const problems = overlay(all, open);
  const lens = lenses(all, follow);
  const bar = toolbar(all, { lens, picks, problems, open, say });
  let site = null;
  let wasLost = false;

  const show = () => {
    // While the overlay has them all, the page has no marks.
    bar.show(site, follow.version(), marks.show(site.ok ? site.problems : []));
  };
  follow.onChange(() => { if (site) show(); });
  follow.ready.then(() => {
    restoreView();
    const notice = memory.get('notice');
    memory.set('notice', null);
    if (notice) say(notice);
  });
  if (isWithoutScript()) keepWithoutScript();
  listen((message) => {
    if (message.lost) {
      wasLost = true;
      bar.lost();
      return;
    }
    ({ site } = message);
    problems.show(site, message.isFirst);
    show();
    // Another server counts its versions anew.
    follow.take(site, wasLost);
    wasLost = false;
  });
}

if (outer) inFrame();
else inWindow();
