// Serves the test pages, bundled on the spot: what is tested is what stands in the sources.
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const PAGES = path.resolve(import.meta.dirname, '../pages');
const WWW = path.resolve(import.meta.dirname, '../../../www');
const require = createRequire(pathToFileURL(path.join(WWW, 'package.json')));

/** Bundles the pages and serves `/harness`, `/harness-without-microphone` (by policy) and `/far-end` on a loopback port. */
export async function openSite() {
  const { sipOptions } = await import(pathToFileURL(path.join(WWW, 'providers/bundle.mjs')).href);
  // The harness carries the provider and so its options; the far end must not: its timers are the page's.
  const [harness, farEnd] = await Promise.all([
    bundle({ ...sipOptions({ minify: false }), entryPoints: [path.join(PAGES, 'harness.js')] }),
    bundle({ bundle: true, format: 'esm', define: { global: 'globalThis' }, entryPoints: [path.join(PAGES, 'far-end.js')] }),
  ]);
  const files = {
    '/harness': ['text/html', page('SIP provider', '/harness.js')],
    '/harness-without-microphone': ['text/html', page('SIP provider', '/harness.js'), { 'permissions-policy': 'microphone=()' }],
    '/harness.js': ['text/javascript', harness],
    '/far-end': ['text/html', page('Far end', '/far-end.js')],
    '/far-end.js': ['text/javascript', farEnd],
  };
  const server = http.createServer((request, response) => {
    const [type, body, headers] = files[request.url.split('?')[0]] ?? [];
    response.writeHead(body ? 200 : 404, { 'content-type': type ?? 'text/plain', 'cache-control': 'no-store', ...headers });
    response.end(body ?? 'no such page');
  });
  await new Promise((done, failed) => server.once('error', failed).listen(0, '127.0.0.1', done));
  return {
    url: `http://localhost:${server.address().port}`,
    close: () => new Promise((done) => server.close(done)).then(() => {}, () => {}),
  };
}

async function bundle(options) {
  const { build } = require('esbuild');
  const result = await build({ ...options, nodePaths: [path.join(WWW, 'node_modules')], write: false, logLevel: 'warning' });
  return result.outputFiles[0].text;
}

function page(title, script) {
  return `<!doctype html><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,"><audio></audio><script type="module" src="${script}"></script>`;
}
