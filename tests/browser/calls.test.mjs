// Whole calls in a real Chromium: panel, Open CTI and Task. Each story runs with the panel open and once more with it minimised.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { ADA } from './lib/people.mjs';
import { stays, until } from './lib/wait.mjs';

const house = houseOfTests();

/**
 * A story that holds whether the agent looks at the panel or not.
 *
 * @param {string} name
 * @param {(desk: import('./lib/desk.mjs').Desk) => Promise<void>} tell
 * @param {Parameters<typeof house.desk>[0]} [options]
 */
function story(name, tell, options) {
  for (const minimised of [false, true]) {
    test(minimised ? `${name}, with the panel minimised` : name, async () => {
      const desk = await house.desk({ ...options, minimised });
      await tell(desk);
      const wire = await desk.lightning((simulator) => simulator.messages());
      assert.deepEqual(wire.filter((entry) => entry.message.response?.success === false), [], 'Salesforce refused nothing');
      const made = (await desk.asked('saveLog')).filter((args) => args.object.Id === undefined);
      const here = (await desk.tasks()).filter((task) => made.some((args) => args.object.CallObject === task.CallObject));
      assert.equal(made.length, here.length, 'each log was created once and then updated');
      assert.deepEqual(desk.errors, [], 'no error went uncaught on the page');
    });
  }
}

/** The ring opens the panel, which the minimised story shuts again. @param {import('./lib/desk.mjs').Desk} desk */
async function rings(desk) {
  await desk.inPhase('alerting');
  await until('the ring opens the panel', () => desk.panelIsOpen());
  await until('the button in the utility bar tells of it', async () => (await desk.pageState()).bar.itemLabel === 'Incoming call');
  if (desk.minimised) await desk.minimise();
}

story('a known customer calls, is served, and the call is a task on the contact', async (desk) => {
  await desk.calls({ ...ADA, queue: 'Support' });
  await rings(desk);
  await desk.says('caller', 'Ada Byron');
  await desk.says('queue', 'Support');
  const ada = await desk.shows('Contact', 'Ada Byron');
  assert.deepEqual((await desk.asked('searchAndScreenPop')).map((args) => args.callType), ['inbound'], 'searched once');

  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.outsideIs('connected');
  await desk.press('hold');
  await desk.inPhase('held');
  await desk.press('retrieve');
  await desk.inPhase('connected');
  await desk.press('mute');
  await until('the caller no longer hears the agent', async () => (await desk.outside()).to.muted);
  await desk.press('mute');
  await desk.press('keypad');
  for (const digit of '42#') await desk.press(`digit-${digit === '#' ? 'hash' : digit}`);
  await until('the caller hears the digits', async () => (await desk.outside()).to.digits === '42#');
  await desk.press('hangup');
  await desk.wrapUp('Resolved', 'Robot arm runs again.');

  const log = await desk.log();
  assert.equal(log.WhoId, ada);
  assert.equal(log.CallType, 'Inbound');
  assert.equal(log.CallDisposition, 'Resolved');
  assert.equal(log.Description, 'Robot arm runs again.');
  assert.ok(log.CallDurationInSeconds >= 0 && log.CallDurationInSeconds < 60, `${log.CallDurationInSeconds} s`);
  const saved = await desk.asked('saveLog');
  assert.equal(saved.filter((args) => args.object.Id === undefined).length, 1, 'the task was created once');
  await until('the timeline shows it', () => desk.page.getByTestId('task-notes').getByText('Robot arm runs again.').count());
});

story('an unknown customer calls: nothing pops, and the log waits for a record', async (desk) => {
  const before = (await desk.pageState()).path;
  await desk.calls({ number: '+1 212 555 0190', name: '' });
  await rings(desk);
  await desk.says('caller', '212 555 0190');
  await until('the search found nobody', async () => (await desk.answered('searchAndScreenPop')).length > 0);
  await until('the panel says so', () => desk.has('matches-state'));
  assert.equal((await desk.pageState()).path, before, 'the page stayed where it was');
  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.network('hangUp');
  await desk.wrapUp('Wrong number', 'Wanted a pizza.');
  const log = await desk.log();
  assert.deepEqual([log.WhoId, log.WhatId, log.CallDisposition], [undefined, undefined, 'Wrong number']);
});

