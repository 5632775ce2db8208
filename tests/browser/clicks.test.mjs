// Numbers clicked in Salesforce: during start-up, in a call, for customers who asked not to be called, from a component, from a cadence.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { ADA } from './lib/people.mjs';
import { until } from './lib/wait.mjs';

const house = houseOfTests();

const CHANNEL = 'HookswitchCalls__c';

/** @param {any} desk @param {string} name */
async function clicks(desk, name) {
  const id = await desk.find('Contact', name);
  return desk.lightning((simulator, id) => simulator.click(id), id);
}

/** Calls of the agent's own that go on, as the network sees them. @param {any} desk */
function outgoing(desk) {
  return desk.lightning(
    (simulator, extension) => simulator.network().calls.filter((call) => !call.ended && call.from.extension === extension),
    desk.extension,
  );
}

test('clicks while the phone starts are shown as such, and are one call as soon as it is ready', async () => {
  const desk = await house.desk();
  // The page's numbers stay live while the panel's own frame loads anew, and what speaks to the phone system is slow to come.
  await desk.fault('disableClickToDial', { fault: 'failing', code: 'GENERIC_ERROR' });
  const registered = (await desk.messages('onClickToDial')).length;
  let come = () => {};
  const late = new Promise((done) => (come = () => done(undefined)));
  await desk.page.route(/panel\/simulated[^/]*\.js$/, (route) => late.then(() => route.continue()));
  const frame = desk.page.frames().find((frame) => frame !== desk.page.mainFrame());
  await frame?.evaluate(() => location.reload());
  await until('the softphone listens again', async () => (await desk.messages('onClickToDial')).length > registered, 20_000);
  for (let click = 0; click < 3; click += 1) assert.equal(await clicks(desk, 'Tom Fields'), 'sent');
  await desk.says('wanted-text', 'The phone is starting');
  assert.deepEqual(await outgoing(desk), []);
  come();
  await desk.outsideIs('alerting');
  assert.equal((await outgoing(desk)).length, 1, 'three clicks, one call');
  await desk.says('caller', 'Tom Fields');
  await until('it is said no longer', async () => !(await desk.has('wanted')));
});

test('a number clicked in a call is a card to choose from, by keyboard too, and the choice is carried out', async () => {
  const desk = await house.desk({ minimised: false });
  await desk.calls(ADA);
  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.minimise();
  assert.equal(await clicks(desk, 'Tom Fields'), 'sent');
  await until('the panel opens', () => desk.panelIsOpen());
  await desk.says('wanted-text', 'You are in a call with Ada Byron');
  await desk.says('wanted-number', 'Tom Fields');
  for (const choice of ['wanted-call', 'wanted-consult', 'wanted-transfer', 'wanted-add', 'wanted-drop']) {
    assert.ok(await desk.has(choice), choice);
  }
  assert.equal(await desk.text('wanted-call'), 'Hold and call');
  assert.equal((await outgoing(desk)).length, 0, 'nothing is dialed before the agent chose');
  await desk.by('wanted-consult').focus();
  await desk.page.keyboard.press('Enter');
  await until('Tom is asked about it', async () => (await outgoing(desk)).length === 1);
  await until('the card is gone', async () => !(await desk.has('wanted')));
  assert.deepEqual(desk.errors, []);
});

test('a customer who asked not to be called is not, from the very next call on, and the panel says who it is', async () => {
  const desk = await house.desk({ set: { 'hookswitchIdentity.apexClass': 'Hookswitch' } });
  await desk.write('dial-input', ADA.number);
  await desk.says('dial-preview', 'Dials +442079460021');
  await desk.press('dial');
  await desk.inPhase('delivered');
  await desk.press('hangup');
  await desk.inPhase('');
  const ada = await desk.find('Contact', 'Ada Byron');
  const problems = await desk.lightning((simulator, id) => simulator.edit(id, { DoNotCall: true }), ada);
  assert.deepEqual(problems, []);
  await desk.write('dial-input', ADA.number);
  await desk.press('dial');
  await desk.says('problem', 'asked not to be called');
  await desk.says('problem-detail', 'Ada Byron');
  assert.equal(await desk.phase(), '', 'nothing looks like a call');
  assert.equal((await outgoing(desk)).length, 0);
});

