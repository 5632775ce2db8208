// The built product against a real Asterisk: our panel in the simulated Salesforce page takes and places calls, and logs them.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';

import { HOLD_HZ } from './lab/asterisk.mjs';
import { AGENT_HZ, FAR_HZ, openLab, silent } from './lab/lab.mjs';
import { Agent, serveProduct } from './lab/product.mjs';
import { sleep, until } from './lab/wait.mjs';

/** A contact of the simulated org, and the number under which the customer of these tests calls. */
const CONTACT = 'Ada Byron';
const CUSTOMER = '+14155550107';

const { lab, product, skip } = await openLab({ product: serveProduct });

describe('panel over sip', { skip, timeout: 360_000 }, () => {
  /** @type {import('./lab/lab.mjs').FarEnd} */
  let far;
  /** @type {Agent} */
  let agent;

  before(async () => {
    far = await lab.farEnd();
    agent = await Agent.open(lab, product);
  });
  after(() => lab.close());
  // A failed test must not take the next ones with it.
  afterEach(async () => {
    for (const button of ['hangup', 'decline', 'finish']) {
      if (await agent.at(button).isVisible()) await agent.press(button);
      await sleep(200);
    }
  });

  /** The customer calls and the agent answers. */
  async function answered() {
    const outside = await far.do('call', '61001');
    await agent.phase('alerting');
    await agent.press('answer');
    await agent.phase('connected');
    await far.is(outside, 'talking');
    return outside;
  }

  /** Ends wrap-up and gives the call's task. */
  async function wrapUp({ disposition, notes }) {
    await agent.phase('wrapUp');
    if (disposition) await agent.at('disposition').selectOption(disposition);
    if (notes) await agent.at('notes').fill(notes);
    await agent.press('finish');
    const finished = (task) => task.Status === 'Completed' && (!notes || task.Description?.includes(notes));
    return until('the call is a finished task', async () => (await agent.simulator('tasks')).findLast(finished));
  }

  /** Whether a task has these fields, and which person it hangs on. */
  async function assertTask(task, fields) {
    const found = Object.fromEntries(Object.keys(fields).map((name) => [name, task[name]]));
    assert.deepEqual(found, fields);
    assert.equal(task.WhoId, await agent.simulator('find', 'Contact', CONTACT));
    assert.ok(task.CallObject, 'the task carries the call’s key');
  }

  test('an inbound call is heard both ways, silent on hold and on mute, and becomes a task', async () => {
    const tasks = (await agent.simulator('tasks')).length;
    const outside = await far.do('call', '61001');
    await agent.phase('alerting');
    assert.match(await agent.at('call').innerText(), /4155550107/);
    await until('Salesforce shows the contact', async () => (await agent.simulator('page')).path.includes(await agent.simulator('find', 'Contact', CONTACT)));
    await agent.press('answer');
    await agent.phase('connected');
    await agent.hears(FAR_HZ);
    await far.hears(outside, AGENT_HZ);

    await agent.press('hold');
    await agent.phase('held');
    await far.hears(outside, HOLD_HZ);
    await sleep(400);
    await silent(() => far.level(outside, AGENT_HZ), 'the held customer hears the agent');
    await silent(() => agent.level(FAR_HZ), 'the agent hears the held customer');
    await agent.press('retrieve');
    await agent.phase('connected');
    await agent.hears(FAR_HZ);
    await far.hears(outside, AGENT_HZ);

    await agent.press('mute');
    await agent.at('muted').waitFor();
    await sleep(400);
    await silent(() => far.level(outside, AGENT_HZ), 'the customer hears a muted agent');
    await agent.hears(FAR_HZ);
    await agent.press('mute');
    await agent.at('muted').waitFor({ state: 'hidden' });
    await far.hears(outside, AGENT_HZ);

    await agent.press('hangup');
    await far.is(outside, 'was hung up');
    const task = await wrapUp({ disposition: 'Resolved', notes: 'Asked about the robot arm' });
    await assertTask(task, { CallType: 'Inbound', CallDisposition: 'Resolved', Status: 'Completed' });
    assert.ok(task.CallDurationInSeconds >= 5 && task.CallDurationInSeconds < 120, `${task.CallDurationInSeconds} s`);
    assert.equal((await agent.simulator('tasks')).length, tasks + 1);
  });

  test('an outbound call rings, is heard both ways, and becomes a task when the far end hangs up', async () => {
    const seen = await far.do('count');
    await agent.at('dial-input').fill(CUSTOMER);
    await agent.press('dial');
    const outside = await far.rings(seen);
    await agent.phase('delivered');
    await far.do('answer', outside);
    await agent.phase('connected');
    await agent.hears(FAR_HZ);
    await far.hears(outside, AGENT_HZ);
    await far.do('hangUp', outside);
    const task = await wrapUp({ disposition: 'Reached', notes: 'Will call back on Monday' });
    await assertTask(task, { CallType: 'Outbound', CallDisposition: 'Reached', Status: 'Completed' });
  });

  test('digits pressed fast arrive at the server as they were pressed', async () => {
    const since = lab.ami.events.length;
    await agent.at('dial-input').fill('800');
    await agent.press('dial');
    await agent.phase('connected');
    await agent.press('keypad');
    await agent.frame.locator('[data-testid=digit-1] >> visible=true').first().focus();
    // No hash: Asterisk's reader takes it for the end.
    const digits = '1594*0782';
    await agent.page.keyboard.type(digits, { delay: 15 });
    await until('the panel shows the digits as sent', async () => (await agent.at('digits-sent').innerText()).trim() === digits, 8_000);
    const isDigits = (event) => event.Event === 'UserEvent' && event.UserEvent === 'Digits';
    const event = await lab.ami.event('the server tells which digits arrived', isDigits, { since, ms: 20_000 });
    assert.equal(event.Digits, digits);
    await agent.at('hangup').waitFor({ state: 'hidden' });
  });

  test('a declined call tells the caller so, and is over on the panel', async () => {
    const outside = await far.do('call', '61001');
    await agent.phase('alerting');
    await agent.press('decline');
    await far.is(outside, 'failed', 3_000);
    await agent.at('answer').waitFor({ state: 'hidden' });
  });

  test('a busy number is said to be busy', async () => {
    await agent.at('dial-input').fill('604');
    await agent.press('dial');
    await agent.frame.getByText('The number is busy').first().waitFor();
  });

  test('after a restart of the server while idle the panel is connected again and the next call works', async () => {
    await agent.frame.locator('[data-testid=connection][data-phone=ready]').waitFor();
    const noticed = agent.frame.locator('[data-testid=connection][data-phone=reconnecting]').waitFor();
    await Promise.all([noticed, lab.server.restart('SIGKILL')]);
    await agent.frame.locator('[data-testid=connection][data-phone=ready]').waitFor({ timeout: 60_000 });
    await until('the far end is registered again', () => far.do('registered'), 20_000);
    const outside = await answered();
    await agent.hears(FAR_HZ);
    await far.hears(outside, AGENT_HZ);
    await far.do('hangUp', outside);
    await wrapUp({});
    assert.deepEqual(agent.errors, []);
  });

  test('a page closed while it rings tells the caller at once that nobody is there', async () => {
    const outside = await far.do('call', '61001');
    await agent.phase('alerting');
    await agent.close();
    await far.is(outside, 'failed', 3_000);
    assert.equal(await far.do('status', outside), 480);
    agent = await Agent.open(lab, product);
  });

  test('a refused sign-in is said to be refused, and the right one works without a reload', async () => {
    await agent.close();
    agent = await Agent.open(lab, product, { password: 'wrong', ready: false });
    await agent.at('signin-refused').waitFor({ timeout: 15_000 });
    await agent.signIn('1001', 'pw1001');
    await agent.at('dial-input').waitFor({ timeout: 15_000 });
    const outside = await answered();
    await agent.press('hangup');
    await far.is(outside, 'was hung up');
  });
});
