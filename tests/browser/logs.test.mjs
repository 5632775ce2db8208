// What is written about a call comes into Salesforce, whole, once, and over nobody else's work.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { ADA } from './lib/people.mjs';
import { stays, until } from './lib/wait.mjs';

const house = houseOfTests();

/** @typedef {import('./lib/desk.mjs').Desk} Desk */

const STRANGER = '+12025550190';

/** Somebody calls and is answered. @param {Desk} desk @param {Record<string, unknown>} caller */
async function talks(desk, caller) {
  await desk.calls(caller);
  await desk.press('answer');
  await desk.inPhase('connected');
}

/** Waits for a log in this state, and returns what the panel says of it. @param {Desk} desk @param {string} state */
async function logIs(desk, state) {
  const one = desk.panel.locator(`[data-testid=log-state][data-state=${state}]`);
  await until(`a log is ${state}`, async () => (await one.count()) > 0, 20_000);
  return (await one.first().textContent()) ?? '';
}

/** Shows a page of Setup; the panel would lie over its forms. @param {Desk} desk @param {string} name */
async function setup(desk, name) {
  await desk.minimise();
  await desk.lightning((simulator, name) => simulator.open(`/lightning/setup/${name}/home`), name);
}

/** Lets the agents' profile do this with a field of the log. @param {Desk} desk @param {string} field @param {'edit' | 'read' | 'hidden'} access */
async function allow(desk, field, access) {
  await setup(desk, 'Profiles');
  await desk.page.locator(`[data-testid=profiles] [data-field=${field}] select`).selectOption(access);
  await desk.openPanel();
}

test('what the agent edits on the Task meanwhile stays, and what the phone knows comes beside it', async () => {
  const desk = await house.desk();
  await talks(desk, ADA);
  const [task] = await until('the log is there', async () => {
    const tasks = await desk.tasks();
    return tasks.length === 1 && tasks;
  });
  await desk.minimise();
  await desk.lightning((simulator, id) => simulator.open(`/lightning/r/Task/${id}/view`), task.Id);
  await desk.page.getByTestId('edit').click();
  const form = desk.page.getByTestId('edit-record');
  await form.locator('input[name=Subject]').fill('Ada, about the blue one');
  await form.locator('select[name=Priority]').selectOption('High');
  await form.getByRole('button', { name: 'Save' }).click();
  await until('the form is done', async () => (await form.count()) === 0);
  await desk.openPanel();
  await desk.press('hangup');
  await desk.wrapUp('Resolved', 'Wants it blue.');
  const log = await desk.log();
  assert.deepEqual([log.Subject, log.Priority], ['Ada, about the blue one', 'High']);
  assert.deepEqual([log.CallDisposition, log.Description, log.WhoId], ['Resolved', 'Wants it blue.', task.WhoId]);
});

test('a field the agent may not write is named, everything else is saved, and it is sent again once it may be', async () => {
  const desk = await house.desk({ set: { 'hookswitchLog.customFields': 'Recording__c = from {queue}' } });
  await allow(desk, 'Recording__c', 'hidden');
  await desk.serves({ ...ADA, queue: 'Support' }, 'Resolved', 'All but one.');
  assert.match(await logIs(desk, 'incomplete'), /Saved, but without Recording__c/);
  let log = await desk.log();
  assert.deepEqual([log.Description, log.CallDisposition, log.Recording__c], ['All but one.', 'Resolved', undefined]);
  await allow(desk, 'Recording__c', 'edit');
  await desk.press('log-resend');
  await until('it is whole', async () => (await desk.tasks())[0].Recording__c === 'from Support');
  log = await desk.log();
  assert.equal(log.Description, 'All but one.');
  await until('nothing is left to do', async () => (await desk.by('log-state').count()) === 0);
});

test('a log that breaks a rule says what is missing, is mended in the panel, and is one whole Task', async () => {
  const desk = await house.desk();
  await setup(desk, 'Rules');
  const rule = desk.page.getByTestId('validation-rules');
  await rule.getByLabel('When the field').fill('CallDisposition');
  await rule.getByLabel('is', { exact: true }).fill('Resolved');
  await rule.getByLabel('this field is needed').fill('Description');
  await rule.getByLabel('Message').fill('Say what was resolved');
  await rule.getByRole('button', { name: 'Add the rule' }).click();
  await rule.getByText('Say what was resolved').waitFor();
  await desk.openPanel();
  await desk.serves(ADA, 'Resolved', '');
  assert.match(await logIs(desk, 'failed'), /did not save this log: .*Say what was resolved/);
  assert.equal((await desk.tasks())[0].Status, 'In Progress', 'the Task of the answer is there, and not yet complete');
  // In a small panel it lies out of sight.
  await desk.press('logs-wait');
  await until('the log has the focus', () => desk.by('log-record').evaluate((field) => field === document.activeElement));
  await desk.write('log-notes', 'The arm runs again.');
  await desk.press('log-resend');
  const log = await desk.log();
  assert.deepEqual([log.Description, log.CallDisposition], ['The arm runs again.', 'Resolved']);
  await until('nothing is left to do', async () => (await desk.by('log-state').count()) === 0);
  assert.equal(await desk.has('logs-wait'), false);
});

