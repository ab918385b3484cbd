// A folder over HTTP on this machine, as a strict host would serve it: the policy, no sniffing of types, gzip, index.html for
// folders, 404.html for what is not there.
import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

export const POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'self'",
  "manifest-src 'self'", "base-uri 'none'", "form-action 'none'",
].join('; ');

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.xml': 'application/xml',
};
const COMPRESSED = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.webmanifest', '.xml']);

/** The file that `path` asks for: `{ name, status }`, with 404.html where there is none. */
async function find(folder, path) {
  const inside = normalize(path);
  if (!inside.startsWith('..')) {
    const name = join(folder, inside.endsWith('/') || inside === '.' ? join(inside, 'index.html') : inside);
    if (await stat(name).then((found) => found.isFile(), () => false)) return { name, status: 200 };
  }
  return { name: join(folder, '404.html'), status: 404 };
}

/** Serves `folder` below `base` (`/` or `/some/where/`): `{ url, close }`. */
export async function serve(folder, base = '/') {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://host');
    const path = decodeURIComponent(pathname);
    const { name, status } = path.startsWith(base)
      ? await find(folder, path.slice(base.length) || './')
      : { name: join(folder, '404.html'), status: 404 };
    const type = extname(name);
    let bytes = await readFile(name).catch(() => Buffer.from('there is no 404.html'));
    const headers = {
      'Content-Type': TYPES[type] ?? 'application/octet-stream',
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
      // Names of assets carry a hash of what they hold.
      'Cache-Control': /\/assets\//.test(path) ? 'max-age=31536000, immutable' : 'no-cache',
    };
    if (COMPRESSED.has(type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
      headers['Content-Encoding'] = 'gzip';
      bytes = gzipSync(bytes, { level: 9 });
    }
    response.writeHead(status, { ...headers, 'Content-Length': bytes.length });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () => { server.closeAllConnections(); server.close(); },
  };
}
