// An agent at work: the Lightning page, the panel in its frame, the people outside, and what Salesforce stored.

import assert from 'node:assert/strict';

import { until } from './wait.mjs';

export class Desk {
  /**
   * @param {import('playwright-core').Page} page
   * @param {{ extension: string, minimised: boolean, house: any }} options
   */
  constructor(page, { extension, minimised, house }) {
    this.page = page;
    this.extension = extension;
    this.minimised = minimised;
    this.house = house;
    this.panel = page.frameLocator('#softphone-frame');
    /** Errors nobody caught; a test may empty it. @type {string[]} */
    this.errors = [];
    page.on('pageerror', (error) => this.errors.push(error.message));
  }

  async loaded() {
    await until('the simulated Lightning page is there', () => this.page.evaluate(() => 'simulator' in globalThis), 30_000);
  }

  /** The phone takes calls: the panel says so, and so does the phone system. */
  async ready(ms = 20_000) {
    await until('the panel is at the desk', () => this.has('presence'), ms);
    await until('the phone system knows the agent', async () => (await this.agent())?.ready, ms);
  }

  // --- The panel -------------------------------------------------------------------------------------------------------------

  /** @param {string} id */
  by(id) {
    return this.panel.getByTestId(id);
  }

  /** Whether the panel shows it, by its own style: a minimised panel shows nothing to anybody. @param {string} id */
  has(id) {
    return this.by(id).evaluateAll((found) => found.some((one) => !one.closest('[hidden]')));
  }

  /** What the first of them says; empty if there is none. @param {string} id */
  text(id) {
    return this.by(id).evaluateAll((found) => found.find((one) => !one.closest('[hidden]'))?.textContent?.trim() ?? '');
  }

  /** @param {string} id @param {string | RegExp} words @param {number} [ms] */
  async says(id, words, ms) {
    const fits = (/** @type {string} */ text) => (typeof words === 'string' ? text.includes(words) : words.test(text));
    let last = '';
    await until(`the panel's ${id} says ${words}`, async () => fits((last = await this.text(id))), ms).catch((error) => {
      throw new Error(`${error.message} It says: ${JSON.stringify(last)}`);
    });
  }

  /** The phase of the only call, or of the one at `index`; empty without calls. @param {number} [index] */
  phase(index = 0) {
    return this.by('call').evaluateAll((found, index) => found[index]?.getAttribute('data-phase') ?? '', index);
  }

  /** @param {string} phase empty: no call @param {number} [ms] */
  async inPhase(phase, ms) {
    await until(`the call is in phase ${phase || 'none'}`, async () => (await this.phase()) === phase, ms);
  }

  /** Presses a button of the panel. @param {string} id */
  async press(id) {
    const button = this.by(id).first();
    await until(`${id} can be pressed`, () =>
      this.by(id).evaluateAll((found) => found.length > 0 && found[0].getAttribute('aria-disabled') !== 'true' && !found[0].closest('[hidden]')),
    );
    if (!this.minimised) return button.click();
    // Nobody can click into a minimised panel; what is shown here is that the work goes on without the panel being drawn.
    await button.dispatchEvent('click');
    await this.minimise();
  }

  /** Writes into a field of the panel. @param {string} id @param {string} text */
  async write(id, text) {
    if (!this.minimised) return this.by(id).fill(text);
    await this.by(id).evaluate((field, text) => {
      /** @type {HTMLInputElement} */ (field).value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }, text);
  }

  /** Chooses from a list of the panel. @param {string} id @param {string} value */
  async choose(id, value) {
    await until(`${id} is there`, () => this.has(id));
    if (!this.minimised) return this.by(id).selectOption(value);
    await this.by(id).evaluate((field, value) => {
      /** @type {HTMLSelectElement} */ (field).value = value;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }, value);
  }

  /** A whole call: somebody calls, is answered, hangs up, and is written up. @param {Record<string, unknown>} caller @param {string} disposition @param {string} notes */
  async serves(caller, disposition, notes) {
    await this.calls(caller);
    await this.press('answer');
    await this.inPhase('connected');
    await this.network('hangUp');
    await this.wrapUp(disposition, notes);
  }

  /** Fills in the wrap-up form and ends it. @param {string} disposition @param {string} notes */
  async wrapUp(disposition, notes) {
    await this.inPhase('wrapUp');
    await this.choose('disposition', disposition);
    await this.write('notes', notes);
    await this.press('finish');
    await this.inPhase('');
  }

  // --- Lightning -------------------------------------------------------------------------------------------------------------

