// Which record a call's log goes to, why, and how the agent changes it: during the call, after it, and once it is saved.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { ADA } from './lib/people.mjs';
import { pause, until } from './lib/wait.mjs';

const house = houseOfTests();

/** @typedef {import('./lib/desk.mjs').Desk} Desk */

const STRANGER = '+12025550190';
const TWO_HAVE_IT = '+16505550133';
/** A page that moves so soon after Salesforce was asked to open one is not the agent's doing. */
const SETTLES = 2_600;

/** Opens a record's page and returns its id. @param {Desk} desk @param {string} object @param {string} name */
async function open(desk, object, name) {
  const id = await desk.find(object, name);
  await desk.lightning((simulator, path) => simulator.open(path), `/lightning/r/${object}/${id}/view`);
  return id;
}

/** Clicks the number on the page in view, in this field. @param {Desk} desk @param {string} field */
async function clicks(desk, field) {
  await desk.page.locator(`[data-testid=record] [data-field=${field}] [data-testid=phone]`).click();
  await desk.inPhase('delivered');
}

/** Somebody calls and is answered. @param {Desk} desk @param {Record<string, unknown>} caller */
async function talks(desk, caller) {
  await desk.calls(caller);
  await desk.press('answer');
  await desk.inPhase('connected');
}

/** Ends the call, and gives its Task once it is complete. @param {Desk} desk @param {string} disposition */
async function logged(desk, disposition) {
  const before = (await desk.tasks()).filter((task) => task.Status === 'Completed').length;
  if ((await desk.phase()) !== 'wrapUp') await desk.press('hangup');
  await desk.wrapUp(disposition, '');
  const done = await until('the log is complete', async () => {
    const done = (await desk.tasks()).filter((task) => task.Status === 'Completed');
    return done.length > before && done;
  });
  return done.at(-1);
}

test('the panel says which record has the log and why, and the agent changes it in the call, after it, and when it is saved', async () => {
  const desk = await house.desk();
  const [ada, tom] = [await desk.find('Contact', 'Ada Byron'), await desk.find('Contact', 'Tom Fields')];
  await talks(desk, ADA);
  await desk.says('related', 'Log on Ada Byron (Name): the only one with this number');
  await desk.shows('Contact', 'Ada Byron');
  await open(desk, 'Contact', 'Tom Fields');
  await until('the page in view can be chosen', () => desk.has('take-page'));
  await desk.says('related', 'Log on Ada Byron');
  await desk.press('take-page');
  await desk.says('related', 'Log on Tom Fields (Name): your choice');
  // The one with the number has it back in the wrap-up.
  await open(desk, 'Contact', 'Ada Byron');
  await desk.press('hangup');
  await desk.inPhase('wrapUp');
  await desk.says('related', 'your choice');
  await desk.press('take-page');
  await desk.says('related', 'Log on Ada Byron (Name): your choice');
  const log = await logged(desk, 'Resolved');
  assert.equal(log.WhoId, ada);

  await desk.press('recent');
  await desk.says('log-related', 'Log on Ada Byron');
  await open(desk, 'Contact', 'Tom Fields');
  await until('the page in view can be chosen', () => desk.by('log-record').locator(`option[value="${tom}"]`).count());
  await desk.choose('log-record', tom);
  await desk.press('log-move');
  await until('the same Task is on Tom', async () => {
    const tasks = await desk.tasks();
    return tasks.length === 1 && tasks[0].Id === log.Id && tasks[0].WhoId === tom;
  });
  await desk.says('log-related', 'Log on Tom Fields (Name): your choice');
  assert.deepEqual(desk.errors, []);
});

test('a page that is open has a stranger’s log only where the wrap-up shows it, and what is dialed goes where it was dialed from', async () => {
  const desk = await house.desk();
  await talks(desk, { number: STRANGER });
  await desk.says('related', 'The log is on no record yet.');
  await pause(SETTLES);
  const tina = await open(desk, 'Contact', 'Tina Fields');
  await until('the panel knows the page', () => desk.has('take-page'));
  await desk.press('hangup');
  await desk.inPhase('wrapUp');
  await desk.says('related', 'Log on Tina Fields (Name): its page was open');
  assert.equal((await logged(desk, 'Resolved')).WhoId, tina);

  // Tom has the same number as Tina.
  const tom = await open(desk, 'Contact', 'Tom Fields');
  await clicks(desk, 'Phone');
  await desk.network('answer');
  await desk.inPhase('connected');
  await desk.says('related', 'Log on Tom Fields (Name): dialed from there');
  assert.equal((await logged(desk, 'Reached')).WhoId, tom);
});

