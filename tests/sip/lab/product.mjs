// The built product as an agent has it: the panel in the simulated Salesforce page, served by the driver, with the SIP provider.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import readline from 'node:readline';
import { pathToFileURL } from 'node:url';

import { NoServer } from './fetch.mjs';
import { HEARD_DB } from './lab.mjs';
import { until } from './wait.mjs';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const require = createRequire(pathToFileURL(path.join(ROOT, 'www/package.json')));

/** Serves what the last build left. */
export async function serveProduct() {
  const program = process.env.HOOKSWITCH_XTASK;
  if (!program) throw new NoServer('HOOKSWITCH_XTASK names no driver: run these tests by cargo xtask test --only sip');
  const built = process.env.HOOKSWITCH_DIST ? ['--dist', process.env.HOOKSWITCH_DIST] : ['--no-build'];
  const child = spawn(program, ['serve', ...built, '--json', '--until-eof', '--port', '0'], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = new Promise((done) => child.once('exit', done));
  const line = await new Promise((done, failed) => {
    readline.createInterface({ input: child.stdout }).on('line', (line) => line.startsWith('{') && done(line));
    child.once('exit', (code) => failed(new Error(`the driver ended with ${code} before it served anything`)));
  });
  return {
    ...JSON.parse(line),
    async close() {
      // The end of its input ends it.
      child.stdin.end();
      await gone;
    },
  };
}

/** An agent at work: Salesforce's page with our panel in it. */
export class Agent {
  /**
   * @param {import('./lab.mjs').Lab} lab
   * @param {{lightning: string}} product
   * @param {{user?: string, password?: string, set?: Record<string, string>}} options settings as `section.item`
   */
  static async open(lab, product, { user = '1001', password = `pw${user}`, set = {}, ready = true } = {}) {
    const agent = new Agent();
    agent.page = await lab.chromium.context.newPage();
    agent.errors = [];
    agent.page.on('pageerror', (error) => agent.errors.push(error.message));
    await agent.page.addInitScript(listenIn);
    const url = new URL(product.lightning);
    const settings = {
      'hookswitchSip.primaryServers': lab.url,
      'hookswitchSip.domain': '127.0.0.1',
      'hookswitchSip.recordHeader': 'X-Record',
      'hookswitchDialing.internalLength': '4',
      'hookswitchCalls.startPresence': 'ready',
      ...set,
    };
    url.searchParams.set('provider', 'sip');
    for (const [name, value] of Object.entries(settings)) url.searchParams.set(`set.${name}`, value);
    await agent.page.goto(url.href);
    // An agent looks at the page; a hidden one draws nothing, and a click waits for that.
    await agent.page.bringToFront();
    await until('the simulated org is ready', () => agent.page.evaluate(() => Boolean(globalThis.simulator)), 30_000);
    await agent.simulator('setPanel', true);
    agent.frame = await until('the panel is loaded', () => agent.page.frames().find((frame) => frame.url().includes('/panel/')), 30_000);
    await agent.at('signin-user').waitFor({ timeout: 30_000 });
    await agent.signIn(user, password);
    if (ready) await agent.at('dial-input').waitFor({ timeout: 30_000 });
    return agent;
  }

  /** A part of the panel by its test id. */
  at(id) {
    return this.frame.getByTestId(id);
  }

  async signIn(user, password) {
    await this.at('signin-user').fill(user);
    await this.at('signin-password').fill(password);
    await this.at('signin-submit').click();
  }

  /** Waits until the call on the panel is in a phase. */
  phase(phase, ms = 10_000) {
    return this.frame.locator(`[data-testid=call][data-phase=${phase}]`).waitFor({ timeout: ms });
  }

  press(id) {
    return this.at(id).click();
  }

  /** Calls one of the simulator's functions. */
  simulator(name, ...args) {
    return this.page.evaluate(([name, args]) => globalThis.simulator[name](...args), [name, args]);
  }

  /** The loudest a tone is within a while, in what the panel plays; nothing while it plays nothing. */
  async level(hz, ms = 1_500) {
    await this.#ear();
    const measure = ([hz, ms]) => {
      const element = globalThis.lastPlayed;
      return globalThis.ear.levels(element && !element.paused && !element.muted ? element.srcObject : null, [hz], ms);
    };
    return (await this.frame.evaluate(measure, [hz, ms]))[0];
  }

  /** Waits until a tone is heard. */
  hears(hz, ms = 8_000) {
    return until(`the agent hears ${hz} Hz`, async () => (await this.level(hz, 600)) > HEARD_DB, ms);
  }

  close() {
    return this.page.close({ runBeforeUnload: false });
  }

  async #ear() {
    if (await this.frame.evaluate(() => Boolean(globalThis.ear))) return;
    const { build } = require('esbuild');
    const entry = path.join(import.meta.dirname, '../pages/ear.js');
    const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: 'iife', globalName: 'ear', write: false });
    await this.frame.evaluate(`${outputFiles[0].text}\nglobalThis.ear = ear;`);
  }
}

/** Runs in every frame before its scripts: remembers the element that was last given something to play. */
function listenIn() {
  const source = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...source,
    set(stream) {
      if (stream) globalThis.lastPlayed = this;
      source.set.call(this, stream);
    },
  });
}
