// Numbers as people have them: clicked all day long, stored in every spelling, withheld, with an extension behind them.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { stays, until } from './lib/wait.mjs';

const house = houseOfTests();

/** @typedef {import('./lib/desk.mjs').Desk} Desk */

const HOME = '/lightning/page/home';

/** No wrap-up: the next call may come at once. */
const AT_ONCE = { 'hookswitchWrapUp.wrapUpSecondsInbound': '0', 'hookswitchWrapUp.wrapUpSecondsOutbound': '0' };

/** Opens a record's page by its address. @param {Desk} desk @param {string} object @param {string} id */
const open = (desk, object, id) => desk.lightning((simulator, path) => simulator.open(path), `/lightning/r/${object}/${id}/view`);

/** The name of the agent's newest call that lasts. @param {Desk} desk */
const lasting = async (desk) => (await desk.outside())?.call;

test('two hundred numbers clicked one after the other are two hundred calls, also where the phone was away in between', async () => {
  const cycles = 200;
  const desk = await house.desk();
  await open(desk, 'Contact', await desk.find('Contact', 'Tom Fields'));
  const number = desk.page.getByTestId('record').getByTestId('phone').first();
  const calls = new Set();
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    await number.click();
    calls.add(await until(`click ${cycle} is a call`, () => lasting(desk)));
    await until(`call ${cycle} is hung up`, () => desk.by('hangup').evaluateAll((buttons) => buttons[0]?.click() ?? buttons.length > 0));
    await until(`call ${cycle} is over`, async () => (await desk.phase()) === '');
    if (cycle % 50 !== 0) continue;
    // Off, because nothing could be dialed, and on again.
    await desk.tell({ type: 'outage', forMs: 500 });
    await until('the number is text', () => desk.page.getByTestId('record').getByTestId('phone-disabled').count());
    await until('the number can be clicked again', () => number.count(), 20_000);
  }
  assert.equal(calls.size, cycles);
  const clicks = (await desk.messages('onClickToDial')).filter((entry) => entry.direction === 'toSoftphone' && entry.message.response?.number);
  assert.equal(clicks.length, cycles, 'one message for each');
  const logs = await until('each has its log', async () => {
    const done = (await desk.tasks()).filter((task) => task.Status === 'Completed');
    return done.length >= cycles && done;
  });
  assert.deepEqual([logs.length, new Set(logs.map((task) => task.CallObject)).size], [cycles, cycles]);
  assert.deepEqual(desk.errors, []);
});

/** A country, a caller as phone systems give it, and how an org may have stored the number. @type {[string, string, string[]][]} */
const SPELLINGS = [
  ['US', '+14155550100', ['(415) 555-0100', '415.555.0100', '1-415-555-0100', '415 5550100', '+1 415 555 0100 x12']],
  ['DE', '+4930123456', ['030 123456', '030/123456', '+49 (0) 30 123456', '(030) 12 34 56']],
  ['GB', '+442079460018', ['020 7946 0018', '+44 (0)20 7946 0018', '(020) 79460018']],
];

for (const [country, caller, spellings] of SPELLINGS) {
  test(`a caller from ${country} is found however the number was typed into Salesforce`, async () => {
    const desk = await house.desk({ set: { ...AT_ONCE, 'hookswitchDialing.country': country } });
    // Nobody else may have it.
    for (const account of ['Acme Robotics', 'Byron Analytical']) {
      const id = await desk.find('Account', account);
      assert.deepEqual(await desk.lightning((simulator, id) => simulator.edit(id, { Phone: '' }), id), []);
    }
    const mei = await desk.find('Contact', 'Mei Sato');
    for (const stored of spellings) {
      const edited = await desk.lightning((simulator, [id, Phone]) => simulator.edit(id, { Phone }), [mei, stored]);
      assert.deepEqual(edited, []);
      await desk.lightning((simulator, home) => simulator.open(home), HOME);
      await desk.calls({ number: caller });
      await until(`${caller} is found by ${stored}`, async () => (await desk.by('record').getAttribute('data-record', { timeout: 1_000 })) === mei);
      await desk.shows('Contact', 'Mei Sato');
      await desk.press('answer');
      await desk.inPhase('connected');
      await desk.press('hangup');
      await desk.inPhase('');
    }
    const logs = await desk.tasks();
    assert.deepEqual(logs.map((task) => task.WhoId), spellings.map(() => mei), 'each call is logged on her');
  });
}

/**
 * Runs in the softphone's frame before anything else there: with `window.noIds`, every second record of a search's answer comes without an id.
 */