test('a call dialed from a case is logged on the case and its contact', async () => {
  const desk = await house.desk();
  const ada = await desk.find('Contact', 'Ada Byron');
  const [found] = (await desk.lightning((simulator) => simulator.records('Case'))).filter((one) => one.ContactId === ada);
  assert.deepEqual(await desk.lightning((simulator, [id, SuppliedPhone]) => simulator.edit(id, { SuppliedPhone }), [found.Id, ADA.number]), []);
  await desk.lightning((simulator, id) => simulator.open(`/lightning/r/Case/${id}/view`), found.Id);
  await clicks(desk, 'SuppliedPhone');
  await desk.network('answer');
  await desk.inPhase('connected');
  await desk.says('related', /^Log on .*\(Name and Related to\): dialed from there$/);
  const log = await logged(desk, 'Reached');
  assert.deepEqual([log.WhatId, log.WhoId], [found.Id, ada]);
  await until('the case’s timeline has it', () => desk.page.getByTestId('timeline').getByTestId('task').count());
});

test('a lead has the log alone, an account is what it is related to, and a lead who is chosen beside a case takes its place', async () => {
  const desk = await house.desk();
  await talks(desk, { number: '(512) 555-0155' });
  await desk.says('related', 'Log on Lena Ortiz (Name): the only one with this number');
  let log = await logged(desk, 'Resolved');
  const lena = await desk.find('Lead', 'Lena Ortiz');
  assert.deepEqual([log.WhoId, log.WhatId], [lena, undefined]);
  await talks(desk, { number: '(415) 555-0100' });
  await desk.says('related', 'Log on Acme Robotics (Related to): the only one with this number');
  log = await logged(desk, 'Resolved');
  assert.deepEqual([log.WhoId, log.WhatId], [undefined, await desk.find('Account', 'Acme Robotics')]);

  const [found] = await desk.lightning((simulator) => simulator.records('Case'));
  assert.deepEqual(await desk.lightning((simulator, [id, SuppliedPhone]) => simulator.edit(id, { SuppliedPhone }), [found.Id, STRANGER]), []);
  await desk.lightning((simulator, id) => simulator.open(`/lightning/r/Case/${id}/view`), found.Id);
  await clicks(desk, 'SuppliedPhone');
  await desk.network('answer');
  await desk.inPhase('connected');
  await desk.says('related', /\(Related to\): dialed from there$/);
  await open(desk, 'Lead', 'Lena Ortiz');
  await desk.press('take-page');
  await desk.says('related', 'Log on Lena Ortiz (Name): your choice');
  log = await logged(desk, 'Reached');
  assert.deepEqual([log.WhoId, log.WhatId], [lena, undefined], 'Salesforce refuses a lead beside a case');
});

test('who is made in the window that opened for the call has the log', async () => {
  const desk = await house.desk({ query: { user: 'Ines Admin' } });
  await desk.minimise();
  const layout = await desk.lightning((simulator) => simulator.org().layouts[0].id);
  await desk.lightning((simulator, id) => simulator.open(`/lightning/setup/SoftphoneLayout-${id}/home`), layout);
  const form = desk.page.getByTestId('layout');
  await form.getByLabel('When nothing matches').selectOption('new Contact');
  await form.getByRole('button', { name: 'Save' }).click();
  await desk.lightning((simulator) => simulator.open('/lightning/page/home'));
  await desk.openPanel();
  await desk.calls({ number: STRANGER });
  await until('there is a window', async () => (await desk.pageState()).modal);
  // The window lies over the panel, as it does in Salesforce.
  await desk.by('answer').focus();
  await desk.page.keyboard.press('Enter');
  await desk.inPhase('connected');
  await pause(SETTLES);
  const window = desk.page.getByTestId('new-record');
  await window.locator('input[name=LastName]').fill('Newman');
  await window.getByRole('button', { name: 'Save' }).click();
  await desk.says('related', 'Log on Newman (Name): made for this call');
  const log = await logged(desk, 'Resolved');
  assert.equal(log.WhoId, await desk.find('Contact', 'Newman'));
});