story('two customers share the number: the agent chooses, and the choice gets the log', async (desk) => {
  await desk.calls({ number: '(650) 555-0133' });
  await rings(desk);
  await until('both are offered', () => desk.has('matches'));
  const [response] = await until('the search is answered', async () => {
    const answers = await desk.answered('searchAndScreenPop');
    return answers.length > 0 && answers;
  });
  const found = Object.keys(response.returnValue);
  assert.equal(found.length, 2, `two records in ${JSON.stringify(found)}`);
  await until('Lightning shows the search', async () => /search/.test((await desk.pageState()).path));
  await desk.press('answer');
  await desk.inPhase('connected');
  const names = await Promise.all([0, 1].map((index) => desk.text(`match-${index}`)));
  const tina = names.findIndex((name) => name.includes('Tina'));
  assert.ok(tina >= 0, `Tina is among ${names}`);
  await desk.press(`match-${tina}`);
  await desk.network('hangUp');
  await desk.wrapUp('Follow-up', '');
  assert.equal((await desk.log()).WhoId, await desk.find('Contact', 'Tina Fields'));
});

story('a call by dial pad reaches the customer and is logged as outbound', async (desk) => {
  await until('there is a dial pad', () => desk.has('dial-input'));
  for (const digit of '4155550107') await desk.press(`digit-${digit}`);
  await desk.press('dial');
  await desk.outsideIs('alerting');
  await desk.inPhase('delivered');
  await desk.network('answer');
  await desk.inPhase('connected');
  await desk.says('caller', 'Ada Byron');
  await desk.press('hangup');
  await desk.wrapUp('Reached', 'Called back.');
  const log = await desk.log();
  assert.deepEqual([log.CallType, log.WhoId, log.CallDisposition], ['Outbound', await desk.find('Contact', 'Ada Byron'), 'Reached']);
});

story('a click on a number opens the panel and calls the record it stands on', async (desk) => {
  const tom = await desk.find('Contact', 'Tom Fields');
  await desk.lightning((simulator, id) => simulator.open(`/lightning/r/Contact/${id}/view`), tom);
  await desk.shows('Contact', 'Tom Fields');
  await desk.page.getByTestId('record').getByTestId('phone').first().click();
  await until('the panel opens', () => desk.panelIsOpen());
  if (desk.minimised) await desk.minimise();
  await desk.outsideIs('alerting');
  await desk.says('caller', 'Tom Fields');
  await desk.network('answer');
  await desk.inPhase('connected');
  await desk.network('hangUp');
  await desk.wrapUp('Reached', '');
  const log = await desk.log();
  // Two contacts have this number; the one that was clicked is meant.
  assert.deepEqual([log.CallType, log.WhoId], ['Outbound', tom]);
  assert.equal((await desk.messages('onClickToDial')).filter((entry) => entry.direction === 'toSoftphone').length, 1);
});

story('a declined call is over at once and logged without a conversation', async (desk) => {
  await desk.calls(ADA);
  await rings(desk);
  await desk.press('decline');
  await desk.inPhase('');
  await until('the caller is gone', async () => !(await desk.outside()));
  const log = await desk.log();
  assert.deepEqual([log.CallType, log.CallDurationInSeconds ?? 0], ['Inbound', 0]);
});

story('a caller who gives up leaves a missed call and one log', async (desk) => {
  await desk.calls({ ...ADA, givesUpAfterMs: 1_500 });
  await rings(desk);
  await desk.inPhase('');
  await until('the panel tells of the missed call', () => desk.has('problem'));
  const log = await desk.log();
  assert.deepEqual([log.CallType, log.CallDurationInSeconds ?? 0], ['Inbound', 0]);
  assert.equal(log.WhoId, await desk.find('Contact', 'Ada Byron'));
});

