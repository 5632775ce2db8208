// Lies beside the glue in the npm module. What outlives a wasm instance is kept here, and a broken instance is noticed here.

import { __wbg_reset_state } from './headless.js';
import { createKeep } from './keep.js';

/** @type {ReturnType<typeof createKeep> | null} */
let keep = null;
/** @type {(() => void) | undefined} */
let onBroken;
let breaking = false;
let restarted = false;

/**
 * What the shell reads, made of what the embedder gave. The shell names the field that is wrong.
 *
 * @param {Partial<import('hookswitch').SoftphoneConfig> | null | undefined} config
 */
export function prepare(config) {
  const { settings, load, credentials, salesforce, onBroken: told } = config ?? {};
  if (!keep) {
    keep = createKeep(new URL('./clock.worker.js', import.meta.url).href, caught);
    addEventListener('error', (event) => caught(event.error, event));
    addEventListener('unhandledrejection', (event) => caught(event.reason, event));
  }
  onBroken = told;
  return {
    orgHosts: salesforce?.orgHosts,
    apiVersion: salesforce?.apiVersion,
    alone: !salesforce,
    settings,
    load,
    credentials,
    keep,
    restarted,
  };
}

/** The instance is about to die. @param {string} place */
export function panicked(place) {
  console.error(`hookswitch: broke at ${place}`);
  breakDown();
}

/**
 * Looks at what was thrown and not caught: a trap leaves the instance dead.
 *
 * @param {unknown} error @param {Event} [event]
 */
function caught(error, event) {
  if (error instanceof Error && error.message.includes('closure from previous WASM instance')) {
    // Something that was promised to the instance that is gone.
    event?.preventDefault();
    return;
  }
  const trap = error instanceof WebAssembly.RuntimeError || (error instanceof RangeError && /call stack/i.test(error.message));
  // The page may hold other modules. Ours is seen by its name, or by none where it was not fetched by itself.
  if (trap && /headless_bg|wasm:\/\/wasm\//.test(error.stack ?? '')) breakDown();
  else if (!event) reportError(error);
}

function breakDown() {
  if (breaking) return;
  breaking = true;
  keep?.reset();
  // Not from within the broken call.
  setTimeout(() => {
    breaking = false;
    restarted = true;
    __wbg_reset_state();
    if (onBroken) onBroken();
    else console.error('hookswitch: the softphone broke; give `start` an `onBroken` that starts it anew');
  });
}
