// What goes wrong around the phone: Salesforce's script, the settings, the panel's own wasm. The phone says what it is and goes on.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { ADA } from './lib/people.mjs';
import { until } from './lib/wait.mjs';

const house = houseOfTests();

const SCRIPT = '**/support/api/**';
/** Without Salesforce's script nobody tells Lightning that the softphone runs, and the standby page would come after ten seconds. */
const PATIENT = { 'reqGeneralInfo.reqTimeout': '120000' };

/**
 * An agent whose settings were stored on an earlier day, and whose script is now treated by `route`.
 *
 * @param {(route: import('playwright-core').Route) => unknown} route
 */
async function withScript(route) {
  const context = await house.context();
  const first = await house.desk({ context, set: PATIENT });
  const { extension } = first;
  await first.page.close();
  return house.desk({ context, query: { extension }, set: PATIENT, before: (page) => page.route(SCRIPT, route) });
}

/** The phone works without Salesforce. @param {import('./lib/desk.mjs').Desk} desk */
async function callsWork(desk) {
  await desk.calls(ADA);
  await desk.inPhase('alerting');
  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.network('hangUp');
  await desk.wrapUp('Resolved', 'Without Salesforce.');
}

test('a missing script: calls work, the panel says why and what helps, and it all switches on when the script is there', async () => {
  let missing = true;
  const desk = await withScript((route) => (missing ? route.fulfill({ status: 404, body: 'not here' }) : route.continue()));
  await desk.says('notice-crm', "Salesforce's script could not be loaded");
  await desk.says('notice-crm', 'an admin should check');
  await until('the stored settings are shown as such', () => desk.has('notice-stale'));
  await callsWork(desk);
  assert.deepEqual(await desk.tasks(), []);
  missing = false;
  const log = await until('the log arrives', async () => (await desk.tasks())[0], 60_000);
  assert.equal(log.Description, 'Without Salesforce.');
  await until('the notice is gone', async () => !(await desk.has('notice-crm')));
  assert.equal((await desk.tasks()).length, 1);
});

test('a script that throws: calls work and the panel says that Salesforce does not accept the page', async () => {
  const body = `
    const method = () => {};
    window.sforce = { opencti: new Proxy({}, { get: () => method }) };
    throw "Failed to initialize Open CTI. Ensure that it is loaded from the right frame with correct URL parameters";`;
  const desk = await withScript((route) => route.fulfill({ contentType: 'text/javascript', body }));
  await desk.says('notice-crm', "Salesforce's script does not accept this page");
  await callsWork(desk);
});

test('something else in the place of the script: calls work and the panel asks for the API version to be checked', async () => {
  const desk = await withScript((route) => route.fulfill({ contentType: 'text/javascript', body: 'window.somethingElse = true;' }));
  await desk.says('notice-crm', 'What Salesforce served is not its script');
  await callsWork(desk);
});

test('a script that is 30 s late: a call rings meanwhile, and its pop and log come once the script is there', async () => {
  const desk = await withScript(async (route) => {
    await new Promise((done) => setTimeout(done, 30_000));
    await route.continue().catch(() => {});
  });
  await desk.says('notice-crm', 'has not arrived yet', 30_000);
  await desk.calls({ ...ADA, givesUpAfterMs: 60_000 });
  await desk.inPhase('alerting');
  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.shows('Contact', 'Ada Byron').catch(() => {});
  await until('the pop comes when the script is there', async () => (await desk.pageState()).path.includes('/r/Contact/'), 40_000);
  await until('the notice is gone', async () => !(await desk.has('notice-crm')));
  await desk.network('hangUp');
  await desk.wrapUp('Resolved', '');
  assert.equal((await desk.log()).WhoId, await desk.find('Contact', 'Ada Byron'));
});

test('a phone system nobody knows: no phone, and the admin reads which item is wrong', async () => {
  const desk = await house.desk({ ready: false, set: { 'hookswitchProvider.provider': 'nonsense' } });
  await until('the panel says that there is no phone', () => desk.has('no-phone'), 20_000);
  await desk.says('setting-problems', 'provider');
  assert.equal(await desk.agent(), undefined, 'no phone system was asked');
  assert.equal(await desk.has('banner-simulated'), false, 'none is pretended either');
});

test('settings without a phone system: no phone', async () => {
  const desk = await house.desk({ ready: false, set: { 'hookswitchProvider.provider': '' } });
  await until('the panel says that there is no phone', () => desk.has('no-phone'), 20_000);
});