story('a call answered in another place stops ringing and leaves no log', async (desk) => {
  await desk.calls({ ...ADA, queue: 'Support' });
  await rings(desk);
  await desk.network('answeredElsewhere');
  await desk.inPhase('');
  await stays('no log', 1_500, async () => (await desk.tasks()).length === 0);
  assert.deepEqual(await desk.asked('saveLog'), []);
});

story('the page reloaded in a call shows the call again, with its notes, and logs it once', async (desk) => {
  await desk.calls(ADA);
  await rings(desk);
  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.write('notes', 'Before the reload.');
  await until('the notes are kept', async () => (await desk.asked('saveLog')).length > 0);
  // Notes are to survive two seconds after they were typed; the promise is no better than that.
  await new Promise((done) => setTimeout(done, 2_000));
  await desk.reload();
  await desk.inPhase('connected', 20_000);
  await desk.says('caller', 'Ada Byron');
  assert.equal((await desk.outside()).to.state, 'connected', 'the call never broke');
  await until('the notes are back', async () => (await desk.by('notes').inputValue()) === 'Before the reload.');
  await desk.press('hangup');
  await desk.inPhase('wrapUp');
  await desk.choose('disposition', 'Resolved');
  await desk.press('finish');
  const log = await desk.log();
  assert.deepEqual([log.Description, log.CallDisposition], ['Before the reload.', 'Resolved']);
});

for (const minimised of [false, true]) {
  test(`a host that is 20 s late: the call rings at once, pop and log come once, later${minimised ? ', with the panel minimised' : ''}`, async () => {
    const context = await house.context();
    const first = await house.desk({ context });
    const { extension } = first;
    await first.page.close();

    const desk = await house.desk({ context, minimised, ready: false, query: { extension, hostDelay: '20000' } });
    await desk.ready();
    await desk.calls(ADA);
    await desk.inPhase('alerting', 3_000);
    await desk.press('answer');
    await desk.inPhase('connected');
    assert.deepEqual(await desk.tasks(), []);
    await until('Lightning shows Ada once it can', async () => (await desk.pageState()).path.includes('/r/Contact/'), 40_000);
    const pops = (await desk.answered('searchAndScreenPop')).filter((answer) => answer.success);
    assert.equal(pops.length, 1, 'one pop');
    await desk.network('hangUp');
    await desk.wrapUp('Resolved', 'Late, but there.');
    assert.equal((await desk.log()).WhoId, await desk.find('Contact', 'Ada Byron'));
  });

  test(`with a second tab open only the first one rings, pops and logs${minimised ? ', with the panel minimised' : ''}`, async () => {
    const context = await house.context();
    const first = await house.desk({ context, minimised });
    const second = await house.desk({ context, minimised, ready: false, query: { extension: first.extension } });
    await until('the second tab says where the phone is', () => second.has('other-tab'), 20_000);
    const there = (await second.pageState()).path;
    await first.calls(ADA);
    await rings(first);
    await first.shows('Contact', 'Ada Byron');
    assert.equal(await second.phase(), '', 'the second tab does not ring');
    assert.equal((await second.pageState()).path, there, 'the second tab stays where it is');
    await first.press('answer');
    await first.inPhase('connected');
    await first.network('hangUp');
    await first.wrapUp('Resolved', '');
    await first.log();
    await until('the second tab shows the same org', async () => (await second.tasks()).length === 1);
    assert.deepEqual(await second.asked('saveLog'), []);

    // The tab that is left becomes the phone.
    await first.page.close();
    await until('the second tab takes over', () => second.has('presence'), 20_000);
    await second.calls(ADA);
    await second.inPhase('alerting');
  });
}
