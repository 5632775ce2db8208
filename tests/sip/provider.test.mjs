// The SIP provider against a real Asterisk: what each side hears, what each side is told.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { after, afterEach, before, describe, test } from 'node:test';

import { HOLD_HZ } from './lab/asterisk.mjs';
import { AGENT_HZ, FAR_HZ, openLab, silent } from './lab/lab.mjs';
import { Phone } from './lab/phone.mjs';
import { freePorts } from './lab/ports.mjs';
import { sleep, until } from './lab/wait.mjs';

const { lab, skip } = await openLab();

describe('sip provider', { skip, timeout: 240_000 }, () => {
  /** @type {import('./lab/lab.mjs').FarEnd} */
  let far;
  /** @type {Phone} */
  let phone;

  before(async () => {
    far = await lab.farEnd();
    phone = await Phone.open(lab);
  });
  after(() => lab.close());
  // A failed test must not take the next ones with it.
  afterEach(async () => {
    lab.relay.mend();
    for (const { call } of await phone.calls()) await phone.command('clearConnection', { call });
    await phone.forget();
  });

  /** The far end calls the agent, who answers. */
  async function answered(to = '1001') {
    const outside = await far.do('call', to);
    const { call } = await phone.report('delivered');
    assert.deepEqual((await phone.command('answer', { call })).type, 'done');
    await phone.report('established', { call });
    await far.is(outside, 'talking');
    return { call, outside };
  }

  async function hangUp({ call, outside }) {
    await phone.command('clearConnection', { call });
    await phone.report('connectionCleared', { call, cause: 'normal' });
    await far.is(outside, 'was hung up');
  }

  test('an inbound call carries each side to the other', async () => {
    const talk = await answered();
    await phone.hears(FAR_HZ);
    await far.hears(talk.outside, AGENT_HZ);
    await hangUp(talk);
  });

  test('an outbound call rings, is answered, and carries each side to the other', async () => {
    const seen = await far.do('count');
    assert.equal((await phone.command('makeCall', { to: '1002', record: '' })).type, 'done');
    const { call } = await phone.report('originated');
    const outside = await far.rings(seen);
    await phone.report('networkReached', { call, earlyMedia: false });
    await far.do('answer', outside);
    await phone.report('established', { call });
    await phone.hears(FAR_HZ);
    await far.hears(outside, AGENT_HZ);
    await far.do('hangUp', outside);
    await phone.report('connectionCleared', { call, cause: 'normal' });
  });

  test('on hold neither side hears the other, and after it both do', async () => {
    const talk = await answered();
    await far.hears(talk.outside, AGENT_HZ);
    assert.equal((await phone.command('hold', { call: talk.call })).type, 'done');
    await phone.report('held', { call: talk.call, by: 'agent' });
    await far.hears(talk.outside, HOLD_HZ);
    // What was said before the hold is still on its way through buffers.
    await sleep(400);
    await silent(() => far.level(talk.outside, AGENT_HZ), 'the held party hears the agent');
    await silent(() => phone.level(FAR_HZ), 'the agent hears the held party');
    assert.equal((await phone.calls())[0].state, 'held');
    assert.equal((await phone.command('retrieve', { call: talk.call })).type, 'done');
    await phone.report('retrieved', { call: talk.call, by: 'agent' });
    await far.hears(talk.outside, AGENT_HZ);
    await phone.hears(FAR_HZ);
    await hangUp(talk);
  });

  test('muted, the agent is not heard but hears, also across a hold', async () => {
    const talk = await answered();
    const { call, outside } = talk;
    await far.hears(outside, AGENT_HZ);
    await phone.command('setMute', { call, on: true });
    await phone.report('muted', { call, on: true });
    await sleep(300);
    await silent(() => far.level(outside, AGENT_HZ), 'the other side hears a muted agent');
    await phone.hears(FAR_HZ);
    await phone.command('hold', { call });
    await phone.command('retrieve', { call });
    await phone.hears(FAR_HZ);
    await silent(() => far.level(outside, AGENT_HZ), 'a retrieve unmuted the agent');
    assert.equal((await phone.calls())[0].muted, true);
    await phone.command('setMute', { call, on: false });
    await phone.report('muted', { call, on: false });
    await far.hears(outside, AGENT_HZ);
    await hangUp(talk);
  });

  test('a second caller rings beside the first, and of two calls the one that is not on hold is heard', async () => {
    const one = await answered();
    await phone.hears(FAR_HZ);
    const second = await far.do('call', '1001');
    const { call } = await phone.report('delivered');
    assert.deepEqual((await phone.calls()).map(({ state }) => state), ['connected', 'alerting']);
    await phone.hears(FAR_HZ);

    assert.equal((await phone.command('hold', { call: one.call })).type, 'done');
    assert.equal((await phone.command('answer', { call })).type, 'done');
    await far.is(second, 'talking');
    await phone.hears(FAR_HZ);
    await far.hears(second, AGENT_HZ);
    await far.hears(one.outside, HOLD_HZ);

    assert.equal((await phone.command('hold', { call })).type, 'done');
    await sleep(400);
    await silent(() => phone.level(FAR_HZ), 'both calls are on hold and one is heard');
    assert.equal((await phone.command('retrieve', { call: one.call })).type, 'done');
    await phone.hears(FAR_HZ);
    await far.hears(one.outside, AGENT_HZ);
    await far.hears(second, HOLD_HZ);

    await hangUp({ call, outside: second });
    await phone.hears(FAR_HZ);
    await hangUp(one);
  });

  for (const status of ['408 Request Timeout', '500 Server Internal Error', '491 Request Pending']) {
    test(`a hold refused with ${status} leaves the call talking, and can be tried again`, async () => {
      const talk = await answered();
      // 491 is tried once more by itself, as RFC 3261 wants it.
      await phone.forge(...(status.startsWith('491') ? [status, status] : [status]));
      const answer = await phone.command('hold', { call: talk.call });
      assert.equal(answer.type, 'refused');
      assert.equal(answer.reason, status.startsWith('408') ? 'timeout' : 'notNow');
      assert.equal(answer.detail, status);
      assert.equal((await phone.calls())[0].state, 'connected');
      await far.hears(talk.outside, AGENT_HZ);
      await phone.hears(FAR_HZ);
      assert.equal((await phone.command('hold', { call: talk.call })).type, 'done');
      await far.hears(talk.outside, HOLD_HZ);
      await hangUp(talk);
    });
  }

  test('digits typed fast arrive as they were typed', async () => {
    await digitsArrive(phone, ['1', '5', '94', '*0', '7', '2286']);
  });

  async function digitsArrive(phone, pieces) {
    const since = lab.ami.events.length;
    await phone.command('makeCall', { to: '800', record: '' });
    const { call } = await phone.report('originated');
    await phone.report('established', { call });
    // All at once and at the first moment, as fingers and scripts do: the provider waits for the sound and keeps the order.
    const answers = await Promise.all(pieces.map((digits) => phone.command('generateDigits', { call, digits })));
    assert.deepEqual(answers.map((answer) => answer.type), pieces.map(() => 'done'));
    const isDigits = (event) => event.Event === 'UserEvent' && event.UserEvent === 'Digits';
    const event = await lab.ami.event('the server tells which digits arrived', isDigits, { since, ms: 15_000 });
    assert.equal(event.Digits, pieces.join(''));
    const told = (await phone.reports()).filter((report) => report.type === 'digitsGenerated' && report.call === call);
    assert.equal(told.map((report) => report.digits).join(''), pieces.join(''));
    await phone.report('connectionCleared', { call });
  }

  test('early media is heard before anybody answers', async () => {
    await phone.command('makeCall', { to: '606', record: '' });
    const { call } = await phone.report('originated');
    await phone.report('networkReached', { call, earlyMedia: true });
    await phone.hears(1_500);
    assert.equal((await phone.calls())[0].state, 'initiated');
    await phone.command('clearConnection', { call });
    await phone.report('connectionCleared', { call, cause: 'abandoned' });
  });

  const failures = { 604: 'busy', 605: 'invalidNumber', 607: 'rejected', 608: 'noAnswer' };
  for (const [number, cause] of Object.entries(failures)) {
    test(`a dialed call that fails is reported as ${cause}`, async () => {
      await phone.command('makeCall', { to: number, record: '' });
      const { call } = await phone.report('originated');
      await phone.report('failed', { call, cause });
      assert.deepEqual(await phone.calls(), []);
    });
  }

  test('caller, queue, called number and record are read from the headers, a name with markup as text', async () => {
    const outside = await far.do('call', '71001');
    const delivered = await phone.report('delivered');
    assert.deepEqual(delivered.from, { number: '+14155550107', name: 'Ada & "Bo" <b>Example</b>' });
    assert.equal(delivered.queue, 'Support queue');
    assert.equal(delivered.called, '+15550199');
    assert.equal(delivered.record, '003000000000001AAA');
    assert.equal(delivered.kind, 'inbound');
    await far.do('hangUp', outside);
    await phone.report('connectionCleared', { call: delivered.call, cause: 'abandoned' });
  });

  test('the record of a dialed call travels in the header of the settings, and nothing else does', async () => {
    for (const [record, wanted] of [['003000000000001AAA', '003000000000001AAA'], ['003 X: y', '']]) {
      const since = lab.ami.events.length;
      await phone.command('makeCall', { to: '801', record });
      const event = await lab.ami.event('the server tells the record', (event) => event.UserEvent === 'Record', { since });
      assert.equal(event.Record ?? '', wanted);
      await phone.report('failed', { cause: 'busy' });
    }
  });

  test('a declined call tells the caller so at once', async () => {
    const outside = await far.do('call', '1001');
    const { call, kind } = await phone.report('delivered');
    assert.equal(kind, 'internal');
    await phone.command('decline', { call, cause: 'declined' });
    await phone.report('connectionCleared', { call, cause: 'declined' });
    await far.is(outside, 'failed', 2_000);
  });

  test('a call declined as busy reaches the caller as busy', async () => {
    const outside = await far.do('call', '1001');
    const { call } = await phone.report('delivered');
    await phone.command('decline', { call, cause: 'busy' });
    await far.is(outside, 'failed', 2_000);
    assert.equal(await far.do('status', outside), 486);
    await phone.report('connectionCleared', { call });
  });

  test('a call that a colleague took is cleared as answered elsewhere', async () => {
    await far.do('call', '31001');
    const { call } = await phone.report('delivered');
    await phone.report('connectionCleared', { call, cause: 'answeredElsewhere' });
  });

  test('a dropped connection is registered again, and the call goes on with its sound', async () => {
    const talk = await answered();
    lab.relay.cut();
    await phone.serves('reconnecting');
    assert.equal((await phone.command('hold', { call: talk.call })).reason, 'offline');
    await phone.hears(FAR_HZ);
    lab.relay.mend();
    await phone.serves('ready', 30_000);
    await far.hears(talk.outside, AGENT_HZ);
    assert.equal((await phone.calls()).length, 1);
    await hangUp(talk);
  });

  test('a hang-up during an outage reaches the other side after it', async () => {
    const talk = await answered();
    lab.relay.cut();
    await phone.serves('reconnecting');
    await phone.command('clearConnection', { call: talk.call });
    await phone.report('connectionCleared', { call: talk.call, cause: 'normal' });
    assert.deepEqual(await phone.calls(), []);
    lab.relay.mend();
    await phone.serves('ready', 30_000);
    await far.is(talk.outside, 'was hung up', 5_000);
  });

  test('a call that ended during an outage is cleared after it', async () => {
    const talk = await answered();
    lab.relay.cut();
    await phone.serves('reconnecting');
    const [channel] = await lab.ami.channels('1001');
    await lab.ami.act({ Action: 'Hangup', Channel: channel, Cause: '16' });
    await far.is(talk.outside, 'was hung up');
    lab.relay.mend();
    await phone.serves('ready', 30_000);
    await phone.report('connectionCleared', { call: talk.call, cause: 'lost' });
  });

  test('after a restart of the server while idle the phone registers again and the next call works', async () => {
    await lab.server.restart('SIGKILL');
    await phone.serves('reconnecting');
    await phone.serves('ready', 40_000);
    await until('the far end is registered again', () => far.do('registered'), 20_000);
    const talk = await answered();
    await phone.hears(FAR_HZ);
    await far.hears(talk.outside, AGENT_HZ);
    await hangUp(talk);
    assert.deepEqual(phone.errors, []);
  });

  // With a second agent, and last: Asterisk 16 no longer reaches the first one once the second has gone.

  test('digits arrive as they were typed when sent as INFO', async () => {
    const other = await Phone.open(lab, { user: '1003', settings: { digits: 'info' } });
    await digitsArrive(other, ['3', '1', '4', '1592']);
    await other.close();
  });

  test('a page that goes away while it rings tells the caller at once that nobody is there', async () => {
    const other = await Phone.open(lab, { user: '1003' });
    const outside = await far.do('call', '1003');
    await other.report('delivered');
    const gone = Date.now();
    await other.close();
    await far.is(outside, 'failed', 3_000);
    assert.ok(Date.now() - gone < 3_000);
    assert.equal(await far.do('status', outside), 480);
  });

  test('a page that goes away in a call ends it for the other side', async () => {
    const other = await Phone.open(lab, { user: '1003' });
    const outside = await far.do('call', '1003');
    const { call } = await other.report('delivered');
    await other.command('answer', { call });
    await far.is(outside, 'talking');
    await other.close();
    await far.is(outside, 'was hung up', 3_000);
  });

  test('a STUN server that does not answer delays a call by no more than the settings say', async () => {
    const other = await Phone.open(lab, { user: '1003', settings: { iceServers: 'stun:192.0.2.1:3478', iceWaitMs: '800' } });
    const began = Date.now();
    await other.command('makeCall', { to: '603', record: '' });
    await other.report('networkReached', {}, 5_000);
    const took = Date.now() - began;
    assert.ok(took > 700 && took < 2_000, `the call left after ${took} ms`);
    await other.close();
  });

  test('when the first server refuses, the backup server serves', async () => {
    const [closed] = await freePorts(1);
    const settings = { primaryServers: `ws://127.0.0.1:${closed}/ws`, backupServers: lab.url };
    const other = await Phone.open(lab, { user: '1003', settings, ready: false });
    const { detail } = await other.serves('reconnecting');
    assert.match(detail, new RegExp(`cannot reach ws://127.0.0.1:${closed}/ws`));
    await other.serves('ready', 15_000);
    await other.close();
  });

  test('a server that takes the connection and says nothing is left for the backup server', async (t) => {
    const silent = net.createServer(() => {}).listen(0, '127.0.0.1');
    t.after(() => silent.close());
    await once(silent, 'listening');
    const settings = { primaryServers: `ws://127.0.0.1:${silent.address().port}/ws`, backupServers: lab.url };
    const other = await Phone.open(lab, { user: '1003', settings, ready: false });
    await other.serves('ready', 20_000);
    await other.close();
  });

  test('a wrong password is told once and not tried again', async () => {
    const other = await Phone.open(lab, { user: '1003', password: 'wrong', ready: false });
    const { detail } = await other.serves('failed');
    assert.match(detail, /refused: 40[13]/);
    await sleep(2_000);
    assert.equal((await other.reports()).filter((report) => report.type === 'service').at(-1).state, 'failed');
    await other.close();
  });
});
