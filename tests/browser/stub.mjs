// A preview without a compiler: pages from memory, events on command, what it was asked for. It speaks as src/serve does.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { POLICY } from './serve.mjs';

const CLIENT = new URL('../../src/serve/client/', import.meta.url);

/** The client as src/serve/client/bundle.rs puts it together. */
async function bundle() {
  const recipe = await readFile(new URL('bundle.rs', CLIENT), 'utf8');
  const names = [...recipe.matchAll(/include_str!\("(\w+\.js)"\)/g)].map(([, name]) => name);
  const parts = await Promise.all(names.map((name) => readFile(new URL(name, CLIENT), 'utf8')));
  return `(() => {\n'use strict';\n${parts.join('')}})();\n`;
}

/** Serves `pages` (path → HTML or `{ status, type, body, location }`). */
export async function stub(pages) {
  const script = await bundle();
  const style = await readFile(new URL('client.css', CLIENT));
  const known = new Map(Object.entries(pages));
  const listeners = new Set();
  const asked = [];
  const settings = { drafts: false, as_of: '2026-11-25', editor: '' };
  let version = 1;
  let answer = { status: 204 };
  let last = { ok: true, problems: [] };
  const event = (changed, moved = {}) => `event: site\nid: ${version}\ndata: ${JSON.stringify({ version, changed, moved, settings, ...last })}\n\n`;
  const withClient = (html) => html.replace('</head>', '<link rel="stylesheet" href="/-hornbook/client.css">'
    + `<script src="/-hornbook/client.js" data-version="${version}" defer></script></head>`);

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://host');
    const send = (status, type, body, more = {}) => {
      response.writeHead(status, { 'Content-Type': type, 'Content-Security-Policy': POLICY, 'Cache-Control': 'no-cache', ...more });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    if (pathname === '/-hornbook/client.js') send(200, 'text/javascript; charset=utf-8', script);
    else if (pathname === '/-hornbook/client.css') send(200, 'text/css; charset=utf-8', style);
    else if (pathname === '/-hornbook/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(event(null));
      listeners.add(response);
      request.on('close', () => listeners.delete(response));
    } else if (pathname === '/favicon.ico') send(204, 'image/x-icon', '');
    else if (request.method === 'POST') {
      const chunks = await request.toArray();
      asked.push({ path: pathname, type: request.headers['content-type'], ...JSON.parse(Buffer.concat(chunks)) });
      const { status, ...body } = answer;
      send(status, 'application/json', status === 204 ? '' : JSON.stringify(body));
    } else {
      const found = known.get(pathname) ?? { status: 404, body: known.get('/404.html') ?? '<head></head>nothing' };
      const { status = 200, type = 'text/html; charset=utf-8', body = '', location } = typeof found === 'string' ? { body: found } : found;
      let html = type.startsWith('text/html') ? withClient(body) : body;
      if (searchParams.get('-hornbook') === 'no-script') html = html.replace(/<script src="(?!\/-hornbook)[^>]*><\/script>/g, '');
      send(status, type, html, location ? { Location: location } : {});
    }
  });
  const listen = (port) => new Promise((ready) => server.listen(port, '127.0.0.1', ready));
  await listen(0);
  const { port } = server.address();
  const tell = (...what) => { for (const one of listeners) one.write(event(...what)); };
  return {
    url: `http://127.0.0.1:${port}/`,
    asked,
    listeners,
    settings,
    /** What the next POST is told. */
    answer(told) { answer = told; },
    /** Compiles: `changes` are pages, null where one is gone. */
    compile(changes, { moved = {}, problems = [] } = {}) {
      for (const [path, page] of Object.entries(changes)) {
        if (page === null) known.delete(path);
        else known.set(path, page);
      }
      version += 1;
      last = { ok: true, problems };
      tell(Object.keys(changes).map((path) => path.slice(1) + (path.endsWith('/') ? 'index.html' : '')), moved);
    },
    /** Fails to compile. */
    fail(...problems) {
      last = { ok: false, problems };
      tell([]);
    },
    async stop() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
    /** Another process at the same port, which counts its versions from 1. */
    async start() {
      version = 1;
      await listen(port);
    },
  };
}
