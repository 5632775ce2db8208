// What opens in Lightning for a call, and what the panel says of it: windows that would collide, layouts of every kind, callers who are nobody.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { ADA } from './lib/people.mjs';
import { stays, until } from './lib/wait.mjs';

const house = houseOfTests();

/** @typedef {import('./lib/desk.mjs').Desk} Desk */

const STRANGER = '+12025550190';
const ANOTHER = '+12025550191';
const HOME = '/lightning/page/home';

/**
 * An agent who may change the softphone layout, and did.
 *
 * @param {(form: import('playwright-core').Locator) => Promise<unknown>} change
 * @param {Record<string, string>} [set]
 */
async function withLayout(change, set) {
  const desk = await house.desk({ query: { user: 'Ines Admin' }, set });
  await layout(desk, change);
  return desk;
}

/** @param {Desk} desk @param {(form: import('playwright-core').Locator) => Promise<unknown>} change */
async function layout(desk, change) {
  // The panel would lie over the form.
  await desk.minimise();
  const id = await desk.lightning((simulator) => simulator.org().layouts[0].id);
  await desk.lightning((simulator, id) => simulator.open(`/lightning/setup/SoftphoneLayout-${id}/home`), id);
  const form = desk.page.getByTestId('layout');
  const version = () => desk.lightning((simulator) => simulator.org().version);
  const before = await version();
  await change(form);
  await form.getByRole('button', { name: 'Save' }).click();
  await until('the layout is saved', async () => (await version()) > before);
  await desk.lightning((simulator) => simulator.open('/lightning/page/home'));
  await desk.openPanel();
}

/** @param {string} [object] */
const newRecord = (object = 'Contact') => (/** @type {import('playwright-core').Locator} */ form) =>
  form.getByLabel('When nothing matches').selectOption(`new ${object}`);

/** The number that the open window for a new record is filled in with; none without one. @param {Desk} desk @returns {Promise<string | undefined>} */
const windowFor = async (desk) => (await desk.pageState()).modal?.defaults.Phone;

/**
 * Waits until the panel knows the layout: before, it does not know which object a new record would be of, and fills in nothing. It asks for it
 * when it has run for a quarter of a minute.
 *
 * @param {Desk} desk
 */
const layoutIsKnown = (desk) => until('the layout is asked for', async () => (await desk.asked('getSoftphoneLayout')).length > 0, 40_000);

/** How often Lightning was asked to show something. @param {Desk} desk */
const pops = async (desk) => (await desk.asked('searchAndScreenPop')).filter((asked) => !asked.deferred).length + (await desk.asked('screenPop')).length;

/** Answers, hangs up, and finishes. @param {Desk} desk */
async function serve(desk) {
  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.press('hangup');
  await desk.wrapUp('Resolved', '');
}

/** Presses a button of the panel by its key: a window for a new record lies over the panel, as it does in Salesforce. @param {Desk} desk @param {string} id */
async function keys(desk, id) {
  await until(`${id} is there`, () => desk.has(id));
  await desk.by(id).first().focus();
  await desk.page.keyboard.press('Enter');
}

for (const saved of [true, false]) {
  test(`two unknown callers a second apart: one window, nothing typed is lost, and the second opens once the first is ${saved ? 'saved' : 'cancelled'}`, async () => {
    const desk = await withLayout(newRecord());
    await layoutIsKnown(desk);
    await desk.calls({ number: STRANGER });
    await until('a window for the first', async () => (await windowFor(desk)) === STRANGER);
    await keys(desk, 'answer');
    await desk.inPhase('connected');
    const window = desk.page.getByTestId('new-record');
    await window.locator('input[name=LastName]').fill('Typed');
    await desk.calls({ number: ANOTHER });
    await keys(desk, 'show-call');
    await desk.says('page-state', 'opens when you have saved or closed the window');
    await stays('the window of the first stays', 3_000, async () => (await windowFor(desk)) === STRANGER);
    assert.equal(await window.locator('input[name=LastName]').inputValue(), 'Typed');
    await window.getByRole('button', { name: saved ? 'Save' : 'Cancel' }).click();
    await until('a window for the second', async () => (await windowFor(desk)) === ANOTHER);
    assert.equal((await desk.find('Contact', 'Typed')) !== '', saved);
    await until('the panel waits no longer', async () => !(await desk.has('page-state')));
    assert.equal(await desk.page.getByTestId('lost-window').count(), 0);
    assert.deepEqual(desk.errors, []);
  });
}