  /** @template T @param {(simulator: any, given: any) => T} act @param {any} [given] @returns {Promise<T>} */
  async lightning(act, given) {
    const simulator = await this.page.evaluateHandle('simulator');
    try {
      return await simulator.evaluate(act, given);
    } finally {
      await simulator.dispose();
    }
  }

  /** What the page shows: user, app, bar, path, new record… */
  pageState() {
    return this.lightning((simulator) => simulator.page());
  }

  async panelIsOpen() {
    return (await this.pageState()).bar.open;
  }

  async openPanel() {
    await this.lightning((simulator) => simulator.setPanel(true));
  }

  async minimise() {
    await this.lightning((simulator) => simulator.setPanel(false));
  }

  /** Loads the whole page anew, as F5 does. */
  async reload() {
    await this.page.reload();
    await this.loaded();
    if (!this.minimised) await this.openPanel();
  }

  /** @param {string} object @param {string} name */
  find(object, name) {
    return this.lightning((simulator, [object, name]) => simulator.find(object, name), [object, name]);
  }

  /** Waits until the page shows this record. @param {string} object @param {string} name */
  async shows(object, name) {
    const id = await this.find(object, name);
    assert.ok(id, `the org has a ${object} ${name}`);
    await until(`Lightning shows ${name}`, async () => (await this.pageState()).path === `/lightning/r/${object}/${id}/view`);
    await until(`the page draws ${name}`, async () => (await this.page.getByTestId('record-name').textContent()) === name);
    return id;
  }

  /** The logs of calls, oldest first. @returns {Promise<any[]>} */
  tasks() {
    return this.lightning((simulator) => simulator.tasks().filter((task) => String(task.CallObject ?? '').startsWith('hs-')));
  }

  /** Waits for exactly one log that is complete, and returns it. */
  async log() {
    await until('the log is complete', async () => (await this.tasks()).some((task) => task.Status === 'Completed'), 15_000);
    const tasks = await this.tasks();
    assert.equal(tasks.length, 1, `one log, not ${tasks.length}`);
    return tasks[0];
  }

  /** What went over the wire about a method, oldest first. @param {string} method @returns {Promise<any[]>} */
  messages(method) {
    return this.lightning((simulator, method) => simulator.messages().filter((entry) => entry.message.methodName === method), method);
  }

  /** The arguments of every request of a method. @param {string} method */
  async asked(method) {
    const all = await this.messages(method);
    return all.filter((entry) => entry.direction === 'fromSoftphone').map((entry) => entry.message.args);
  }

  /** The answers to a method. @param {string} method */
  async answered(method) {
    const all = await this.messages(method);
    return all.filter((entry) => entry.direction === 'toSoftphone').map((entry) => entry.message.response);
  }

  /** @param {string} method @param {Record<string, unknown> | null} fault @param {number} [times] */
  async fault(method, fault, times = 0) {
    const known = await this.lightning((simulator, [method, fault, times]) => simulator.setFault(method, fault, times), [method, fault, times]);
    assert.ok(known, 'the simulator knows this fault');
  }

  // --- The phone network -----------------------------------------------------------------------------------------------------

  /** @param {Record<string, unknown>} call number, name, queue … */
  async calls(call) {
    await this.lightning((simulator, call) => simulator.callAgent(call), { extension: this.extension, ...call });
    await until('the phone system has the call', () => this.outside());
  }

  /** The newest call of this agent that still lasts, as the people outside see it. @returns {Promise<any>} */
  outside() {
    return this.lightning(
      (simulator, extension) =>
        simulator
          .network()
          .calls.filter((call) => [call.from.extension, call.to.extension].includes(extension) && !call.ended)
          .at(-1),
      this.extension,
    );
  }

  /** @returns {Promise<any>} */
  agent() {
    return this.lightning(
      (simulator, extension) => simulator.network().agents.find((agent) => agent.extension === extension && agent.pages > 0),
      this.extension,
    );
  }

  /** Somebody outside does something with the call at hand. @param {string} type @param {Record<string, unknown>} [more] */
  async network(type, more = {}) {
    const call = await until('there is a call', () => this.outside());
    await this.tell({ type, call: call.call, ...more });
  }

  /** @param {Record<string, unknown>} command */
  async tell(command) {
    await this.lightning((simulator, command) => simulator.tellNetwork(command), command);
    const problem = await this.lightning((simulator) => simulator.network().problem);
    assert.equal(problem, null, `the phone network took ${command.type}`);
  }

  /** Waits until the outside end of the call at hand is in this state. @param {string} state */
  async outsideIs(state) {
    await until(`the outside end is ${state}`, async () => {
      const call = await this.outside();
      const end = call && (call.from.extension === this.extension ? call.to : call.from);
      return end?.state === state;
    });
  }
}
