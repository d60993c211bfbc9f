// A static file server for dist/, under a folder of its own: the page must not depend on where it lies.

import { createServer } from 'node:http';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const types = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** The folder of the address below which the files lie. */
export const PREFIX = '/some/folder/';

/**
 * Serves `folder` on a free port of this machine.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} the address of index.html's folder, with the final slash
 */
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const refuse = () => response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    try {
      const { pathname } = new URL(request.url, 'http://localhost');
      if (!pathname.startsWith(PREFIX)) return refuse();
      const name = normalize(decodeURIComponent(pathname.slice(PREFIX.length))) || 'index.html';
      if (name.startsWith('..') || name.startsWith(sep)) return refuse();
      const path = join(folder, name === '.' ? 'index.html' : name);
      const about = await stat(path);
      if (!about.isFile()) return refuse();
      response.writeHead(200, {
        'content-type': types[extname(path)] ?? 'application/octet-stream',
        'content-length': about.size,
        'cache-control': 'no-store',
      });
      createReadStream(path).pipe(response);
    } catch {
      refuse();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${PREFIX}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
