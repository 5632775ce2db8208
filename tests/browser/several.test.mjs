// Several calls at once, and several people in one: as an agent does it in the panel, against the simulated phone system.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { ADA } from './lib/people.mjs';
import { until } from './lib/wait.mjs';

const house = houseOfTests();

const GRACE = { number: '+1 212 555 0190', name: 'Grace Hopper' };
/** Answers by itself, as a colleague would. */
const BOB = '+1 212 555 0177';
/** Is always busy. */
const BUSY = '+1 212 555 0199';

/** The smallest panel that Salesforce allows. */
const SMALL = { 'reqGeneralInfo.reqSoftphoneWidth': '200', 'reqGeneralInfo.reqSoftphoneHeight': '240' };

/** An agent whose colleague Bob picks up. @param {Parameters<typeof house.desk>[0]} [options] */
async function open(options) {
  const desk = await house.desk(options);
  await desk.tell({ type: 'setBehaviour', number: BOB, behaviour: { type: 'answers', afterMs: 200 } });
  return desk;
}

/**
 * Who is in which phase, by the panel.
 *
 * @param {import('./lib/desk.mjs').Desk} desk @returns {Promise<string[]>}
 */
const shown = (desk) =>
  desk.by('call').evaluateAll((cards) =>
    cards.map((card) => `${card.querySelector('[data-testid=caller], [data-testid=line-who]')?.textContent} ${card.getAttribute('data-phase')}`),
  );

/** Waits until the panel shows exactly these calls. @param {import('./lib/desk.mjs').Desk} desk @param {string[]} calls */
async function are(desk, ...calls) {
  let last = /** @type {string[]} */ ([]);
  await until(`the calls are ${calls}`, async () => (last = await shown(desk)).join() === calls.join()).catch((error) => {
    throw new Error(`${error.message} They are ${last}.`);
  });
}

/**
 * Somebody outside who is in a call of this agent, by the name the phone system has for this end of the call.
 *
 * @param {import('./lib/desk.mjs').Desk} desk
 */
const somebody = (desk) =>
  desk.lightning((simulator, extension) => {
    const own = simulator.network().calls.find((call) => !call.ended && call.parties.some((end) => end.extension === extension));
    return own.parties.find((end) => !end.extension).id;
  }, desk.extension);

/** Waits until that one talks with exactly one other, and no agent is there. @param {import('./lib/desk.mjs').Desk} desk @param {string} end */
async function talksWithoutAgent(desk, end) {
  await until('the two talk with each other', () =>
    desk.lightning((simulator, end) => {
      const call = simulator.network().calls.find((call) => !call.ended && call.parties.some(({ id }) => id === end));
      return call?.parties.length === 2 && call.parties.every((party) => !party.extension && party.state === 'connected');
    }, end),
  );
}

/** Ada calls and is answered. @param {import('./lib/desk.mjs').Desk} desk */
async function withAda(desk) {
  await desk.calls(ADA);
  await desk.inPhase('alerting');
  await desk.press('answer');
  await are(desk, 'Ada Byron connected');
}

/** Grace calls, too, and is answered. @param {import('./lib/desk.mjs').Desk} desk */
async function graceToo(desk) {
  await desk.calls(GRACE);
  await are(desk, 'Ada Byron connected', 'Grace Hopper alerting');
  await desk.press('answer');
  await are(desk, 'Ada Byron held', 'Grace Hopper connected');
}

/** Opens the form and does one thing with a number. @param {import('./lib/desk.mjs').Desk} desk @param {string} button @param {string} number */
async function pass(desk, button, number) {
  await desk.press('pass');
  await desk.write('pass-number', number);
  await desk.press(button);
}

/** Bob is asked about Ada. @param {import('./lib/desk.mjs').Desk} desk */
async function consulting(desk) {
  await withAda(desk);
  await pass(desk, 'consult', BOB);
  await are(desk, 'Ada Byron held', `${BOB.replaceAll(' ', '')} connected`);
  await desk.says('consults', 'Ada Byron');
}

/** Two people and the agent. @param {import('./lib/desk.mjs').Desk} desk */
async function conference(desk) {
  await consulting(desk);
  await desk.press('join');
  await until('two people are in the call', async () => (await desk.by('party').count()) === 2);
}

