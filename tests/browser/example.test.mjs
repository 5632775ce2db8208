// The npm module as a vendor meets it: the example page with its own phone system, in a real browser, from the built product.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, beforeEach, test } from 'node:test';

import { startChromium } from '../sip/lab/chromium.mjs';

const PATIENCE = { timeout: 20_000 };
const HEADLESS = '/example/hookswitch/headless.js';

let chromium;
let server;
let origin;
let page;

before(async () => {
  const { HOOKSWITCH_XTASK: xtask, HOOKSWITCH_DIST: dist } = process.env;
  assert.ok(xtask && dist, 'run this by `cargo xtask test browser`');
  server = spawn(xtask, ['serve', '--dist', dist, '--port', '0', '--json', '--until-eof'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: server.stdout }), 'line');
  origin = new URL(JSON.parse(line).phone).origin;
  chromium = await startChromium();
}, { timeout: 60_000 });

after(async () => {
  await chromium?.close();
  server?.stdin.end();
});

beforeEach(async () => {
  await page?.context().close();
  // A profile of its own: the softphone remembers a wrap-up that was not finished.
  page = await (await chromium.browser.newContext()).newPage();
});

test('a call rings in the vendor\'s page, is answered, and is wrapped up', PATIENCE, async () => {
  const errors = listen();
  await open('/example/');
  await at('ready').click();
  await says('state', 'ready · ready');

  await at('ring').click();
  await says('caller', 'Ada Example');
  await says('phase', 'alerting');
  assert.deepEqual(await shownButtons(), ['answer', 'decline']);

  await at('answer').click();
  await says('phase', 'connected');
  await at('hold').click();
  await says('phase', 'held');
  await at('retrieve').click();
  await says('phase', 'connected');
  await at('notes').fill('wants <b>two</b>');

  await at('far-end').click();
  await says('phase', 'wrapUp');
  await at('disposition').selectOption('Solved');
  const { snapshot } = await shown();
  assert.equal(snapshot.agent.state, 'workingAfterCall');
  assert.deepEqual(snapshot.calls[0].draft, { disposition: 'Solved', dispositions: ['Solved', 'Call back'], notes: 'wants <b>two</b>' });
  assert.equal(typeof snapshot.calls[0].wrapUp.deadline, 'number');

  await at('finishWrapUp').click();
  await says('state', 'ready · ready');
  assert.equal(await at('phase').count(), 0);
  assert.deepEqual(errors, []);
});

test('a number is dialed, and one that cannot be is refused with a code and changes nothing', PATIENCE, async () => {
  await open('/example/?picksUpMs=50');
  await at('dial').click();
  await says('words', '(invalidNumber)');
  assert.deepEqual((await shown()).snapshot.calls, []);
  await at('number').fill('+1 (415) 555-0150');
  await at('dial').click();
  await says('phase', 'connected');
  assert.equal(await at('words').textContent(), '');
  await at('clear').click();
  await says('phase', 'wrapUp');
});

test('errors are Error objects with a stable code, and one softphone lives on a page at a time', PATIENCE, async () => {
  await open('/standby/');
  const said = await page.evaluate(async (address) => {
    const { default: init, Softphone } = await import(address);
    await init();
    const code = (work) => {
      try {
        work();
        return 'nothing';
      } catch (error) {
        return `${error instanceof Error} ${error.name} ${error.code}`;
      }
    };
    const load = () => Promise.reject(new Error('never asked'));
    const codes = [code(() => Softphone.start({})), code(() => Softphone.start(null)), code(() => Softphone.start({ load, settings: 'x' }))];
    const phone = Softphone.start({ load });
    codes.push(code(() => Softphone.start({ load })));
    await new Promise((done) => {
      const end = phone.subscribe(() => phone.status().stage === 'running' && (end(), end(), done(undefined)));
    });
    const same = phone.snapshot() === phone.snapshot() && phone.status() === phone.status();
    codes.push(code(() => phone.dial('100')), code(() => phone.answer(7)), code(() => phone.resendLog('hs-0')));
    const { settings, settingsMissing } = phone.status();
    phone.stop();
    phone.stop();
    const { stage } = phone.status();
    const again = Softphone.start({ load });
    again.free();
    return { codes, same, settings, settingsMissing, stage };
  }, HEADLESS);
  assert.deepEqual(said, {
    codes: [
      ...Array(3).fill('true SoftphoneError badConfig'),
      'true SoftphoneError alreadyStarted',
      'true SoftphoneError noPhone',
      'true SoftphoneError unknownCall',
      'true SoftphoneError unknownLog',
    ],
    same: true,
    settings: 'none',
    settingsMissing: 'empty',
    stage: 'stopped',
  });
});