test('of several with the number none is guessed: the log goes at once, and on whom the agent names later', async () => {
  const desk = await house.desk();
  await talks(desk, { number: TWO_HAVE_IT });
  await until('both are offered', () => desk.has('match-1'));
  await desk.says('related', 'The log is on no record yet.');
  // No record's page is in view that could take it.
  await desk.lightning((simulator) => simulator.open('/lightning/page/home'));
  const log = await logged(desk, 'Resolved');
  assert.deepEqual([log.WhoId, log.WhatId], [undefined, undefined]);
  await desk.press('recent');
  const tina = await desk.find('Contact', 'Tina Fields');
  await desk.choose('log-record', tina);
  await desk.press('log-move');
  await until('the same Task is on Tina', async () => {
    const tasks = await desk.tasks();
    return tasks.length === 1 && tasks[0].WhoId === tina;
  });
});

test('where the settings say so a log without a record waits, is seen to, and is saved once it has one', async () => {
  const desk = await house.desk({ set: { 'hookswitchLog.logUnassociated': 'false' } });
  await talks(desk, { number: TWO_HAVE_IT });
  await until('both are offered', () => desk.has('match-1'));
  await desk.lightning((simulator) => simulator.open('/lightning/page/home'));
  await desk.press('hangup');
  await desk.wrapUp('Resolved', 'Which of the two?');
  await until('the log waits for the agent', () =>
    desk.by('log-state').evaluateAll((logs) => logs.some((log) => log.getAttribute('data-state') === 'unassociated')));
  await desk.says('log-state', 'it belongs to no record');
  assert.deepEqual(await desk.tasks(), []);
  const tina = await desk.find('Contact', 'Tina Fields');
  await desk.choose('log-record', tina);
  await desk.press('log-move');
  const log = await desk.log();
  assert.deepEqual([log.WhoId, log.Description], [tina, 'Which of the two?']);
  await until('nothing waits any more', async () => (await desk.by('log-state').count()) === 0);
});

test('the caller’s open case is offered, opens with a click, and takes the log together with the caller', async () => {
  const desk = await house.desk({ set: { 'hookswitchIdentity.apexClass': 'Hookswitch' } });
  const ada = await desk.find('Contact', 'Ada Byron');
  const [found] = (await desk.lightning((simulator) => simulator.records('Case'))).filter((one) => one.ContactId === ada);
  await talks(desk, ADA);
  const cases = desk.by('cases').getByRole('button');
  await until('the case is offered', () => cases.count());
  assert.deepEqual(await cases.allTextContents(), [`${found.CaseNumber} ${found.Subject}`]);
  await desk.says('related', 'Log on Ada Byron (Name)');
  await cases.first().click();
  await desk.says('related', `Log on ${found.CaseNumber} ${found.Subject} (Name and Related to): your choice`);
  await until('the case is open', async () => (await desk.pageState()).path === `/lightning/r/Case/${found.Id}/view`);
  assert.equal(await cases.first().getAttribute('aria-pressed'), 'true');
  await desk.says('caller', 'Ada Byron');
  const log = await logged(desk, 'Resolved');
  assert.deepEqual([log.WhatId, log.WhoId], [found.Id, ada]);

  // Nobody of the other one's company has an open case.
  await talks(desk, { number: '+1 (305) 555-0119' });
  await desk.says('related', 'Log on Carlos Ruiz');
  assert.equal(await cases.count(), 0);
});

test('where the settings say so the open cases open in the console beside the customer', async () => {
  const desk = await house.desk({ query: { app: 'console' }, set: { 'hookswitchIdentity.apexClass': 'Hookswitch', 'hookswitchPop.openCases': 'open' } });
  await talks(desk, ADA);
  const tabs = desk.page.getByTestId('tabs');
  await until('both are open', async () => /Ada Byron.*Robot arm|Robot arm.*Ada Byron|Ada Byron.*0000/s.test((await tabs.textContent()) ?? ''), 15_000);
  await desk.says('related', 'Log on Ada Byron', 2_000);
});