for (const [size, set] of /** @type {[string, Record<string, string>][]} */ ([['340 x 480', {}], ['200 x 240', SMALL]])) {
  test(`a second caller waits, is answered, and the first is held; then they are swapped (${size})`, async () => {
    const desk = await open({ set });
    await withAda(desk);
    await desk.calls(GRACE);
    await are(desk, 'Ada Byron connected', 'Grace Hopper alerting');
    const answer = await desk.by('answer').boundingBox();
    const frame = await desk.page.locator('#softphone-frame').boundingBox();
    assert.ok(answer && frame && answer.y + answer.height <= frame.y + frame.height, 'the button is in sight without scrolling');
    await desk.press('answer');
    await are(desk, 'Ada Byron held', 'Grace Hopper connected');
    await desk.press('swap');
    await are(desk, 'Ada Byron connected', 'Grace Hopper held');
    await desk.press('hangup');
    await are(desk, 'Ada Byron wrapUp', 'Grace Hopper held');
    await desk.press('retrieve');
    await are(desk, 'Ada Byron wrapUp', 'Grace Hopper connected');
    await desk.press('hangup');
    await are(desk, 'Ada Byron wrapUp', 'Grace Hopper wrapUp');
    assert.deepEqual(desk.errors, []);
  });
}

test('by keyboard: F8 answers the call that waits, F9 hangs up the one with the voice, the other is resumed with Tab and Enter', async () => {
  const desk = await open();
  await withAda(desk);
  await desk.calls(GRACE);
  await are(desk, 'Ada Byron connected', 'Grace Hopper alerting');
  await desk.by('phase').first().focus();
  await desk.page.keyboard.press('F8');
  await are(desk, 'Ada Byron held', 'Grace Hopper connected');
  await desk.page.keyboard.press('F9');
  await are(desk, 'Ada Byron held', 'Grace Hopper wrapUp');
  await desk.by('show-call').focus();
  await desk.page.keyboard.press('Tab');
  await desk.page.keyboard.press('Enter');
  await are(desk, 'Ada Byron connected', 'Grace Hopper wrapUp');
});

test('a colleague is asked, and the caller is connected with them', async () => {
  const desk = await open();
  await consulting(desk);
  const caller = await somebody(desk);
  await desk.press('complete-transfer');
  await until('the agent is out of both calls', async () => (await shown(desk)).every((call) => call.endsWith('wrapUp')));
  await talksWithoutAgent(desk, caller);
});

test('a colleague is asked, and the agent goes back to the caller', async () => {
  const desk = await open();
  await consulting(desk);
  await desk.press('reconnect');
  await until('the caller is back', async () => (await shown(desk)).includes('Ada Byron connected'));
  const others = (await shown(desk)).filter((call) => !call.startsWith('Ada'));
  assert.ok(others.every((call) => call.endsWith('wrapUp')), `${others}`);
});

test('a blind transfer to somebody who is busy gives the caller back and says why', async () => {
  const desk = await open();
  await withAda(desk);
  await pass(desk, 'transfer-now', BUSY);
  await until('the panel tells of it', () => desk.has('problem'));
  await desk.says('problem', 'The transfer did not come about; the call is back.');
  await desk.says('problem', 'busy');
  await are(desk, 'Ada Byron connected');
});

test('a blind transfer that is taken ends the call here', async () => {
  const desk = await open();
  await withAda(desk);
  await pass(desk, 'transfer-now', BOB);
  await are(desk, 'Ada Byron wrapUp');
});

test('a conference of three: one is held, one is removed, and what is left is an ordinary call', async () => {
  const desk = await open();
  await conference(desk);
  await desk.says('phase', 'Conference');
  const bob = desk.by('party').nth(1);
  await bob.getByTestId('party-hold').click();
  await until('Bob is on hold', async () => (await bob.getByTestId('party-state').textContent())?.includes('On hold'));
  await bob.getByTestId('party-retrieve').click();
  await until('Bob is not on hold', async () => !(await bob.getByTestId('party-state').textContent())?.includes('On hold'));
  await bob.getByTestId('party-remove').click();
  await are(desk, 'Ada Byron connected');
  assert.equal(await desk.by('party').count(), 0);
  assert.deepEqual(await desk.by('leg').locator('.line-name').allTextContents(), ['Ada Byron', BOB.replaceAll(' ', '')], 'history knows both');
});

test('the agent leaves a conference, and the others talk on', async () => {
  const desk = await open();
  await conference(desk);
  const caller = await somebody(desk);
  assert.equal(await desk.text('hangup'), 'Leave');
  await desk.press('hangup');
  await until('the agent is out', async () => (await shown(desk)).every((call) => call.endsWith('wrapUp')));
  await talksWithoutAgent(desk, caller);
});