test('notes about a caller nobody knows are taken in every state, beside the keypad too, and all of them are saved', async () => {
  const desk = await house.desk();
  let notes = '';
  const types = async (/** @type {string} */ word) => {
    // As a person does: behind what stands there, which must be all that was typed before.
    assert.equal(await desk.by('notes').inputValue(), notes, `before ${word}`);
    await desk.by('notes').press('End');
    await desk.by('notes').pressSequentially(`${word} `);
    notes += `${word} `;
  };
  await desk.calls({ number: STRANGER, name: '' });
  await desk.inPhase('alerting');
  await types('ringing');
  await desk.press('answer');
  await desk.inPhase('connected');
  await types('talking');
  await desk.press('keypad');
  await types('keypad');
  await desk.press('digit-1');
  await types('digit');
  await desk.press('keypad');
  await desk.press('hold');
  await desk.inPhase('held');
  await types('held');
  await desk.press('hangup');
  await desk.inPhase('wrapUp');
  await types('after');
  await desk.choose('disposition', 'Resolved');
  await desk.press('finish');
  await desk.inPhase('');
  const log = await desk.log();
  assert.equal(log.Description.trim(), notes.trim());
  assert.equal(log.WhoId, undefined);

  await desk.write('dial-input', STRANGER);
  await desk.press('dial');
  await desk.inPhase('delivered');
  notes = '';
  await types('dialing');
  await desk.press('hangup');
  await until('what was noted of a call nobody took is saved too', async () =>
    (await desk.tasks()).some((task) => task.CallType === 'Outbound' && task.Description?.trim() === 'dialing'));
});

test('a recording that is stored after the log comes into the same Task', async () => {
  const desk = await house.desk({ set: { 'hookswitchLog.customFields': 'Recording__c = {recording}' } });
  await talks(desk, ADA);
  await desk.press('record-start');
  await desk.says('recording', /^Recording$/);
  await desk.press('hangup');
  await desk.wrapUp('Resolved', 'Recorded.');
  const log = await desk.log();
  assert.equal(log.Recording__c ?? '', '', 'the phone system has not stored it yet');
  await until('the recording is on it', async () => (await desk.tasks())[0].Recording__c?.startsWith('https://recordings.example/'), 15_000);
  const [later, ...more] = await desk.tasks();
  assert.deepEqual([later.Id, later.Description, more], [log.Id, 'Recorded.', []]);
});

test('of a queue call one of three agents answers there is one log, and of one that all miss there is one as well', async () => {
  const desks = await Promise.all([1, 2, 3].map(() => house.desk()));
  const all = async () => (await Promise.all(desks.map((desk) => desk.tasks()))).flat();
  const [first, second] = desks;
  const queue = (/** @type {Record<string, unknown>} */ more) =>
    first.lightning((simulator, call) => simulator.callAgent(call), { queue: 'Support', ...ADA, ...more });
  await queue({});
  for (const desk of desks) await desk.inPhase('alerting');
  await second.press('answer');
  await second.inPhase('connected');
  for (const desk of desks.filter((desk) => desk !== second)) {
    await desk.inPhase('');
    assert.equal(await desk.has('problem'), false, 'nobody is told of a missed call');
  }
  await second.press('hangup');
  await second.wrapUp('Resolved', '');
  await second.log();
  await stays('one log', 1_000, async () => (await all()).length === 1);

  await queue({ givesUpAfterMs: 1_500 });
  for (const desk of desks) await desk.inPhase('alerting');
  for (const desk of desks) await desk.inPhase('');
  await until('it is logged', async () => (await all()).length > 1);
  await stays('once', 1_500, async () => (await all()).length === 2);
  assert.equal((await all()).filter((task) => task.CallDisposition === 'Missed').length, 1);
});

test('a queue call that nobody took is not logged where the settings say so', async () => {
  const desk = await house.desk({ set: { 'hookswitchLog.logMissedQueue': 'false' } });
  await desk.calls({ ...ADA, queue: 'Support', givesUpAfterMs: 1_000 });
  await desk.inPhase('alerting');
  await desk.inPhase('');
  await until('the agent is told', () => desk.has('problem'));
  await stays('no log', 1_500, async () => (await desk.tasks()).length === 0);
});