test('nonsense in the settings: the phone works with safe values and the admin reads each', async () => {
  const desk = await house.desk({
    set: { 'hookswitchCalls.lines': 'banana', 'hookswitchWrapUp.wrapUpSecondsInbound': '-5', 'hookswitchView.theme': 'pink' },
  });
  for (const item of ['lines', 'wrapUpSecondsInbound', 'theme']) await desk.says('setting-problems', item);
  await callsWork(desk);
});

test('settings that Salesforce never gives: no phone, and the panel says what to do', async () => {
  const desk = await house.desk({ ready: false, query: { hostDelay: '600000' }, set: PATIENT });
  await until('the panel says that there is no phone', () => desk.has('no-phone'), 60_000);
  await desk.says('no-phone', 'Reload the page');
});

test('an agent without a call center: no softphone, and the page says why', async () => {
  const desk = await house.desk({ ready: false, query: { user: 'Una Signed' } });
  const why = await desk.page.getByTestId('no-softphone').textContent();
  assert.match(why ?? '', /Una Signed is assigned to no call center/);
  assert.equal(await desk.page.locator('#softphone-frame').count(), 0);
});

test('a broken wasm: Salesforce is never told that the phone runs, and the standby page takes over', async () => {
  const desk = await house.desk({
    ready: false,
    set: { 'reqGeneralInfo.reqTimeout': '3000' },
    before: (page) => page.route(/panel_bg[^/]*\.wasm$/, (route) => route.fulfill({ status: 200, contentType: 'application/wasm', body: 'no wasm' })),
  });
  await until('the panel says that it could not start', async () => /could not start/.test((await desk.panel.locator('body').textContent()) ?? ''));
  await until('Lightning loads the standby page', async () => (await desk.pageState()).softphone.standby, 15_000);
  await until('which says what helps', async () => /The phone did not start/.test((await desk.panel.locator('h1').textContent()) ?? ''));
  const panel = (await desk.messages('notifyInitializationComplete')).filter((entry) => entry.direction === 'fromSoftphone');
  assert.deepEqual(panel, []);

  // Until the browser is closed, a reload shows the standby page at once.
  await desk.page.unroute(/panel_bg[^/]*\.wasm$/);
  await desk.page.reload();
  await desk.loaded();
  assert.equal((await desk.pageState()).softphone.standby, true);
});

test('a missing wasm: the same', async () => {
  const desk = await house.desk({
    ready: false,
    set: { 'reqGeneralInfo.reqTimeout': '3000' },
    before: (page) => page.route(/panel_bg[^/]*\.wasm$/, (route) => route.fulfill({ status: 404, body: '' })),
  });
  await until('Lightning loads the standby page', async () => (await desk.pageState()).softphone.standby, 15_000);
});

test('a trap in the wasm during a call: the agent is told, the panel starts anew, the call is still there and logged once', async () => {
  const desk = await house.desk({
    // Keeps hold of the panel's memory, so that the test can ruin it.
    before: (page) =>
      page.addInitScript(() => {
        const keep = (/** @type {any} */ result) => {
          const instance = result.instance ?? result;
          if (instance.exports?.memory) /** @type {any} */ (globalThis).wasmMemory = instance.exports.memory;
          return result;
        };
        const { instantiate, instantiateStreaming } = WebAssembly;
        WebAssembly.instantiate = /** @type {any} */ (async (...given) => keep(await instantiate.apply(WebAssembly, /** @type {any} */ (given))));
        WebAssembly.instantiateStreaming = async (...given) => keep(await instantiateStreaming.apply(WebAssembly, given));
      }),
  });
  await desk.calls(ADA);
  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.write('notes', 'Before the trap.');
  await new Promise((done) => setTimeout(done, 2_500));
  const frame = await (await desk.page.$('#softphone-frame'))?.contentFrame();
  await frame?.evaluate(() => new Uint8Array(/** @type {any} */ (globalThis).wasmMemory.buffer).fill(0xff));
  await until('the panel tells that it had to restart', () => desk.has('notice-restarted'), 20_000);
  await desk.inPhase('connected');
  await desk.says('caller', 'Ada Byron');
  assert.equal((await desk.outside()).to.state, 'connected', 'the call never broke');
  await desk.press('hangup');
  await desk.inPhase('wrapUp');
  await desk.choose('disposition', 'Resolved');
  await desk.press('finish');
  assert.equal((await desk.log()).Description, 'Before the trap.');
});
