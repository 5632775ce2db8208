// The provider for the simulated phone system: no call is real, which the panel's banner says.
//
// Settings, all optional:
//   simulatedServer     where the phone system is: `ws://…` or `wss://…` for one in a server; `page` for one in a page of the same origin
//                       (see simulated/channel.js). Default: `/switch` on the panel's own host, where `cargo xtask serve` has it.
//   simulatedExtension  the agent's extension. Default: the setting `identity`, else 1001.
//   providerOptions     the two above as one text, `simulatedServer=page&simulatedExtension=1002`; single settings win.
// The messages are those of `crates/switch/src/message.rs`. Calls outlive this page: `stop` only lets go of the line, and the phone
// system clears what nobody comes back to.

import { openChannel } from './simulated/channel.js';
import { openSocket } from './simulated/socket.js';

/** @typedef {import('./provider.d.ts').PhoneReport} PhoneReport */
/** @typedef {import('./provider.d.ts').PhoneState} PhoneState */
/** @typedef {import('./provider.d.ts').RefusedReason} RefusedReason */

/**
 * A way to the phone system. `heard` and `lost` are called later, never from inside `open…`, and no more after `close`.
 *
 * @typedef {{ send(text: string): void, close(): void }} Line
 * @typedef {{ open(): void, heard(text: string): void, lost(): void }} LineEvents
 */

/** Pauses between attempts, in milliseconds: a server that restarts is found again within a second, one that is gone is not pestered. */
const PAUSES = [500, 1_000, 2_000, 4_000, 8_000];

/** How long the phone system may take to be reached and to say how it is. */
const PATIENCE_MS = 5_000;

/**
 * @param {import('./provider.d.ts').ProviderHost} host
 * @param {typeof globalThis} page what the browser offers; tests give their own
 * @returns {import('./provider.d.ts').Provider}
 */
export function createProvider(host, page = globalThis) {
  return new SimulatedProvider(host, page);
}

/**
 * @param {Readonly<Record<string, string>>} settings
 * @param {{ protocol: string, host: string } | undefined} location
 */
export function readSettings(settings, location) {
  const options = new URLSearchParams(settings.providerOptions ?? '');
  /** @param {string} name */
  const setting = (name) => settings[name]?.trim() || options.get(name)?.trim() || '';
  const here = `${location?.protocol === 'https:' ? 'wss' : 'ws'}://${location?.host || 'localhost'}/switch`;
  return {
    server: setting('simulatedServer') || here,
    extension: setting('simulatedExtension') || settings.identity?.trim() || '1001',
  };
}

class SimulatedProvider {
  #host;
  #page;
  #settings;
  /** @type {Line | null} */
  #line = null;
  /** The phone system has said that it is ready. */
  #ready = false;
  /** Counts lines, so that what an old one still says is not heard. */
  #turn = 0;
  /** Attempts since the phone system was last ready. */
  #attempts = 0;
  /** @type {number | null} */
  #timer = null;
  /** Commands without an answer yet. @type {Set<number>} */
  #waiting = new Set();

  /**
   * @param {import('./provider.d.ts').ProviderHost} host
   * @param {typeof globalThis} page
   */
  constructor(host, page) {
    this.#host = host;
    this.#page = page;
    this.#settings = readSettings(host.settings, page.location);
  }

  start() {
    this.#hangUp();
    this.#attempts = 0;
    this.#service('connecting', '');
    this.#connect();
  }

  /**
   * @param {number} id
   * @param {import('./provider.d.ts').PhoneCommand} command
   */
  command(id, command) {
    if (!this.#line || !this.#ready) return this.#refuse(id);
    this.#waiting.add(id);
    this.#line.send(JSON.stringify({ id, command }));
  }

  sync() {
    // Without a line the phone system tells the calls by itself as soon as there is one.
    if (this.#ready) this.#line?.send('{"sync":true}');
  }

  stop() {
    this.#hangUp();
    this.#service('stopped', '');
  }

  #connect() {
    const { server } = this.#settings;
    const turn = ++this.#turn;
    /** @param {(...given: any[]) => void} act */
    const current = (act) => (/** @type {any[]} */ ...given) => {
      if (turn === this.#turn) act(...given);
    };
    const events = { open: current(() => this.#hello()), heard: current((text) => this.#heard(text)), lost: current(() => this.#lost()) };
    this.#wait(PATIENCE_MS, () => this.#lost());
    try {
      const open = server === 'page' ? openChannel : openSocket;
      this.#line = open({ address: server, clock: this.#host.clock, page: this.#page }, events);
    } catch {
      // Only an address that no browser accepts is thrown back at once; trying again would not help.
      this.#hangUp();
      this.#service('failed', `The simulated phone system's address is wrong: ${server}. It begins with ws:// or wss://, or is: page.`);
    }
  }

  #hello() {
    this.#line?.send(JSON.stringify({ hello: { extension: this.#settings.extension } }));
  }

  /** @param {string} text */
  #heard(text) {
    const message = parse(text);
    // `error` answers what this provider never sends; later releases may say more than this one understands.
    const report = message?.report;
    if (!report || typeof report.type !== 'string') return;
    if (report.type === 'done' || report.type === 'refused') this.#waiting.delete(report.request);
    if (report.type === 'service') {
      this.#ready = report.state === 'ready';
      this.#attempts = 0;
      this.#wait(null);
    }
    this.#later(report);
  }

  /** The line broke or never came: what was asked is refused, and it is tried again after a pause. */
  #lost() {
    this.#hangUp();
    this.#service('reconnecting', `The simulated phone system does not answer: ${this.#settings.server}`);
    const pause = PAUSES[Math.min(this.#attempts, PAUSES.length - 1)];
    this.#attempts += 1;
    this.#wait(pause, () => this.#connect());
  }

  /** Lets go of line and timer. */
  #hangUp() {
    this.#turn += 1;
    this.#wait(null);
    this.#ready = false;
    this.#line?.close();
    this.#line = null;
    for (const id of this.#waiting) this.#refuse(id);
    this.#waiting.clear();
  }

  /**
   * One timer is enough: either the phone system has to become ready, or the next attempt is due.
   *
   * @param {number | null} ms
   * @param {() => void} [then]
   */
  #wait(ms, then) {
    if (this.#timer !== null) this.#host.clock.clearTimeout(this.#timer);
    this.#timer = null;
    if (ms === null || !then) return;
    this.#timer = this.#host.clock.setTimeout(() => {
      this.#timer = null;
      then();
    }, ms);
  }

  /** @param {number} id */
  #refuse(id) {
    this.#later({ type: 'refused', request: id, reason: 'offline', detail: '' });
  }

  /** @param {PhoneState} state @param {string} detail */
  #service(state, detail) {
    this.#later({ type: 'service', state, detail });
  }

  /** Reports in order, after whoever is calling has returned. @param {PhoneReport} report */
  #later(report) {
    queueMicrotask(() => this.#host.report(report));
  }
}

/** @param {string} text @returns {any} */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
