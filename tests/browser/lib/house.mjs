// One server and one Chromium for a file of tests, and a fresh browser profile with an extension of its own for each test.

import { spawn } from 'node:child_process';
import { after, afterEach, before } from 'node:test';
import readline from 'node:readline';

import { startChromium } from '../../sip/lab/chromium.mjs';
import { Desk } from './desk.mjs';

/** Extensions are not shared between tests: a call of one test must not ring in another. */
let extension = 2000 + (process.pid % 1000) * 50;

/**
 * More for `serve` and for Chromium; whether it gives the microphone without asking.
 *
 * @typedef {{ serve?: string[], flags?: string[], allow?: boolean }} Wishes
 */

/**
 * The house of a file of tests: open while they run, and cleared after each of them.
 *
 * @param {Wishes} [wishes]
 */
export function houseOfTests(wishes) {
  const house = new House();
  before(() => house.open(wishes));
  afterEach(() => house.clear());
  after(() => house.close());
  return house;
}

/** A house that somebody else closes. @param {Wishes} [wishes] */
export async function openHouse(wishes) {
  const house = new House();
  await house.open(wishes);
  return house;
}

export class House {
  /** @type {Awaited<ReturnType<typeof startServer>>} */
  server;
  /** @type {Awaited<ReturnType<typeof startChromium>>} */
  chromium;
  /** @type {import('playwright-core').BrowserContext[]} */
  contexts = [];

  /** @param {Wishes} [wishes] */
  async open({ serve = [], flags = [], allow = true } = {}) {
    this.server = await startServer(serve);
    this.chromium = await startChromium({ flags: [...this.server.flags, ...flags], allow }).catch((error) => {
      this.server.close();
      throw error;
    });
  }

  /** An address on the Lightning site, or on another simulated org. @param {Record<string, string>} query @param {string} [org] */
  url(query, org = '') {
    const url = new URL(this.server.lightning);
    if (org) url.hostname = `${org}.${url.hostname}`;
    url.search = new URLSearchParams(query).toString();
    return url.href;
  }

  /** A browser profile that knows nothing yet. */
  async context() {
    const context = await this.chromium.browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
    this.contexts.push(context);
    return context;
  }

  /**
   * An agent in front of the simulated Lightning page.
   *
   * @param {object} [options]
   * @param {Record<string, string>} [options.query] wishes in the page's address
   * @param {Record<string, string>} [options.set] `section.item` → value in the call center
   * @param {boolean} [options.minimised] the panel is minimised, and is again after everything the agent does there
   * @param {boolean} [options.ready] wait until the phone takes calls
   * @param {import('playwright-core').BrowserContext} [options.context] another agent's or an earlier profile
   * @param {string} [options.org] another org on this server
   * @param {(page: import('playwright-core').Page) => Promise<unknown>} [options.before] before the page is loaded
   */
  async desk({ query = {}, set = {}, minimised = false, ready = true, context, org, before } = {}) {
    extension += 1;
    const own = { extension: String(extension), ...query };
    for (const [item, value] of Object.entries(set)) own[`set.${item}`] = value;
    const page = await (context ?? (await this.context())).newPage();
    const desk = new Desk(page, { extension: own.extension, minimised, house: this });
    await before?.(page);
    await page.goto(this.url(own, org));
    await desk.loaded();
    if (!minimised) await desk.openPanel();
    if (ready) await desk.ready();
    return desk;
  }

  /** Lets go of what a test has opened. */
  async clear() {
    for (const context of this.contexts.splice(0)) await context.close();
  }

  async close() {
    await this.clear().catch(() => {});
    await this.chromium?.close();
    this.server?.close();
  }
}

/** @param {string[]} more */
async function startServer(more) {
  const program = process.env.HOOKSWITCH_XTASK;
  if (!program) throw new Error('HOOKSWITCH_XTASK is not set: run these tests with cargo xtask test');
  const dist = process.env.HOOKSWITCH_DIST ? ['--dist', process.env.HOOKSWITCH_DIST] : ['--no-build'];
  // It ends when our end of its input does, even if this process is killed.
  const child = spawn(program, ['serve', '--port', '0', '--json', '--until-eof', ...dist, ...more], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = new Promise((_, fail) => child.once('exit', (code) => fail(new Error(`xtask serve ended with ${code}`))));
  gone.catch(() => {});
  const lines = readline.createInterface({ input: child.stdout });
  const ready = (async () => {
    for await (const line of lines) if (line.startsWith('{')) return JSON.parse(line);
    throw new Error('xtask serve said nothing');
  })();
  const { lightning, phone, chromiumFlags } = await Promise.race([ready, gone]);
  return { lightning, phone, flags: chromiumFlags, close: () => child.stdin.end() };
}
