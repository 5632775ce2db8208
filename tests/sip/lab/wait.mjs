// Waiting, in one place, so that every time-out says what did not happen.

/** @param {number} ms */
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * Asks again until the answer is truthy, and gives it.
 *
 * @template T
 * @param {string} what completes the sentence "timed out waiting until …"
 * @param {() => T | Promise<T>} ask may throw: that counts as "not yet"
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
      const saw = last instanceof Error ? last.message.split('\n')[0] : JSON.stringify(last);
      throw new Error(`timed out after ${ms} ms waiting until ${what}; last answer: ${saw}`);
    }
    await sleep(50);
  }
}