test('a conference is ended for everybody', async () => {
  const desk = await open();
  await conference(desk);
  const caller = await somebody(desk);
  await desk.press('end-for-all');
  await until('the agent is out', async () => (await shown(desk)).every((call) => call.endsWith('wrapUp')));
  await until('nobody is left', () =>
    desk.lightning((simulator, end) => !simulator.network().calls.some((call) => !call.ended && call.parties.some(({ id }) => id === end)), caller),
  );
});

test('two calls of my own are joined, and then one of them is transferred to the other', async () => {
  for (const [button, phases] of /** @type {[string, RegExp][]} */ ([['join-with', /connected$/], ['transfer-to', /wrapUp$/]])) {
    const desk = await open();
    await withAda(desk);
    await graceToo(desk);
    await desk.press('pass');
    await desk.press(button);
    if (button === 'join-with') await until('all are in one call', async () => (await desk.by('party').count()) === 2);
    await until(`what is left ends in ${phases}`, async () => (await shown(desk)).filter((call) => !phases.test(call)).every((call) => call.endsWith('wrapUp')));
  }
});

test('when the caller passes the agent on, name and number follow, and history knows both', async () => {
  const desk = await open();
  await withAda(desk);
  await desk.network('act', { act: { type: 'transfers', to: { number: '+1 212 555 0166', name: 'Carol Jones' } } });
  await are(desk, 'Carol Jones connected');
  await desk.says('caller-number', '+1 212 555 0166');
  const legs = await desk.by('leg').locator('.line-name').allTextContents();
  assert.deepEqual(legs, ['Ada Byron', 'Carol Jones']);
});

test('a call that answers itself says when, and then does so', async () => {
  const desk = await open({ set: { 'hookswitchCalls.autoAnswerInbound': '3' } });
  await desk.calls(ADA);
  await desk.says('auto-answer', /Answers by itself in 0:0[123]/);
  await are(desk, 'Ada Byron connected');
});

test('a phone system that does not answer leaves a way to free the line', async () => {
  const desk = await open();
  await withAda(desk);
  await desk.tell({ type: 'ignoreNext', count: 1 });
  await desk.press('hold');
  await are(desk, 'Ada Byron holding');
  // Shown by the style sheet after some seconds: a phone system that works needs less.
  await until('the way out is in sight', () => desk.by('free-line').isVisible());
  await desk.press('free-line');
  await are(desk, 'Ada Byron wrapUp');
});

test('a recording is begun, paused and ended, and the panel says how it is', async () => {
  const desk = await open();
  await withAda(desk);
  await desk.press('record-start');
  await desk.says('recording', /^Recording$/);
  await desk.press('record-pause');
  await desk.says('recording', 'Recording paused');
  await desk.press('record-stop');
  await until('nothing is recorded', async () => !(await desk.has('recording')));
});

test('a call that rings is declined and the agent is not ready, in one step', async () => {
  const desk = await open();
  await desk.calls(ADA);
  await desk.inPhase('alerting');
  await desk.press('ringing-more');
  await desk.choose('decline-reason', 'Lunch');
  await desk.press('decline-not-ready');
  await desk.inPhase('');
  await desk.says('presence', 'Not ready: Lunch');
});

test('two calls in wrap-up keep their notes apart, and each log has its own', async () => {
  const desk = await open();
  await withAda(desk);
  await desk.write('notes', 'Ada wants the invoice.');
  await graceToo(desk);
  await desk.write('notes', 'Grace wants a pizza.');
  await desk.press('hangup');
  await desk.press('retrieve');
  await are(desk, 'Ada Byron connected', 'Grace Hopper wrapUp');
  await desk.press('hangup');
  await are(desk, 'Ada Byron wrapUp', 'Grace Hopper wrapUp');
  for (const name of ['Ada', 'Grace']) {
    await desk.press('show-call');
    if (!(await desk.text('caller')).startsWith(name)) await desk.press('show-call');
    await desk.says('caller', name);
    assert.match(await desk.by('notes').inputValue(), new RegExp(`^${name} wants`));
  }
  await desk.choose('disposition', 'Follow-up');
  await desk.press('finish');
  await are(desk, 'Ada Byron wrapUp');
  await desk.choose('disposition', 'Resolved');
  await desk.press('finish');
  await desk.inPhase('');
  const done = await until('both logs are complete', async () => {
    const tasks = (await desk.tasks()).filter((task) => task.Status === 'Completed');
    return tasks.length === 2 && tasks;
  });
  const written = done.map((task) => [task.Description, task.CallDisposition]).sort();
  assert.deepEqual(written, [['Ada wants the invoice.', 'Resolved'], ['Grace wants a pizza.', 'Follow-up']]);
});
