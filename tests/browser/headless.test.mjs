// The npm module with several calls: what a vendor's provider is asked, and what the snapshot says of it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openHouse } from './lib/house.mjs';

/** @type {Awaited<ReturnType<typeof openHouse>>} */
let house;
/** @type {import('playwright-core').Page} */
let page;
before(async () => {
  house = await openHouse();
  page = await (await house.context()).newPage();
  await page.goto(new URL('/standby/', house.server.phone).href);
  await page.evaluate(begin);
});
after(() => house.close());

/** A softphone on the page, beside a provider that notes what it is asked and says what a test has it say. */
async function begin() {
  // @ts-ignore It is a module of the built product.
  const { default: init, Softphone } = await import('/example/hookswitch/headless.js');
  await init();
  const abilities = ['clearCall', 'clearParty', 'conference', 'deflect', 'digits', 'hold', 'holdParty', 'leave', 'mute', 'muteParty', 'recording'];
  const more = ['singleStepConference', 'singleStepTransfer', 'transfer'];
  const capabilities = { ...Object.fromEntries([...abilities, ...more].map((ability) => [ability, true])), conferenceSize: 4 };
  const test = {
    asked: /** @type {any[]} */ ([]),
    host: /** @type {any} */ (null),
    phone: /** @type {any} */ (null),
    /** What was asked since the last time, without the questions of every half minute. */
    take: () => test.asked.splice(0).filter((command) => command.type !== 'sync'),
    say: async (/** @type {any[]} */ ...reports) => {
      for (const report of reports) test.host.report(report);
      await new Promise((done) => setTimeout(done, 20));
    },
    code: (/** @type {() => void} */ work) => {
      try {
        work();
        return '';
      } catch (error) {
        return /** @type {any} */ (error).code;
      }
    },
  };
  const provider = (/** @type {any} */ host) => {
    test.host = host;
    const later = (/** @type {any[]} */ ...reports) => queueMicrotask(() => reports.forEach((report) => host.report(report)));
    return {
      start: () => later({ type: 'account', identity: 'me' }, { type: 'capabilities', capabilities }, { type: 'service', state: 'ready', detail: '' }),
      command(/** @type {number} */ id, /** @type {any} */ command) {
        test.asked.push(command);
        if (command.type === 'makeCall') later({ type: 'originated', request: id, call: 'c2' });
        if (command.type === 'sync') return later({ type: 'refused', request: id, reason: 'notNow', detail: '' });
        later({ type: 'done', request: id });
      },
      sync() {},
      stop() {},
    };
  };
  test.phone = Softphone.start({
    load: () => ({ createProvider: provider }),
    settings: { '/hookswitchProvider/provider': 'custom', '/hookswitchProvider/customProviderUrl': '/example/phone', '/hookswitchCalls/notReadyReasons': 'Lunch' },
  });
  Object.assign(globalThis, { test });
  while (test.phone.snapshot().phone.state !== 'ready') await new Promise((done) => setTimeout(done, 20));
  test.take();
}

/** Runs on the page, with what `begin` made. @template T @param {(test: any) => T} work @returns {Promise<T>} */
const there = (work) => page.evaluate(`(${work})(globalThis.test)`);

test('a consultation names the call it is about, and is joined, transferred and left by both calls', async () => {
  const said = await there(async ({ phone, say, take, code }) => {
    await say({ type: 'delivered', call: 'c1', from: { number: '100', name: 'Ada' }, called: '', queue: '', kind: 'inbound', record: '', ownsLog: true });
    phone.answer(1);
    await say({ type: 'established', call: 'c1', party: null });
    take();
    phone.consult(1, '1002');
    await say({ type: 'held', call: 'c1', by: 'agent' });
    await say({ type: 'networkReached', call: 'c2', earlyMedia: false }, { type: 'established', call: 'c2', party: null });
    const consulted = take();
    const [one, two] = phone.snapshot().calls;
    const facts = { consults: two.consults, others: [one.others, two.others], phases: [one.phase, two.phase] };
    phone.alternate(1);
    await say({ type: 'held', call: 'c2', by: 'agent' }, { type: 'retrieved', call: 'c1', by: 'agent' });
    const swapped = take();
    phone.conference(1, 2);
    return { consulted, facts, swapped, joined: take(), twice: code(() => phone.transfer(1, 2)) };
  });
  assert.deepEqual(said.consulted, [{ type: 'hold', call: 'c1' }, { type: 'makeCall', to: '1002', record: '', consults: 'c1' }]);
  const other = (/** @type {number} */ call) => [{ call, conference: null, transfer: null }];
  assert.deepEqual(said.facts, { consults: 1, others: [other(2), other(1)], phases: ['held', 'connected'] });
  assert.deepEqual(said.swapped, [{ type: 'hold', call: 'c2' }, { type: 'retrieve', call: 'c1' }]);
  assert.deepEqual(said.joined, [{ type: 'conferenceCall', call: 'c1', other: 'c2' }]);
  assert.equal(said.twice, 'inProgress');
});

