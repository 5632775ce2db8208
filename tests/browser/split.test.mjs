// The panel's wasm comes in two parts. The second is no part of a first load, and the phone works however late it is.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { ADA } from './lib/people.mjs';
import { pause, until } from './lib/wait.mjs';

const house = houseOfTests();

const REST = /panel_rest[^/]*\.wasm$/;

/** How the page asked for the rest, in order. @param {import('playwright-core').Page} page */
function asked(page) {
  /** @type {string[]} */
  const types = [];
  page.on('request', (request) => REST.test(request.url()) && types.push(request.resourceType()));
  return types;
}

test('a first load and its first ringing call do without the rest, which comes once the phone is idle', async () => {
  /** @type {string[]} */
  let types = [];
  const held = /** @type {import('playwright-core').Route[]} */ ([]);
  const desk = await house.desk({
    before: async (page) => {
      types = asked(page);
      // Whoever waits for it is not held, or the whole page would be.
      await page.route(REST, (route) => (route.request().resourceType() === 'xhr' ? route.continue() : void held.push(route)));
    },
  });
  assert.deepEqual(types, [], 'nothing of it before the phone is ready');
  await until('it is fetched in the background', () => types.length > 0);
  await desk.calls(ADA);
  await desk.inPhase('alerting');
  await desk.says('caller', 'Ada Byron');
  // Who it is has been looked up, and the first seconds have passed.
  await pause(2_500);
  assert.deepEqual(types, ['fetch'], 'nobody waits for it while the call rings');
  const come = desk.page.waitForResponse((response) => REST.test(response.url()));
  for (const route of held) await route.continue();
  await (await come).finished();
  // Compiled and joined: whoever answers before that fetches it at once, as the next test shows.
  await pause(1_000);
  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.network('hangUp');
  await desk.wrapUp('Resolved', 'Late.');
  assert.equal((await desk.log()).Description, 'Late.');
  assert.deepEqual(types, ['fetch']);
  assert.deepEqual(desk.errors, []);
});

test('a call that is answered before the rest is there: the page fetches it at once and goes on', async () => {
  /** @type {string[]} */
  let types = [];
  const desk = await house.desk({
    before: async (page) => {
      types = asked(page);
      // What is fetched in the background never arrives.
      await page.route(REST, (route) => (route.request().resourceType() === 'xhr' ? route.continue() : undefined));
    },
  });
  await desk.calls(ADA);
  await desk.inPhase('alerting');
  await desk.press('answer');
  await desk.inPhase('connected');
  assert.equal(types.filter((type) => type === 'xhr').length, 1, 'once');
  await desk.network('hangUp');
  await desk.wrapUp('Resolved', 'At once.');
  assert.equal((await desk.log()).Description, 'At once.');
  assert.equal(types.filter((type) => type === 'xhr').length, 1, 'and never again');
  assert.deepEqual(desk.errors, []);
});

test('a rest that cannot be had: the panel says so in plain words, the call goes on, and the phone is back with the network', async () => {
  let down = true;
  const desk = await house.desk({
    before: (page) => page.route(REST, (route) => (down ? route.abort('internetdisconnected') : route.continue())),
  });
  await desk.calls({ ...ADA, givesUpAfterMs: 60_000 });
  await desk.inPhase('alerting');
  await desk.press('answer');
  const words = async () => (await desk.panel.locator('body').textContent()) ?? '';
  await until('the panel says what is wrong', async () => (await words()).includes('A part of the phone could not be loaded: check the network.'));
  assert.match(await words(), /tried again every two seconds/);
  await pause(3_000);
  assert.notEqual((await desk.outside())?.to.state, undefined, 'the caller is still there');
  down = false;
  await until('the panel is back', () => desk.has('presence'), 15_000);
  assert.equal(await desk.has('notice-restarted'), true, 'and tells that it had to restart');
  if ((await desk.phase()) === 'alerting') await desk.press('answer');
  await desk.inPhase('connected');
  await desk.says('caller', 'Ada Byron');
  await desk.network('hangUp');
  await desk.wrapUp('Resolved', 'Back again.');
  assert.equal((await desk.log()).Description, 'Back again.');
});
