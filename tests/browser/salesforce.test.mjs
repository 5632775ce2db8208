// Living inside Lightning: console and standard navigation, blocked cookies, person accounts, cases, a host with moods.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { ADA } from './lib/people.mjs';
import { until } from './lib/wait.mjs';

// A browser of the strict kind: no cookies and no shared storage for pages in foreign frames.
const house = houseOfTests({ flags: ['--test-third-party-cookie-phaseout'] });

for (const app of ['Service', 'Service Console']) {
  test(`fifty pages during a call leave it alone, in ${app}`, async () => {
    const desk = await house.desk({ query: { app } });
    await desk.calls(ADA);
    await desk.press('answer');
    await desk.inPhase('connected');
    await desk.shows('Contact', 'Ada Byron');
    const frame = (await desk.pageState()).softphone.url;
    const ids = (await desk.lightning((simulator) => [...simulator.records('Contact'), ...simulator.records('Account')])).map((record) => record.Id);
    for (let page = 0; page < 50; page += 1) await desk.lightning((simulator, id) => simulator.open(`/${id}`), ids[page % ids.length]);
    assert.equal((await desk.pageState()).softphone.url, frame, 'the softphone was never loaded again');
    assert.equal(await desk.phase(), 'connected');
    assert.equal((await desk.outside()).to.state, 'connected');
    await desk.network('hangUp');
    await desk.wrapUp('Resolved', '');
    assert.equal((await desk.log()).WhoId, await desk.find('Contact', 'Ada Byron'), 'the caller, not the page in view, has the log');
    assert.deepEqual(desk.errors, []);
  });
}

test('in a console the customer opens in a tab of its own, and once', async () => {
  const desk = await house.desk({ query: { app: 'console' } });
  await desk.calls(ADA);
  await desk.inPhase('alerting');
  await until('the tab is there', async () => (await desk.page.getByTestId('tabs').textContent())?.includes('Ada Byron'));
  assert.equal(await desk.page.getByTestId('tabs').getByRole('tab').count(), 1);
});

test('a person account gets the log and shows it', async () => {
  const desk = await house.desk();
  await desk.calls({ number: '+1 212 555 0142', name: '' });
  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.shows('Account', 'Grace Hopper');
  await desk.network('hangUp');
  await desk.wrapUp('Resolved', 'Spoke to Grace.');
  const log = await desk.log();
  const [grace] = (await desk.lightning((simulator) => simulator.records('Account'))).filter((account) => account.Name === 'Grace Hopper');
  assert.deepEqual([log.WhoId, log.WhatId], [grace.PersonContactId, grace.Id], 'the person and the account');
  await until('her timeline has it', () => desk.page.getByTestId('timeline').getByText('Spoke to Grace.').count());
});

test('a number clicked before the phone has enabled it is not there to be clicked, and is a moment later', async () => {
  const desk = await house.desk({ ready: false, query: { hostDelay: '4000' } });
  const tom = await desk.find('Contact', 'Tom Fields');
  await desk.lightning((simulator, id) => simulator.open(`/lightning/r/Contact/${id}/view`), tom);
  await until('the number is text', () => desk.page.getByTestId('record').getByTestId('phone-disabled').count());
  assert.equal(await desk.lightning((simulator, id) => simulator.click(id), tom), 'disabled');
  await until('the number can be clicked', () => desk.page.getByTestId('record').getByTestId('phone').count(), 20_000);
  await desk.page.getByTestId('record').getByTestId('phone').first().click();
  await desk.outsideIs('alerting');
  assert.equal((await desk.lightning((simulator) => simulator.network().calls.filter((call) => !call.ended && call.from.extension !== ''))).length, 1);
});

test('a refused log says why, stays with the agent, and is sent when the agent says so', async () => {
  const desk = await house.desk();
  await desk.fault('saveLog', { fault: 'failing', code: 'GENERIC_ERROR' });
  await desk.serves(ADA, 'Resolved', 'Keep me.');
  await until('the log needs the agent', () =>
    desk.by('log-state').evaluateAll((logs) => logs.some((log) => log.getAttribute('data-state') === 'failed')), 20_000);
  await desk.says('log-state', 'A fault was injected');
  await desk.fault('saveLog', null);
  await desk.press('log-resend');
  assert.equal((await desk.log()).Description, 'Keep me.');
});

test('a log whose answer is lost is not made twice', async () => {
  const desk = await house.desk();
  await desk.fault('saveLog', { fault: 'lostReply' }, 1);
  await desk.serves(ADA, 'Resolved', 'Once.');
  await until('the panel is in doubt and says so', () =>
    desk.by('log-state').evaluateAll((logs) => logs.some((log) => log.getAttribute('data-state') === 'unconfirmed')), 40_000);
  assert.equal((await desk.tasks()).length, 1, 'Salesforce has it, once');
  assert.equal((await desk.asked('saveLog')).filter((args) => args.object.Id === undefined).length, 1, 'it was asked for once');
});

test('a host that is silent for a while is told of, and CRM features come back by themselves', async () => {
  const desk = await house.desk();
  await desk.fault('', { fault: 'silent' });
  await desk.calls(ADA);
  await desk.inPhase('alerting');
  await desk.says('notice-crm', 'Salesforce does not answer', 40_000);
  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.fault('', null);
  await until('the notice is gone', async () => !(await desk.has('notice-crm')), 40_000);
  await desk.network('hangUp');
  await desk.wrapUp('Resolved', '');
  await desk.log();
});

test('the user menu logs another agent in, with that agent\u2019s own extension', async () => {
  const desk = await house.desk({ ready: false, minimised: true, query: { user: 'Alex Agent' } });
  await desk.page.getByTestId('user').selectOption({ label: 'Bea Agent' });
  await until('Bea\u2019s phone is ready', async () =>
    (await desk.lightning((simulator) => simulator.network().agents)).some((agent) => agent.extension === '1002' && agent.pages > 0), 20_000);
});