test('the agent need not wait for the window: the page opens at once when the agent says so', async () => {
  const desk = await withLayout(newRecord());
  await layoutIsKnown(desk);
  await desk.calls({ number: STRANGER });
  await until('a window for the first', () => windowFor(desk));
  await keys(desk, 'answer');
  await desk.inPhase('connected');
  await desk.calls({ number: ANOTHER });
  await keys(desk, 'show-call');
  await desk.says('page-state', 'opens when you have saved');
  await keys(desk, 'pop-now');
  await until('a window for the second', async () => (await windowFor(desk)) === ANOTHER);
  assert.equal(await desk.page.getByTestId('lost-window').count(), 1, 'as the agent wanted');
});

test('the layout is followed: a flow is told who calls, a Visualforce page too, and a search page opens', async () => {
  const desk = await withLayout((form) => form.getByLabel('When nothing matches').selectOption('flow Caller_Check'));
  await desk.calls({ number: STRANGER, queue: 'Support' });
  const shown = async () => (await desk.page.getByTestId('plain-page').textContent()) ?? '';
  await until('the flow runs', async () => /Caller_Check.*\+12025550190/s.test(await shown()));
  await serve(desk);
  await layout(desk, (form) => form.getByLabel('When nothing matches').selectOption('page CallerPage'));
  await desk.calls({ number: ANOTHER, queue: 'Support' });
  await until('the page opens', async () => (await desk.pageState()).path.startsWith('/apex/CallerPage?'));
  const query = new URLSearchParams((await desk.pageState()).path.split('?')[1]);
  assert.deepEqual([query.get('callerNumber'), query.get('queue'), query.get('callType')], [ANOTHER, 'Support', 'Inbound']);
  await serve(desk);
  await desk.calls({ number: '(650) 555-0133' });
  await until('two match: the search page', async () => (await desk.pageState()).path.startsWith('/lightning/search?'));
});

test('a layout that wants pages in a new window: they open where the agent is, and the check says why', async () => {
  const desk = await withLayout((form) => form.getByLabel('new browser window').check());
  const pages = desk.page.context().pages().length;
  await desk.calls(ADA);
  await desk.shows('Contact', 'Ada Byron');
  assert.equal(desk.page.context().pages().length, pages);
  await serve(desk);
  if (!(await desk.by('check').count())) await desk.press('connection');
  await desk.press('check');
  const said = () => desk.by('finding').evaluateAll((all) => all.find((one) => one.dataset.finding === 'layout')?.textContent ?? '');
  await until('the check has a word for it', async () => /new window\. Lightning has none/.test(await said()), 30_000);
});

test('of eight records with one number one is chosen by keyboard, opens, and has the log', async () => {
  const desk = await house.desk();
  for (const [object, name] of /** @type {const} */ ([
    ['Contact', 'Ada Byron'],
    ['Contact', 'Carlos Ruiz'],
    ['Contact', 'Mei Sato'],
    ['Contact', 'Jürgen Groß'],
    ['Account', 'Acme Robotics'],
    ['Account', 'Byron Analytical'],
  ])) {
    const id = await desk.find(object, name);
    assert.deepEqual(await desk.lightning((simulator, id) => simulator.edit(id, { Phone: '650 555 0133' }), id), []);
  }
  await desk.calls({ number: '+16505550133' });
  await until('all are offered', () => desk.has('match-7'));
  assert.equal(await desk.has('match-8'), false);
  const choices = desk.by('matches').getByRole('radio');
  const wanted = await desk.by('matches').locator('.record-name').allTextContents().then((names) => names.indexOf('Mei Sato'));
  await choices.first().focus();
  for (let at = 0; at < wanted; at += 1) await desk.page.keyboard.press('ArrowDown');
  assert.deepEqual(await desk.asked('screenPop'), [], 'those on the way are not opened');
  await desk.page.keyboard.press('Space');
  const mei = await desk.shows('Contact', 'Mei Sato');
  assert.equal((await desk.asked('screenPop')).length, 1);
  await serve(desk);
  assert.equal((await desk.log()).WhoId, mei);
});

