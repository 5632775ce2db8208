// Waiting, with words for what did not come.

import { sleep } from '../../sip/lab/wait.mjs';

export { until } from '../../sip/lab/wait.mjs';

/**
 * Asks all the time, and throws as soon as the answer is falsy.
 *
 * @param {string} what
 * @param {number} ms
 * @param {() => unknown} ask
 */
export async function stays(what, ms, ask) {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    if (!(await ask())) throw new Error(`${what}: no longer so after ${ms - (end - Date.now())} ms`);
    await sleep(100);
  }
}

export const pause = sleep;
