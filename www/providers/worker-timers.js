// The timers every module of the SIP bundle uses in place of the page's own, JsSIP's included: esbuild injects these names wherever
// one of them stands free. In a hidden tab the page's timers drop to one call a second and later to gaps of half a minute, which
// breaks registrations and SIP's retransmissions; the shell's clock runs in a Worker and keeps its pace.

/** @type {import('./provider.d.ts').Clock} */
let clock = {
  setTimeout: (callback, ms) => globalThis.setTimeout(callback, ms),
  clearTimeout: (id) => globalThis.clearTimeout(id),
};

/** Timer ids of the running turn of each interval. */
const turns = new Map();
let intervals = 0;

/**
 * Makes all timers run on the given clock from now on. Called once, before anything is started.
 *
 * @param {import('./provider.d.ts').Clock} given
 */
export function bindClock(given) {
  clock = given;
}

/** @param {(...args: unknown[]) => void} callback @param {number} [ms] @param {unknown[]} args */
export function setTimeout(callback, ms = 0, ...args) {
  return clock.setTimeout(() => callback(...args), ms);
}

/** @param {number | null | undefined} id */
export function clearTimeout(id) {
  if (id !== null && id !== undefined) clock.clearTimeout(id);
}

/** @param {(...args: unknown[]) => void} callback @param {number} [ms] @param {unknown[]} args */
export function setInterval(callback, ms = 0, ...args) {
  intervals += 1;
  const id = `interval ${intervals}`;
  const turn = () => {
    turns.set(id, clock.setTimeout(turn, ms));
    callback(...args);
  };
  turns.set(id, clock.setTimeout(turn, ms));
  return id;
}

/** @param {string | null | undefined} id */
export function clearInterval(id) {
  if (!turns.has(id)) return;
  clock.clearTimeout(turns.get(id));
  turns.delete(id);
}
