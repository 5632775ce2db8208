// Everything a test file needs, started together and stopped together: server, relay, pages, browser.

import assert from 'node:assert/strict';

import { Asterisk } from './asterisk.mjs';
import { startChromium } from './chromium.mjs';
import { NoServer } from './fetch.mjs';
import { openRelay } from './relay.mjs';
import { openSite } from './site.mjs';
import { until } from './wait.mjs';

/** What the agent's microphone and the far end sound like. Far enough apart, and no multiple of each other. */
export const AGENT_HZ = 440;
export const FAR_HZ = 1_030;

/** A tone that is there lies above the first, one that is not below the second. */
export const HEARD_DB = -50;
const SILENT_DB = -70;

/**
 * A tone that is not there. What was on its way when it stopped is still played, on a busy machine for longer: it is listened to a few times.
 *
 * @param {() => Promise<number>} listen the loudest of a while, in decibels
 * @param {string} otherwise what it would mean if it stays
 */
export async function silent(listen, otherwise) {
  let loudest = 0;
  for (let times = 0; times < 4 && loudest >= SILENT_DB; times += 1) loudest = await listen();
  assert.ok(loudest < SILENT_DB, `${otherwise}: ${loudest} dB`);
}

/**
 * Starts a lab, or tells why there can be none.
 *
 * @param {{product?: () => Promise<{close(): Promise<void>}>}} also what else to start; it ends with the lab
 * @returns {Promise<{lab: Lab, product: any, skip: false} | {lab: null, product: null, skip: string}>}
 */
export async function openLab({ product } = {}) {
  let lab = null;
  try {
    lab = await Lab.open();
    return { lab, product: product ? await lab.also(product()) : null, skip: false };
  } catch (error) {
    await lab?.close();
    if (!(error instanceof NoServer)) throw error;
    console.error(`SIP TESTS SKIPPED: ${error.message}`);
    return { lab: null, product: null, skip: error.message };
  }
}

export class Lab {
  #parts = [];

  static async open() {
    const lab = new Lab();
    try {
      lab.server = await lab.also(Asterisk.start((line) => console.error(line)));
      console.error(`Asterisk ${lab.server.version} from Debian ${lab.server.suite}`);
      lab.relay = await lab.also(openRelay(() => lab.server.ports.ws));
      lab.site = await lab.also(openSite());
      lab.chromium = await lab.also(startChromium({ microphoneHz: AGENT_HZ }));
    } catch (error) {
      await lab.close();
      throw error;
    }
    return lab;
  }

  get ami() {
    return this.server.ami;
  }

  /** Where the phone under test connects: through the relay that can be cut. */
  get url() {
    return `ws://127.0.0.1:${this.relay.port}/ws`;
  }

  /** A page with the far end's phone on it, registered. */
  async farEnd(user = '1002', hz = FAR_HZ) {
    const page = await this.chromium.context.newPage();
    await page.goto(`${this.site.url}/far-end`);
    // Not through the relay: the far end stays when the agent is cut off.
    const ws = `ws://127.0.0.1:${this.server.ports.ws}/ws`;
    await page.evaluate((options) => globalThis.farEnd.start(options), { ws, user, password: `pw${user}`, hz });
    const far = new FarEnd(page);
    await until(`the far end ${user} is registered`, () => far.do('registered'));
    return far;
  }

  /** Stops everything, the last started first. */
  async close() {
    for (const part of this.#parts.reverse()) await (part.stop?.() ?? part.close?.());
    this.#parts = [];
  }

  /** Adds a part that ends with the lab. */
  async also(starting) {
    const part = await starting;
    this.#parts.push(part);
    return part;
  }
}

/** The far end's page, by its functions. */
export class FarEnd {
  constructor(page) {
    this.page = page;
  }

  do(name, ...args) {
    return this.page.evaluate(([name, args]) => globalThis.farEnd[name](...args), [name, args]);
  }

  /** Waits for a call that comes in after `seen` calls, and gives its number. */
  rings(seen = 0) {
    return until('a call rings at the far end', async () => (await this.do('count')) > seen && { call: (await this.do('count')) - 1 }).then((found) => found.call);
  }

  /** Waits until a call is in a state. */
  is(call, state, ms) {
    return until(`the far end's call is ${state}`, async () => (await this.do('state', call)) === state || Promise.reject(new Error(await this.do('state', call))), ms);
  }

  /** Waits until a tone is heard. */
  hears(call, hz, ms = 8_000) {
    return until(`the far end hears ${hz} Hz`, async () => (await this.do('levels', call, [hz], 600))[0] > HEARD_DB, ms);
  }

  /** The loudest a tone is within 1.5 seconds. */
  level(call, hz) {
    return this.do('levels', call, [hz], 1_500).then(([level]) => level);
  }
}
