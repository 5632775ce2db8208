import assert from 'node:assert/strict';
import { test } from 'node:test';

import { build } from 'esbuild';

import { sipOptions } from '../bundle.mjs';

/** The bundle as text, with names left readable. */
async function bundle() {
  const { outputFiles } = await build({ ...sipOptions({ minify: false }), write: false });
  return outputFiles[0].text;
}

test('no timer of the page is left in the bundle, and nothing a strict policy forbids', async () => {
  const text = await bundle();
  // Only the fallback of worker-timers.js, used before the shell has given its clock.
  const own = text.match(/(?:globalThis|window|self)\.(?:setTimeout|setInterval|clearTimeout|clearInterval)\(/g);
  assert.deepEqual(own, ['globalThis.setTimeout(', 'globalThis.clearTimeout(']);
  assert.match(text, /^function setTimeout\w*\(callback/m);
  assert.match(text, /^function setInterval\w*\(callback/m);
  assert.doesNotMatch(text, /\beval\(|new Function\(/);
  assert.match(text, /export \{\s*createProvider\s*\}/);
});
