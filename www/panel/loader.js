// Starts the panel: fetches the list of org hosts while the wasm loads, hands both over, and starts the panel anew after a trap.
//
// Nothing of Salesforce's is touched here. If the wasm is missing or broken, Salesforce is never told that the softphone runs, and the
// standby page of the call center takes this page's place.

import * as glue from 'hookswitch:glue/panel';
import looks from 'hookswitch:later/panel';
import restOfWasm from 'hookswitch:rest/panel';
import wasm from 'hookswitch:wasm/panel';
import clock from 'hookswitch:worker/clock';

import { createKeep } from './keep.js';
import { createRest, RestMissing } from './rest.js';

const root = /** @type {HTMLElement} */ (document.getElementById('hookswitch'));

/** More restarts than this within a minute help nobody. */
const MOST_RESTARTS = 3;
/** @type {number[]} */
let restarts = [];
let restarting = false;
/** Starts the panel once more; nothing before it was started. @type {(() => void) | null} */
let again = null;

const keep = createKeep(here(clock), caught);
const rest = createRest({ address: restOfWasm && here(restOfWasm), looks: here(looks), join: glue.joinRest, whole, missing: caught });
glue.onRest(rest.now);
/** Without the rest the instance cannot go on; so often it is tried again. */
const RETRY_MS = 2000;
/** A page that has found no provider by then has something to say about it. */
const NO_PROVIDER_MS = 15_000;

/** The providers that are shipped, each a chunk of its own that is loaded only when the settings name it. */
const shipped = {
  simulated: () => import('hookswitch:provider/simulated'),
  sip: () => import('hookswitch:provider/sip'),
};

/** @param {string} what a shipped provider's name, or the address of a vendor's */
async function load(what) {
  try {
    return await (Object.hasOwn(shipped, what) ? shipped[what]() : import(/* webpackIgnore: true */ here(what)));
  } finally {
    // The last that a start loads.
    rest.soon();
  }
}

addEventListener('error', (event) => caught(event.error, event));
addEventListener('unhandledrejection', (event) => caught(event.reason, event));

try {
  const [hosts] = await Promise.all([orgHosts(), glue.default({ module_or_path: here(wasm) })]);
  begin(hosts, false);
  // As `check.html` asks for.
  if (new URLSearchParams(location.search).has('check')) tell('check');
  setTimeout(rest.soon, NO_PROVIDER_MS);
} catch (error) {
  console.error('hookswitch: the panel did not start', error);
  say('The phone could not start.', 'Reload Salesforce. If that does not help, tell your admin that a file of the phone is missing or broken.');
}

/** @param {string[]} hosts @param {boolean} restarted */
function begin(hosts, restarted) {
  again = () => begin(hosts, true);
  root.replaceChildren();
  glue.start({ orgHosts: hosts, apiVersion: apiVersion(), load, keep, restarted });
  if (rest.joined()) whole();
}

/** The instance has all of itself: from now on it keeps what support may ask for. */
function whole() {
  tell('whole');
}

/** @param {string} what the panel is told */
function tell(what) {
  root.firstElementChild?.dispatchEvent(new Event(what));
}

/**
 * Looks at everything that was thrown and not caught. A trap leaves the instance dead; the calls live on in the provider.
 *
 * @param {unknown} error @param {Event} [event]
 */
function caught(error, event) {
  if (error instanceof Error && error.message.includes('closure from previous WASM instance')) {
    // Something that was promised to the instance that is gone.
    event?.preventDefault();
    return;
  }
  if (error instanceof RestMissing) {
    event?.preventDefault();
    if (!restarting && again) waitForRest(error);
    return;
  }
  const trap = error instanceof WebAssembly.RuntimeError || (error instanceof RangeError && /call stack/i.test(error.message));
  if (!trap) {
    if (!event) reportError(error);
    return;
  }
  if (restarting || !again) return;
  console.error('hookswitch: the panel broke and is started anew', error);
  restarting = true;
  keep.reset();
  // Not from within the broken call.
  setTimeout(restart);
}

/** The instance is lost as after a trap, but a new one would come no further without the rest. @param {Error} error */
function waitForRest(error) {
  console.error('hookswitch: the panel waits for its rest', error);
  restarting = true;
  keep.reset();
  say(error.message, 'It is tried again every two seconds. A call goes on meanwhile. If this stays, reload Salesforce.');
  const retry = () => rest.fetched().then(restart, () => setTimeout(retry, RETRY_MS));
  // Not from within the broken call.
  setTimeout(retry);
}

function restart() {
  const now = performance.now();
  restarts = [...restarts.filter((at) => now - at < 60_000), now];
  try {
    if (restarts.length > MOST_RESTARTS) throw new Error('too many restarts');
    glue.__wbg_reset_state();
    rest.anew();
    again?.();
  } catch (error) {
    console.error('hookswitch: the panel could not be started anew', error);
    say('The phone broke and could not be started again.', 'Finish your call, then reload Salesforce. Tell your admin if it happens again.');
  }
  restarting = false;
}

/** The hosts of the orgs that this deploy serves. Without the list nobody is served but a simulated org on this machine. */
async function orgHosts() {
  try {
    const response = await fetch(here('org-hosts.json'), { cache: 'no-cache' });
    const list = await response.json();
    return Array.isArray(list) ? list.filter((host) => typeof host === 'string') : [];
  } catch (error) {
    console.warn('hookswitch: org-hosts.json beside the page cannot be read', error);
    return [];
  }
}

/** The version of Salesforce's script, where the adapter URL names one: `?apiVersion=66.0`. */
function apiVersion() {
  const named = /^(\d{2,3})(\.0)?$/.exec(new URLSearchParams(location.search).get('apiVersion') ?? '');
  return named ? Number(named[1]) : undefined;
}

/** @param {string} what an address, relative to the page */
function here(what) {
  return new URL(what, document.baseURI).href;
}

/** Words in place of the panel. @param {string} what @param {string} todo */
function say(what, todo) {
  const main = document.createElement('main');
  main.className = 'stage';
  main.setAttribute('role', 'alert');
  for (const words of [what, todo]) main.append(Object.assign(document.createElement('p'), { textContent: words }));
  root.replaceChildren(main);
}
