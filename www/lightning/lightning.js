// Starts the simulated Lightning page, and gives tests and the console a handle on it: `window.simulator`.

import * as glue from 'hookswitch:glue/simulator';
import wasm from 'hookswitch:wasm/simulator';

try {
  await glue.default({ module_or_path: new URL(wasm, document.baseURI).href });
  glue.start();
} catch (error) {
  console.error('the simulator did not start', error);
  const words = Object.assign(document.createElement('p'), {
    className: 'starting',
    textContent: 'The simulated org could not start: a file is missing or broken. Run `cargo xtask serve` again.',
  });
  document.body.replaceChildren(words);
  throw error;
}

/** Tests await this handle; it appears when the page is ready. */
const simulator = {
  /** @returns {Record<string, unknown>[]} all tasks, oldest first */
  tasks: () => JSON.parse(glue.tasks()),
  /** @param {string} object @returns {Record<string, unknown>[]} */
  records: (object) => JSON.parse(glue.records(object)),
  /** @returns {{ number: number, at: number, direction: string, message: any, note: string | null }[]} */
  messages: () => JSON.parse(glue.messages()),
  /** The page: user, app, navigation, utility bar, softphone, path. */
  page: () => JSON.parse(glue.page()),
  org: () => JSON.parse(glue.org()),
  /** The phone network: connected, calls, agents, options, problem. */
  network: () => JSON.parse(glue.network()),
  /** @param {Record<string, unknown>} command such as `{ type: 'hangUp', call }` */
  tellNetwork: (command) => glue.tellNetwork(JSON.stringify(command)),
  /** @param {Record<string, unknown>} call `{ extension, number, name, queue, … }` */
  callAgent: (call) => glue.tellNetwork(JSON.stringify({ type: 'callAgent', ...call })),
  /**
   * @param {string} method empty: all
   * @param {Record<string, unknown> | null} fault such as `{ fault: 'slow', ms: 5000 }`; null: none
   * @param {number} [times] how often; 0: until taken back
   */
  setFault: (method, fault, times = 0) => glue.setFault(method, JSON.stringify(fault), times),
  /** @param {string} record @param {string} [field] */
  click: (record, field = 'Phone') => glue.click(record, field),
  /** @param {string} step its id, from `org().work` */
  beginWork: (step) => glue.beginWork(step),
  /** As a component of the page does. @param {string} channel @param {unknown} message @returns {boolean} whether the softphone listens */
  publish: (channel, message) => glue.publish(channel, JSON.stringify(message)),
  /** @param {string} record @param {Record<string, unknown>} values @returns {string[]} why it was not saved; empty: saved */
  edit: (record, values) => JSON.parse(glue.edit(record, JSON.stringify(values))),
  /** @param {boolean} open */
  setPanel: (open) => glue.setPanel(open),
  /** @param {string} path a relative address */
  open: (path) => glue.open(path),
  /** @param {string} page `network`, `messages`, `channels`, `faults`; anything else: shut */
  drawer: (page) => glue.drawer(page),
  /** @param {string} object @param {string} name @returns {string} the id; empty: none */
  find: (object, name) => glue.find(object, name),
};
Object.defineProperty(globalThis, 'simulator', { value: Object.freeze(simulator), configurable: true });