test('a record that the agent may not see: the panel says so in plain words', async () => {
  const desk = await house.desk();
  await desk.calls({ number: '+16505550133' });
  await until('both are offered', () => desk.has('match-1'));
  await desk.fault('screenPop', { fault: 'failing', code: 'INSUFFICIENT_ACCESS' });
  await desk.by('match-0').click();
  await desk.says('problem', 'Salesforce does not let you see that record');
  await desk.says('problem-detail', 'Salesforce says');
  await desk.press('answer');
  await desk.inPhase('connected');
});

test('a custom object that the layout searches opens, and has the log', async () => {
  const desk = await withLayout((form) => form.getByLabel('Objects and the fields').first().fill('Contact: Name, Phone\nSite__c: Name, Hotline__c'));
  await desk.calls({ number: '+49 351 5550 177' });
  const plant = await desk.shows('Site__c', 'Plant Dresden');
  await serve(desk);
  const log = await desk.log();
  assert.deepEqual([log.WhatId, log.WhoId], [plant, undefined]);
});

test('a withheld number and a colleague move no page', async () => {
  const desk = await house.desk();
  const bea = await house.desk({ query: { user: 'Bea Agent' } });
  await desk.calls({ number: '' });
  await desk.says('caller', /withheld|unknown/i);
  await serve(desk);
  assert.deepEqual(await desk.asked('searchAndScreenPop'), [], 'nobody to be searched for');
  await bea.write('dial-input', desk.extension);
  await bea.press('dial');
  await desk.inPhase('alerting');
  await desk.press('answer');
  await desk.inPhase('connected');
  assert.equal((await desk.pageState()).path, HOME);
  assert.equal(await pops(desk), 0);
});

test('missed calls open one page and leave one list, and a page that was opened for one of them takes no log of another', async () => {
  const desk = await house.desk();
  for (const number of [ADA.number, '(512) 555-0155', '+1 305 555 0119', '+1 808 555 0172', '212.555.0143']) {
    await desk.calls({ number });
    await desk.inPhase('alerting');
    await until('the caller is found', () => desk.has('record'));
    await desk.network('hangUp');
    await desk.inPhase('');
  }
  assert.equal(await pops(desk), 1, 'then nobody seems to be there');
  await desk.shows('Contact', 'Ada Byron');
  assert.equal(await desk.by('problem').count(), 5);
  // Nobody went to Ada's page: a stranger's log does not belong there.
  await desk.calls({ number: STRANGER });
  await serve(desk);
  const log = await until('the log of the stranger', async () => (await desk.tasks()).find((task) => task.CallDisposition === 'Resolved'));
  assert.equal(log.WhoId, undefined);
});

test('a customer who is transferred brings the record along: it opens at the colleague, and not once more at the first', async () => {
  const desk = await house.desk();
  const bea = await house.desk({ query: { user: 'Bea Agent' } });
  await desk.calls(ADA);
  await desk.shows('Contact', 'Ada Byron');
  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.lightning((simulator, home) => simulator.open(home), HOME);
  await desk.press('pass');
  await desk.write('pass-number', bea.extension);
  await desk.press('consult');
  await bea.press('answer');
  await until('they talk', async () => (await desk.by('consults').count()) > 0 && (await bea.phase()) === 'connected');
  await desk.press('complete-transfer');
  await bea.shows('Contact', 'Ada Byron');
  await bea.says('caller', 'Ada Byron');
  assert.equal(await pops(bea), 1);
  await stays('the first agent is left alone', 1_500, async () => (await desk.pageState()).path === HOME);
  assert.equal(await pops(desk), 1);
});