test('where the settings say warn the agent can call anyway, and while Salesforce is asked the panel says so', async () => {
  const desk = await house.desk({ set: { 'hookswitchIdentity.apexClass': 'Hookswitch', 'hookswitchDialing.doNotCall': 'warn' } });
  await desk.fault('runApex', { fault: 'slow', ms: 1500 });
  await desk.write('dial-input', '+1-808-555-0172');
  await desk.press('dial');
  await desk.says('wanted-text', 'Checking whether this customer may be called');
  assert.equal((await outgoing(desk)).length, 0);
  await desk.says('wanted-text', 'Mei Sato asked not to be called', 5_000);
  await desk.press('wanted-anyway');
  await until('Mei is called', async () => (await outgoing(desk)).length === 1);
});

test('a component places a call over the message channel and hears that it was accepted, or why it was refused', async () => {
  const desk = await house.desk({ set: { 'hookswitchMessages.messageChannel': CHANNEL } });
  await until('the softphone listens', async () => (await desk.asked('subscribe')).length === 1);
  /** @param {Record<string, unknown>} message */
  const publish = (message) => desk.lightning((simulator, [channel, message]) => simulator.publish(channel, message), [CHANNEL, message]);
  const answers = async () =>
    (await desk.messages('publish')).filter((entry) => entry.direction === 'fromSoftphone').map((entry) => entry.message.args.message);
  const ada = await desk.find('Contact', 'Ada Byron');
  assert.equal(await publish({ kind: 'call', requestId: 'a1', number: ADA.number, recordId: ada, recordName: 'Ada Byron', objectType: 'Contact' }), true);
  await desk.says('caller', 'Ada Byron');
  await until('it is accepted', async () => (await answers()).some((answer) => answer.kind === 'accepted' && answer.requestId === 'a1'));
  await desk.press('hangup');
  await desk.inPhase('');
  await publish({ kind: 'call', requestId: 'a2', number: 'call me' });
  await until('it is refused', async () => (await answers()).length === 2);
  const [, refused] = await answers();
  assert.deepEqual([refused.kind, refused.requestId, refused.code], ['refused', 'a2', 'invalidNumber']);
  assert.match(refused.reason, /not a number/);
  for (const [message, code] of /** @type {const} */ ([
    [{ kind: 'call', requestId: 'a3', number: ADA.number, recordId: '../../etc' }, 'malformed'],
    [{ kind: 'call', number: ADA.number }, 'malformed'],
    [{ kind: 'sing', requestId: 'a4' }, 'unknownKind'],
  ])) {
    const before = (await answers()).length;
    await publish(message);
    await until(`${code} is said`, async () => (await answers()).length > before);
    assert.equal((await answers()).at(-1).code, code);
  }
  assert.equal(await desk.phase(), '');
  assert.deepEqual(desk.errors, []);
});

test('a step of a cadence is called for its record, and done with the outcome once the log is saved', async () => {
  const desk = await house.desk();
  const [step] = (await desk.lightning((simulator) => simulator.org())).work;
  const shown = desk.page.getByTestId('work-step').first();
  assert.equal(await desk.lightning((simulator, id) => simulator.beginWork(id), step.id), 'sent');
  await until('the panel opens', () => desk.panelIsOpen());
  await desk.says('caller', 'Lena Ortiz');
  assert.equal((await outgoing(desk)).length, 1, 'begun and clicked, it is one call');
  await desk.inPhase('delivered');
  await desk.network('answer');
  await desk.inPhase('connected');
  await desk.network('hangUp');
  await desk.wrapUp('Reached', 'Wants two.');
  assert.equal((await desk.log()).WhoId, await desk.find('Lead', 'Lena Ortiz'));
  await until('the queue knows', async () => /Reached/.test((await shown.getByTestId('work-done').innerText().catch(() => '')) ?? ''));
  assert.equal((await desk.asked('completeWork')).length, 1);
  assert.deepEqual(desk.errors, []);
});