test('parties are held, muted and removed by the ids of the snapshot', async () => {
  const said = await there(async ({ phone, say, take, code }) => {
    const party = (/** @type {string} */ id, /** @type {string} */ number) => ({ id, party: { number, name: '' }, state: 'connected', muted: false });
    await say({ type: 'conferenced', calls: ['c1', 'c2'], call: 'c1', parties: [party('p1', '100'), party('p2', '1002')] });
    const [call] = phone.snapshot().calls;
    const bob = call.connections.find((/** @type {any} */ one) => one.party.number === '1002');
    const commands = Object.fromEntries(bob.commands.map((/** @type {any} */ one) => [one.command, one.refused]));
    phone.holdParty(1, bob.id);
    phone.muteParty(1, bob.id, true);
    phone.clearParty(1, bob.id);
    const asked = take();
    await say({ type: 'parties', call: 'c1', parties: [party('p1', '100'), { ...party('p2', '1002'), state: 'held' }] });
    phone.retrieveParty(1, bob.id);
    phone.singleStepConference(1, '1003');
    phone.setRecording(1, 'on');
    phone.clearCall(1);
    const codes = [code(() => phone.clearParty(1, 99)), code(() => phone.setRecording(1, 'loud')), code(() => phone.reconnect(1))];
    return { asked, commands, codes, more: take(), legs: call.legs.map((/** @type {any} */ leg) => leg.party.number), agent: call.connections[0].id };
  });
  const one = { call: 'c1', party: 'p2' };
  assert.deepEqual(said.asked, [{ type: 'holdParty', ...one }, { type: 'muteParty', ...one, on: true }, { type: 'clearParty', ...one }]);
  assert.deepEqual(said.commands, { clearParty: null, holdParty: null, muteParty: null, retrieveParty: 'alreadySo' });
  assert.deepEqual(said.more, [
    { type: 'retrieveParty', ...one },
    { type: 'singleStepConference', call: 'c1', to: '1003' },
    { type: 'setRecording', call: 'c1', to: 'on' },
    { type: 'clearCall', call: 'c1' },
  ]);
  assert.deepEqual(said.codes, ['unknownParty', 'badArgument', 'notConsulting']);
  assert.deepEqual([said.legs, said.agent], [['100', '1002'], null]);
});

test('a call is sent on, turned away for a reason, and transferred blindly', async () => {
  const said = await there(async ({ phone, say, take }) => {
    await say({ type: 'connectionCleared', call: 'c1', cause: 'normal' });
    for (const call of phone.snapshot().calls) if (call.phase === 'wrapUp') phone.finishWrapUp(call.id);
    take();
    const rings = (/** @type {string} */ call) => ({ type: 'delivered', call, from: { number: '200', name: '' }, called: '', queue: '', kind: 'inbound', record: '', ownsLog: false });
    const newest = () => phone.snapshot().calls.at(-1).id;
    await say(rings('c5'));
    phone.deflect(newest(), '1004');
    await say({ type: 'connectionCleared', call: 'c5', cause: 'deflected' }, rings('c6'));
    phone.declineNotReady(newest(), 'Lunch');
    await say({ type: 'connectionCleared', call: 'c6', cause: 'declined' }, rings('c7'));
    phone.answer(newest());
    await say({ type: 'established', call: 'c7', party: null });
    phone.singleStepTransfer(newest(), '1005');
    const { phase } = phone.snapshot().calls.at(-1);
    await say({ type: 'transferFailed', call: 'c7', cause: 'busy' });
    const { calls, problems, agent } = phone.snapshot();
    return { asked: take(), phase, after: calls.at(-1).phase, problem: problems.at(-1), pending: agent.pending };
  });
  assert.deepEqual(said.asked, [
    { type: 'deflect', call: 'c5', to: '1004' },
    { type: 'decline', call: 'c6', cause: 'declined' },
    { type: 'answer', call: 'c7' },
    { type: 'singleStepTransfer', call: 'c7', to: '1005', record: '' },
  ]);
  assert.deepEqual([said.phase, said.after], ['transferring', 'connected']);
  assert.deepEqual([said.problem.kind, said.problem.cause, said.problem.detail], ['transferFailed', 'busy', '']);
});

test('a self-check says of each point how it is, and nothing of Salesforce where there is none', async () => {
  const findings = await there(({ phone }) => phone.selfCheck());
  const point = (/** @type {string} */ id) => findings.find((/** @type {any} */ finding) => finding.id === id);
  assert.equal(point('provider').verdict, 'pass');
  assert.equal(point('storage').verdict, 'pass');
  assert.equal(point('microphone').verdict, 'fail', 'this computer has none');
  assert.match(point('microphone').fix, /headset/);
  assert.equal(point('layout'), undefined);
  for (const finding of findings) {
    assert.deepEqual(Object.keys(finding), ['id', 'title', 'verdict', 'words', 'fix']);
    assert.equal(finding.fix === '', finding.verdict === 'pass', finding.id);
  }
});

test('favourites and recent numbers are plain data, and the directory says why it cannot be searched', async () => {
  const said = await there(async ({ phone, say }) => {
    await say({ type: 'delivered', call: 'r1', from: { number: '+12125550190', name: 'Grace' }, kind: 'inbound' });
    await say({ type: 'connectionCleared', call: 'r1', cause: 'noAnswer' });
    phone.addFavourite(' +12125550177 ', 'Bob');
    const [marked] = phone.favourites();
    phone.removeFavourite('+12125550177');
    const refused = await phone.directory('bea').then(() => null, (/** @type {any} */ error) => error);
    const recent = phone.recents().find((/** @type {any} */ one) => one.number === '+12125550190');
    return { marked, left: phone.favourites(), recent: { ...recent, at: typeof recent?.at }, code: refused?.code, name: refused?.name };
  });
  assert.deepEqual(said, {
    marked: { kind: 'other', id: '', name: 'Bob', number: '+12125550177', detail: '' },
    left: [],
    recent: { name: 'Grace', number: '+12125550190', how: 'missed', at: 'number' },
    code: 'apex-not-set',
    name: 'SoftphoneError',
  });
});
