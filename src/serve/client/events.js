// Word from the server. A browser opens six connections to a host, for all its tabs; so one visible tab listens and tells the others,
// and a hidden one does not.

const LEAST_WAIT = 250;
const MOST_WAIT = 2_000;

/** Calls `hear` with `{ site, isFirst }` whenever the site was compiled, or with `{ lost: true }`. `isFirst`: it may be long known. */
function listen(hear) {
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel('hornbook') : null;
  let events = null;
  let timer = 0;
  let wait = LEAST_WAIT;
  let last = null;
  let release = null;
  let waiting = null;

  const tell = (message) => {
    last = message;
    channel?.postMessage(message);
    hear(message);
  };
  const connect = () => {
    events = new EventSource('/-hornbook/events');
    let isFirst = true;
    events.addEventListener('site', ({ data }) => {
      wait = LEAST_WAIT;
      tell({ site: JSON.parse(data), isFirst });
      isFirst = false;
    });
    events.onerror = () => {
      events.close();
      tell({ lost: true });
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, MOST_WAIT);
    };
  };
  const start = () => {
    if (events || waiting) return;
    if (!navigator.locks || !channel) {
      connect();
      return;
    }
    waiting = new AbortController();
    const lead = () => new Promise((done) => {
      release = done;
      connect();
    });
    navigator.locks.request('hornbook-events', { signal: waiting.signal }, lead).catch(() => { /* it was hidden meanwhile */ });
    channel.postMessage({ asks: true });
  };
  const stop = () => {
    waiting?.abort();
    clearTimeout(timer);
    events?.close();
    release?.();
    events = waiting = release = null;
  };
  channel?.addEventListener('message', ({ data }) => {
    if (data.asks) {
      if (events && last) channel.postMessage({ ...last, isFirst: true });
    } else if (!events && !document.hidden) hear(data);
  });
  const turn = () => (document.hidden ? stop() : start());
  document.addEventListener('visibilitychange', turn);
  addEventListener('pagehide', stop);
  addEventListener('pageshow', turn);
  turn();
}
