// The built pages on a host that serves files and nothing else: Lightning and panel on one site, the phone system in the page.

import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { startChromium } from '../sip/lab/chromium.mjs';
import { Desk } from './lib/desk.mjs';
import { until } from './lib/wait.mjs';

const TYPES = { css: 'text/css', html: 'text/html', js: 'text/javascript', json: 'application/json', wasm: 'application/wasm' };

/** @type {Awaited<ReturnType<typeof startChromium>>} */
let chromium;
/** @type {http.Server} */
let server;
before(async () => {
  const dist = process.env.HOOKSWITCH_DIST;
  if (!dist) throw new Error('HOOKSWITCH_DIST is not set: run these tests with cargo xtask test');
  server = http.createServer(async (request, response) => {
    const at = new URL(request.url ?? '/', 'http://localhost').pathname;
    // Salesforce's script is the org's; here it is the stand-in.
    const script = /^\/support\/api\/(\d+)\.0\/lightning\/opencti_min\.js$/.exec(at);
    const file = path.join(dist, script ? 'opencti/opencti_min.js' : at.endsWith('/') ? `${at}index.html` : at);
    const body = await fs.readFile(file).catch(() => null);
    if (!body) return response.writeHead(404).end();
    const type = TYPES[/** @type {keyof typeof TYPES} */ (path.extname(file).slice(1))] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type }).end(script ? body.toString().replace('__API_VERSION__', script[1]) : body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  chromium = await startChromium();
});
after(async () => {
  await chromium.close();
  server.close();
  server.closeAllConnections();
});

test('from files alone the phone rings, is answered and logs', async () => {
  const page = await chromium.context.newPage();
  const desk = new Desk(page, { extension: '1001', minimised: false, house: null });
  await page.goto(`http://localhost:${/** @type {any} */ (server.address()).port}/lightning/`);
  await desk.loaded();
  await desk.openPanel();
  await desk.ready();
  assert.equal(await desk.has('banner-simulated'), true, 'it is labelled');
  await desk.calls({ number: '+44 20 7946 0021', name: 'Ada Byron' });
  await desk.inPhase('alerting');
  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.network('hangUp');
  await desk.wrapUp('Resolved', 'From files.');
  assert.equal((await desk.log()).Description, 'From files.');
  await until('Lightning shows her', async () => (await desk.pageState()).path.includes('/r/Contact/'));
});
