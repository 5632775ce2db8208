// What an admin sets in the simulated Setup, and what a softphone meets then: seen by a softphone that only knows Open CTI.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { until } from './lib/wait.mjs';

const softphone = await readFile(new URL('./foreign/softphone.html', import.meta.url), 'utf8');
const ADAPTER = 'http://softphone.localhost/phone';

const house = houseOfTests({ flags: ['--disable-features=LocalNetworkAccessChecks'] });

/** The foreign softphone in the bar, its panel shut so that the page can be clicked, and a page of Setup. @param {string} [setup] */
async function open(setup) {
  const desk = await house.desk({
    query: { adapter: ADAPTER },
    ready: false,
    minimised: true,
    before: (page) => page.route(`${ADAPTER}**`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: softphone })),
  });
  const frame = await until('the softphone is loaded', () => desk.page.frames().find((frame) => frame.parentFrame() && frame.url().startsWith(ADAPTER)));
  await until('numbers can be clicked', async () => (await desk.pageState()).clickToDial);
  if (setup) await desk.lightning((simulator, page) => simulator.open(`/lightning/setup/${page}/home`), setup);
  const heard = () => frame.evaluate('heard');
  /** Presses a button of the softphone and returns the answer it got. @param {string} button @param {string} method */
  const press = async (button, method) => {
    await frame.evaluate((method) => delete globalThis.eval('heard').answers[method], method);
    await frame.locator(`#${button}`).dispatchEvent('click');
    return until(`${method} is answered`, async () => (await heard()).answers[method]);
  };
  const home = () => desk.lightning((simulator) => simulator.open('/lightning/page/home'));
  return { desk, frame, heard, press, home, page: desk.page };
}

/** The contact that the softphone finds. @param {Awaited<ReturnType<typeof open>>} at */
async function found(at) {
  const { returnValue } = await at.press('find', 'searchAndScreenPop');
  return returnValue[Object.keys(returnValue)[0]];
}

test('a validation rule added in Setup refuses a log in the admin’s words, and its removal ends that', async () => {
  const at = await open('Rules');
  await found(at);
  await at.desk.lightning((simulator) => simulator.open('/lightning/setup/Rules/home'));
  await at.page.getByTestId('validation-rules').getByRole('button', { name: 'Add the rule' }).click();
  const refused = await at.press('log', 'saveLog');
  assert.deepEqual(refused.errors[0].details, [{ message: 'Choose a call result: [CallDisposition]' }]);
  await at.page.getByTestId('validation-rules').getByRole('button', { name: 'Remove' }).click();
  assert.equal((await at.press('log', 'saveLog')).success, true);
});

test('a field hidden from the profile does not come back, and a record type made its default is on the next log', async () => {
  const at = await open();
  assert.ok('Phone' in (await found(at)));
  await at.desk.lightning((simulator) => simulator.open('/lightning/setup/Profiles/home'));
  const profiles = at.page.getByTestId('profiles');
  await profiles.getByRole('row', { name: /Call \(Call\)/ }).getByLabel('default').check();
  await profiles.locator('select').nth(1).selectOption('Contact');
  await profiles.locator('[data-field=Phone] select').selectOption('hidden');
  assert.ok(!('Phone' in (await found(at))));
  const { returnValue } = await at.press('log', 'saveLog');
  const [task, types] = await at.desk.lightning(
    (simulator, id) => [simulator.records('Task').find((task) => task.Id === id), simulator.org().recordTypes],
    returnValue.recordId,
  );
  assert.equal(types.find(({ id }) => id === task.RecordTypeId).developerName, 'Call');
});