function takeIdsAway() {
  window.addEventListener('message', (event) => {
    const response = event.data?.response;
    if (!(/** @type {any} */ (globalThis).noIds) || event.data?.methodName !== 'searchAndScreenPop' || !response?.returnValue) return;
    event.stopImmediatePropagation();
    /** @type {any} */ (globalThis).noIds = false;
    const data = structuredClone(event.data);
    for (const [index, [key, record]] of Object.entries(data.response.returnValue).entries()) {
      if (index % 2 === 0) continue;
      delete data.response.returnValue[key];
      data.response.returnValue[''] = { ...record, id: '', Id: '' };
    }
    window.dispatchEvent(new MessageEvent('message', { data, origin: event.origin, source: event.source }));
  });
}

/** Everything that Lightning was asked to open by its id. @param {Desk} desk @returns {Promise<string[]>} */
const opened = async (desk) => (await desk.asked('screenPop')).map((asked) => asked.params?.recordId ?? asked.recordId ?? JSON.stringify(asked));

test('a withheld number opens nothing although the layout has a window for who is not known, and a record without an id is not offered', async () => {
  const desk = await house.desk({ set: AT_ONCE, query: { user: 'Ines Admin' }, before: (page) => page.addInitScript(takeIdsAway) });
  await desk.minimise();
  const layout = await desk.lightning((simulator) => simulator.org().layouts[0].id);
  await desk.lightning((simulator, id) => simulator.open(`/lightning/setup/SoftphoneLayout-${id}/home`), layout);
  const form = desk.page.getByTestId('layout');
  await form.getByLabel('When nothing matches').selectOption('new Contact');
  await form.getByRole('button', { name: 'Save' }).click();
  await desk.lightning((simulator, home) => simulator.open(home), HOME);
  await desk.openPanel();
  await desk.calls({ number: '', name: '' });
  await desk.says('caller', /withheld|unknown/i);
  await desk.press('answer');
  await desk.inPhase('connected');
  await stays('nothing opens', 1_500, async () => {
    const page = await desk.pageState();
    return page.path === HOME && !page.modal;
  });
  assert.deepEqual([await desk.asked('searchAndScreenPop'), await desk.asked('screenPop')], [[], []]);
  await desk.press('hangup');
  await desk.inPhase('');

  // Two have this number; of one of them Salesforce does not tell the id.
  const frame = desk.page.frames().find((frame) => frame !== desk.page.mainFrame());
  await frame?.evaluate(() => Object.assign(globalThis, { noIds: true }));
  await desk.calls({ number: '+16505550133' });
  await until('the one with an id is offered', () => desk.has('record'));
  assert.equal(await desk.has('matches'), false, 'and nobody without');
  const id = await desk.by('record').getAttribute('data-record');
  assert.match(id ?? '', /^003/);
  await desk.press('record');
  await until('it opens', async () => (await opened(desk)).length > 0);
  assert.deepEqual(await opened(desk), [id]);
  assert.deepEqual(desk.errors, []);
});

test('an extension is sent after the answer and not before, and neither search nor log minds it', async () => {
  const desk = await house.desk({ set: AT_ONCE });
  await desk.write('dial-input', '+1 650 253 0000 x136');
  await desk.says('dial-preview', 'Dials +16502530000, after the answer 136.');
  await desk.press('dial');
  await desk.inPhase('delivered');
  const far = await desk.outside();
  assert.deepEqual([far.to.number, far.from.digits], ['+16502530000', ''], 'it rings, and nothing was sent');
  await desk.network('answer');
  await until('the other side hears the extension', async () => (await desk.outside()).from.digits === '136');
  await desk.press('hangup');
  await desk.inPhase('');

  // Stored with an extension, as "+1 (305) 555-0119 ext. 7".
  const carlos = await desk.find('Contact', 'Carlos Ruiz');
  await open(desk, 'Contact', carlos);
  await desk.page.getByTestId('record').getByTestId('phone').first().click();
  await desk.inPhase('delivered');
  assert.equal((await desk.outside()).to.number, '+13055550119');
  await desk.network('answer');
  await until('the other side hears the extension', async () => (await desk.outside()).from.digits === '7');
  await desk.press('hangup');
  await desk.inPhase('');
  await desk.lightning((simulator, home) => simulator.open(home), HOME);
  await desk.calls({ number: '+13055550119' });
  await desk.shows('Contact', 'Carlos Ruiz');
  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.press('hangup');
  await desk.inPhase('');
  const logs = await until('all three are logged', async () => {
    const done = (await desk.tasks()).filter((task) => task.Status === 'Completed');
    return done.length === 3 && done;
  });
  assert.deepEqual(logs.map((task) => task.WhoId), [undefined, carlos, carlos]);
});
