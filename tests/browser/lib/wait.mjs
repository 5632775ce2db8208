// Waiting, with words for what did not come.

/**
 * Asks again until the answer is truthy, and returns it.
 *
 * @template T
 * @param {string} what said when it never comes
 * @param {() => T | Promise<T>} ask
 * @param {number} [ms]
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(what, ask, ms = 10_000) {
  const end = Date.now() + ms;
  let last;
  for (;;) {
    try {
      last = await ask();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      throw new Error(`${what}: not within ${ms / 1000} s. Last: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
    }
    await pause(50);
  }
}

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
    await pause(100);
  }
}

/** @param {number} ms */
export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
