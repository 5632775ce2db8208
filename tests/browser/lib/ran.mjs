// `cargo xtask size --ran`: first loads with a module that notes what of it runs. Arguments: that module, the file for the notes.

import fs from 'node:fs/promises';

import { openHouse } from './house.mjs';
import { pause } from './wait.mjs';

const [watched, notes] = process.argv.slice(2);
const wasm = await fs.readFile(watched);
/** @type {number[]} */
const ran = [];

/** Which slot of the rest was called before it was there, and who called it, innermost first. @type {[number, string][]} */
const early = [];

/** Keeps the instance of each page where it can be asked, and who asked for the rest. */
function keepInstance() {
  const { instantiateStreaming, instantiate } = WebAssembly;
  /** @param {any} made */
  const kept = (made) => Object.assign(globalThis, { watched: (made.instance ?? made).exports }) && made;
  WebAssembly.instantiateStreaming = async (...given) => kept(await instantiateStreaming(...given));
  // @ts-expect-error: one function with two shapes
  WebAssembly.instantiate = async (...given) => kept(await instantiate(...given));
  const { open } = XMLHttpRequest.prototype;
  Error.stackTraceLimit = 30;
  XMLHttpRequest.prototype.open = function (/** @type {any[]} */ ...given) {
    const all = /** @type {any} */ (globalThis);
    all.early ??= [all.watched.noted.value, new Error('early').stack];
    // @ts-expect-error: one function with two shapes
    return open.apply(this, given);
  };
}

/** What the page's instance has noted. @returns {{ words: number[], early?: [number, string] } | null} */
function noted() {
  const { watched, early } = /** @type {any} */ (globalThis);
  if (!watched?.ran0) return null;
  const words = [];
  while (watched[`ran${words.length}`]) words.push(watched[`ran${words.length}`].value >>> 0);
  return { words, early };
}

const house = await openHouse();
try {
  for (const caller of [{ number: '+44 20 7946 0021', name: 'Ada Byron' }, { number: '+44 20 7946 0999' }, { number: '' }]) {
    const desk = await house.desk({
      minimised: !caller.name,
      before: async (page) => {
        await page.addInitScript(keepInstance);
        await page.route(/panel_bg[^/]*\.wasm$/, (route) => route.fulfill({ body: wasm, contentType: 'application/wasm' }));
        await page.route(/panel_rest[^/]*\.wasm$/, (route) => (route.request().resourceType() === 'xhr' ? route.continue() : undefined));
      },
    });
    await desk.calls(caller);
    await desk.inPhase('alerting');
    await pause(3_000);
    const found = (await Promise.all(desk.page.frames().map((frame) => frame.evaluate(noted).catch(() => null)))).find((noted) => noted);
    if (!found) throw new Error('the watched module did not run');
    if (found.early) early.push(found.early);
    found.words.forEach((word, place) => (ran[place] = ((ran[place] ?? 0) | word) >>> 0));
    await house.clear();
  }
} finally {
  await house.close();
}
await fs.writeFile(notes, JSON.stringify({ bits: ran, early }));