test('a page that keeps nothing of its subscription is told of changes all the same, whatever the browser clears away', PATIENCE, async () => {
  await open('/example/');
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  // What is to be done about cleared things is done in a moment of its own.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
  await at('ring').click();
  await says('phase', 'alerting');
  await session.send('HeapProfiler.collectGarbage');
  await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
  await at('answer').click();
  await says('phase', 'connected');
});

test('the module breaks in a call, is made anew, and the call goes on', PATIENCE, async () => {
  await open('/example/');
  await at('ring').click();
  await at('answer').click();
  await says('phase', 'connected');
  await page.evaluate(async (address) => {
    const { default: init } = await import(address);
    // The instance that runs: what it remembers becomes nonsense, and the next thing it does is a trap.
    const { memory, softphone_answer: answer } = await init();
    new Uint8Array(memory.buffer).fill(0xff);
    setTimeout(() => answer(0x7fff_fff0, 1));
  }, HEADLESS);
  await says('state', 'started anew');
  await says('phase', 'connected');
  assert.equal((await shown()).status.restarted, true);
  await at('hold').click();
  await says('phase', 'held');
  await at('clear').click();
  await says('phase', 'wrapUp');
});

test('what the module gives is what its types say, no field more or less', { timeout: 180_000 }, async () => {
  const seen = [];
  await open('/example/?picksUpMs=50');
  seen.push(await shown());
  await at('reason').selectOption('Lunch');
  await says('state', 'not ready: Lunch');
  await at('ring').click();
  await says('phase', 'alerting');
  seen.push(await shown());
  await at('far-end').click();
  await says('problems', 'Missed');
  seen.push(await shown());
  await at('number').fill('4155550150');
  await at('dial').click();
  await says('phase', 'connected');
  await at('hold').click();
  await says('phase', 'held');
  seen.push(await shown());
  await at('clear').click();
  await says('phase', 'wrapUp');
  seen.push(await shown());
  // The check itself is worth something: it finds a field that is missing, and one that no type has.
  const { revision: _, ...snapshot } = seen[0].snapshot;
  const wrong = [{ ...seen[0], snapshot }, { ...seen[0], status: { ...seen[0].status, stray: 1 } }];
  const said = await complaints([...seen, ...wrong]);
  assert.deepEqual(said.slice(0, seen.length).flat(), []);
  assert.deepEqual(said.slice(seen.length).map((words) => words.length), [1, 1]);
});

async function open(address) {
  await page.goto(`${origin}${address}`);
  if (address.startsWith('/example/')) await says('state', 'ready · ');
}

function at(name) {
  return page.getByTestId(name);
}

/** Waits until the element holds the words. */
async function says(name, words) {
  await at(name).filter({ hasText: words }).first().waitFor({ timeout: 10_000 }).catch(async () => {
    const there = await at(name).allTextContents();
    assert.fail(`${name} says ${JSON.stringify(there)}, not ${JSON.stringify(words)}; the page: ${await at('snapshot').textContent().catch(() => 'gone')}`);
  });
}

async function shownButtons() {
  const buttons = await page.locator('article button:visible').all();
  return Promise.all(buttons.map((button) => button.getAttribute('data-testid')));
}

async function shown() {
  return JSON.parse(await at('snapshot').textContent());
}

/** What the page throws and prints as an error from now on. */
function listen() {
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  return errors;
}

/** What TypeScript says of each of the data, written out as a literal of its types. */
async function complaints(seen) {
  const ts = createRequire(new URL('../../www/package.json', import.meta.url))('typescript');
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'hookswitch-types-'));
  try {
    const module = JSON.stringify(path.join(process.env.HOOKSWITCH_DIST, 'example/hookswitch/headless.js'));
    const files = await Promise.all(seen.map(async (data, index) => {
      const file = path.join(folder, `seen${index}.ts`);
      const lines = [`import type { Snapshot, Status } from ${module};`, 'export const seen: { snapshot: Snapshot, status: Status } ='];
      await fs.writeFile(file, [...lines, `${JSON.stringify(data)};`].join('\n'));
      return file;
    }));
    const program = ts.createProgram(files, {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.esnext.disposable.d.ts'],
    });
    const words = ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ');
    return files.map((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(words));
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}