test('a changed layout is seen late when Salesforce keeps it, and at once when the admin saves all again', async () => {
  const at = await open('SoftphoneLayouts');
  await at.page.getByTestId('layout-cache').fill('10');
  await at.page.getByTestId('layout-cache').press('Tab');
  assert.ok('Phone' in (await found(at)));

  // The admin sits at another browser tab.
  const admin = await house.desk({ query: { user: 'Ines Admin' }, context: at.page.context(), ready: false, minimised: true });
  const layout = await admin.lightning((simulator) => simulator.org().layouts[0].id);
  await admin.lightning((simulator, id) => simulator.open(`/lightning/setup/SoftphoneLayout-${id}/home`), layout);
  await admin.page.getByTestId('layout').getByLabel('Objects and the fields').first().fill('Contact: Name');
  await admin.page.getByTestId('layout').getByRole('button', { name: 'Save' }).click();
  await until('the layout is saved', async () => (await admin.page.getByTestId('toast').innerText()).includes('Saved'));
  assert.ok('Phone' in (await found(at)), 'not seen yet');

  await admin.lightning((simulator) => simulator.open('/lightning/setup/SoftphoneLayouts/home'));
  await admin.page.getByRole('button', { name: 'Save all again' }).click();
  await until('it is seen', async () => !('Phone' in (await found(at))));
});

test('a contact that is there already is pointed out in the window, and saved at the second press', async () => {
  const at = await open('Rules');
  const rules = at.page.getByTestId('duplicate-rules');
  await rules.getByLabel('The agent may save all the same').check();
  await rules.getByRole('button', { name: 'Add the rule' }).click();
  await at.press('make', 'screenPop');
  const window = at.page.getByTestId('new-record');
  await window.getByRole('button', { name: 'Save' }).click();
  await until('the duplicate is named', async () => (await window.getByRole('alert').innerText()).includes('Ada Byron'));
  await window.getByRole('button', { name: 'Save' }).click();
  await until('it is saved', () => at.desk.lightning((simulator) => simulator.records('Contact').filter(({ Name }) => Name === 'Ada Byron').length === 2));
});

test('a second window for a new record says that it has replaced the first', async () => {
  const at = await open();
  await at.press('make', 'screenPop');
  assert.equal(await at.page.getByTestId('lost-window').count(), 0);
  await at.page.getByTestId('new-record').locator('input[name=Title]').fill('typed and lost');
  await at.press('make', 'screenPop');
  await until('the page says so', () => at.page.getByTestId('lost-window').count());
  await at.page.getByTestId('new-record').getByRole('button', { name: 'Cancel' }).click();
  await at.press('make', 'screenPop');
  assert.equal(await at.page.getByTestId('lost-window').count(), 0, 'the first was settled');
});

test('a step of the work queue is told, clicked and done with', async () => {
  const at = await open();
  await found(at);
  await at.home();
  const step = at.page.getByTestId('work-step').first();
  await step.getByTestId('work-start').click();
  await until('the softphone heard of both', async () => (await at.heard()).works.length === 1 && (await at.heard()).clicks.length === 1);
  const { works, clicks } = await at.heard();
  assert.equal(works[0].attributes.to, clicks[0].number);
  await at.press('log', 'saveLog');
  assert.equal((await at.press('done', 'completeWork')).success, true);
  await until('the queue knows', async () => (await step.getByTestId('work-done').innerText()).includes('Connected'));
});

test('a component’s message reaches the softphone that subscribed, and a channel without a listener says so', async () => {
  const at = await open();
  await at.desk.lightning((simulator) => simulator.drawer('channels'));
  const channels = at.page.getByTestId('channels');
  await channels.getByRole('button', { name: 'Publish' }).click();
  await until('nobody listens there', async () => (await at.page.getByTestId('toast').innerText()).includes('has not subscribed to HookswitchCalls__c'));
  await channels.getByLabel('Channel').fill('Foreign__c');
  await channels.getByLabel('Message, in JSON').fill('{ "to": "+14155550100" }');
  await channels.getByRole('button', { name: 'Publish' }).click();
  await until('the softphone heard it', async () => (await at.heard()).messages.length === 1);
  assert.deepEqual((await at.heard()).messages, [{ to: '+14155550100' }]);
});

test('a directory number added in Setup is in the org, for all call centers or for one’s own', async () => {
  const at = await open('DirectoryNumbers');
  const page = at.page.getByTestId('directory-numbers');
  await page.getByLabel('Name').fill('Night desk');
  await page.getByLabel('Phone').fill('1991');
  await page.getByLabel('For your own call center only').check();
  await page.getByRole('button', { name: 'Add the number' }).click();
  const number = await until('it is there', () => at.desk.lightning((simulator) => simulator.org().directoryNumbers.find(({ name }) => name === 'Night desk')));
  assert.ok(number.callCenter);
});
