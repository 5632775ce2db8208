// The simulated provider against a fake page: its lines, its clock and its phone system are all in this file.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createProvider, readSettings } from '../simulated.js';

const READY = { type: 'service', state: 'ready', detail: '' };

/** A clock that moves by hand, sockets and channels that go nowhere, and everything that was reported. */
class Desk {
  reports = [];
  sockets = [];
  channels = [];
  inCall = false;
  #now = 0;
  #timers = new Map();
  #count = 0;

  constructor(settings = {}) {
    const desk = this;
    class WebSocket {
      readyState = 0;
      sent = [];
      constructor(address) {
        if (!address.startsWith('ws')) throw new SyntaxError('address');
        this.address = address;
        desk.sockets.push(this);
      }
      send(text) {
        this.sent.push(JSON.parse(text));
      }
      close() {
        this.readyState = 3;
      }
      opens() {
        this.readyState = 1;
        this.onopen?.();
      }
      says(message) {
        this.onmessage?.({ data: JSON.stringify(message) });
      }
      breaks() {
        this.readyState = 3;
        this.onclose?.();
      }
    }
    class BroadcastChannel {
      sent = [];
      constructor(name) {
        this.name = name;
        desk.channels.push(this);
      }
      postMessage(message) {
        this.sent.push(message);
      }
      close() {
        this.closed = true;
      }
    }
    const clock = {
      setTimeout: (callback, ms) => {
        this.#timers.set(++this.#count, { at: this.#now + ms, callback });
        return this.#count;
      },
      clearTimeout: (id) => this.#timers.delete(id),
    };
    const report = (report) => {
      assert.ok(!this.inCall, 'reported from inside a call');
      this.reports.push(report);
    };
    const page = { WebSocket, BroadcastChannel, crypto, location: { protocol: 'http:', host: 'phone.localhost:8730' } };
    const provider = createProvider({ settings, report, clock, audio: null, credentials: async () => ({ user: '', password: '' }) }, page);
    // Every call is watched: nothing may be reported before it returns.
    this.provider = Object.fromEntries(['start', 'command', 'sync', 'stop'].map((name) => [name, (...given) => this.#call(() => provider[name](...given))]));
  }

  #call(act) {
    this.inCall = true;
    act();
    this.inCall = false;
  }

  get timers() {
    return this.#timers.size;
  }

  async passes(ms) {
    const end = this.#now + ms;
    for (;;) {
      const [id, first] = [...this.#timers].filter(([, timer]) => timer.at <= end).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0] ?? [];
      if (!first) break;
      this.#timers.delete(id);
      this.#now = first.at;
      first.callback();
      await settled();
    }
    this.#now = end;
  }

  /** What was reported since the last time this was asked. */
  async told() {
    await settled();
    return this.reports.splice(0);
  }

  /** The panel is connected and the phone system ready. */
  static async ready(settings) {
    const desk = new Desk(settings);
    desk.provider.start();
    desk.sockets[0].opens();
    desk.sockets[0].says({ report: READY });
    await desk.told();
    desk.sockets[0].sent.length = 0;
    return desk;
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const states = (reports) => reports.filter((report) => report.type === 'service').map((report) => report.state);

test('starting says hello with the extension on the panel\'s own host', async () => {
  const desk = new Desk({ simulatedExtension: '1002' });
  desk.provider.start();
  assert.deepEqual(await desk.told(), [{ type: 'service', state: 'connecting', detail: '' }]);
  const [socket] = desk.sockets;
  assert.equal(socket.address, 'ws://phone.localhost:8730/switch');
  assert.deepEqual(socket.sent, []);
  socket.opens();
  assert.deepEqual(socket.sent, [{ hello: { extension: '1002' } }]);
});

test('reports are handed on as they are, what is no report is not', async () => {
  const desk = await Desk.ready();
  const [socket] = desk.sockets;
  const reports = [{ type: 'delivered', call: 'c1', from: { number: '1', name: '<b>' }, later: true }, { type: 'sync', calls: [] }];
  for (const report of reports) socket.says({ report });
  for (const noise of [null, 1, {}, { error: { code: 'malformed', detail: '' } }, { report: null }, { report: { type: 1 } }]) socket.says(noise);
  socket.onmessage({ data: 'no json' });
  socket.onmessage({ data: new ArrayBuffer(1) });
  assert.deepEqual(await desk.told(), reports);
});

test('commands travel with their id and sync asks for the calls', async () => {
  const desk = await Desk.ready();
  desk.provider.command(7, { type: 'answer', call: 'c1' });
  desk.provider.sync();
  assert.deepEqual(desk.sockets[0].sent, [{ id: 7, command: { type: 'answer', call: 'c1' } }, { sync: true }]);
  assert.deepEqual(await desk.told(), []);
});

test('a command without a connection is refused after the call has returned', async () => {
  const desk = new Desk();
  desk.provider.command(1, { type: 'sync' });
  desk.provider.start();
  desk.provider.command(2, { type: 'sync' });
  const refused = (await desk.told()).filter((report) => report.type === 'refused');
  assert.deepEqual(refused, [1, 2].map((request) => ({ type: 'refused', request, reason: 'offline', detail: '' })));
  assert.deepEqual(desk.sockets[0].sent, []);
});

test('when the line breaks what is unanswered is refused once and the line is tried again at growing pauses', async () => {
  const desk = await Desk.ready();
  for (const id of [7, 8, 9]) desk.provider.command(id, { type: 'hold', call: 'c1' });
  desk.sockets[0].says({ report: { type: 'done', request: 7 } });
  desk.sockets[0].says({ report: { type: 'refused', request: 8, reason: 'notNow', detail: '' } });
  await desk.told();
  desk.sockets[0].breaks();
  const told = await desk.told();
  assert.deepEqual(told.filter((report) => report.type === 'refused').map((report) => report.request), [9]);
  assert.deepEqual(states(told), ['reconnecting']);
  for (const [attempt, pause] of [500, 1_000, 2_000, 4_000, 8_000, 8_000].entries()) {
    await desk.passes(pause - 1);
    assert.equal(desk.sockets.length, attempt + 1);
    await desk.passes(1);
    assert.equal(desk.sockets.length, attempt + 2);
    desk.sockets.at(-1).breaks();
  }
  await desk.told();
  await desk.passes(8_000);
  desk.sockets.at(-1).opens();
  desk.sockets.at(-1).says({ report: READY });
  assert.deepEqual(await desk.told(), [READY]);
  desk.sockets.at(-1).breaks();
  await desk.passes(500);
  assert.equal(desk.sockets.length, 9, 'the first pause is short again');
});

test('a phone system that opens the line and says nothing is given five seconds', async () => {
  const desk = new Desk();
  desk.provider.start();
  desk.sockets[0].opens();
  await desk.passes(4_999);
  assert.deepEqual(states(await desk.told()), ['connecting']);
  await desk.passes(1);
  assert.deepEqual(states(await desk.told()), ['reconnecting']);
  assert.equal(desk.sockets[0].readyState, 3);
});

test('while the phone system itself is out commands are refused and the line is kept', async () => {
  const desk = await Desk.ready();
  desk.sockets[0].says({ report: { type: 'service', state: 'reconnecting', detail: 'simulated outage' } });
  desk.provider.command(7, { type: 'hold', call: 'c1' });
  assert.deepEqual((await desk.told()).map((report) => report.type), ['service', 'refused']);
  await desk.passes(60_000);
  assert.equal(desk.sockets.length, 1);
  desk.sockets[0].says({ report: READY });
  desk.provider.command(8, { type: 'hold', call: 'c1' });
  assert.equal(desk.sockets[0].sent.at(-1).id, 8);
});

test('after stop nothing is heard, tried or left running, and start begins anew', async () => {
  const desk = await Desk.ready();
  const [socket] = desk.sockets;
  desk.provider.command(7, { type: 'sync' });
  const heard = socket.onmessage;
  desk.provider.stop();
  heard({ data: JSON.stringify({ report: READY }) });
  const told = await desk.told();
  assert.deepEqual([states(told), told.length, desk.timers, socket.readyState], [['stopped'], 2, 0, 3]);
  desk.provider.start();
  desk.provider.start();
  assert.equal(desk.sockets.length, 3);
  assert.equal(desk.sockets[1].readyState, 3, 'only the newest line is open');
  desk.sockets[2].opens();
  desk.sockets[2].says({ report: READY });
  assert.deepEqual(states(await desk.told()), ['connecting', 'connecting', 'ready']);
});

test('an address that no browser takes is a failure in words, not an endless attempt', async () => {
  const desk = new Desk({ simulatedServer: 'htp:/nonsense' });
  desk.provider.start();
  const told = await desk.told();
  assert.deepEqual(states(told), ['connecting', 'failed']);
  assert.match(told[1].detail, /htp:\/nonsense/);
  assert.equal(desk.timers, 0);
});

test('the settings choose server and extension, each with a default', () => {
  const page = { protocol: 'https:', host: 'phone.example.com' };
  assert.deepEqual(readSettings({}, page), { server: 'wss://phone.example.com/switch', extension: '1001' });
  assert.deepEqual(readSettings({ identity: '1005', simulatedServer: ' ws://a.example/s ' }, page), { server: 'ws://a.example/s', extension: '1005' });
  const options = { providerOptions: 'simulatedServer=page&simulatedExtension=1002' };
  assert.deepEqual(readSettings(options, page), { server: 'page', extension: '1002' });
  assert.deepEqual(readSettings({ ...options, simulatedExtension: '1003' }, page), { server: 'page', extension: '1003' });
});

test('in the page the same is said over a channel, with a sign of life every five seconds', async () => {
  const desk = new Desk({ simulatedServer: 'page' });
  desk.provider.start();
  await desk.passes(0);
  const [channel] = desk.channels;
  assert.equal(channel.name, 'hookswitch-switch');
  const [{ from, text }] = channel.sent;
  assert.deepEqual(JSON.parse(text), { hello: { extension: '1001' } });
  channel.onmessage({ data: { to: 'somebody else', text: JSON.stringify({ report: { type: 'sync', calls: [] } }) } });
  channel.onmessage({ data: { to: from, text: JSON.stringify({ report: READY }) } });
  assert.deepEqual((await desk.told()).slice(1), [READY]);
  desk.provider.sync();
  for (let beat = 0; beat < 6; beat += 1) {
    await desk.passes(5_000);
    assert.deepEqual(channel.sent.at(-1), { from });
    channel.onmessage({ data: { to: from, known: true } });
  }
  assert.deepEqual(await desk.told(), []);
  desk.provider.stop();
  assert.deepEqual([channel.sent.at(-1), channel.closed, desk.timers], [{ from, gone: true }, true, 0]);
});

test('a phone system in the page that falls silent, starts anew or forgot the page is connected to anew', async () => {
  for (const sign of ['silence', { begun: true }, 'unknown']) {
    const desk = new Desk({ simulatedServer: 'page' });
    desk.provider.start();
    await desk.passes(0);
    const [channel] = desk.channels;
    const { from } = channel.sent[0];
    channel.onmessage({ data: { to: from, text: JSON.stringify({ report: READY }) } });
    await desk.told();
    if (sign === 'silence') await desk.passes(19_999);
    assert.deepEqual(await desk.told(), []);
    if (sign === 'silence') await desk.passes(1);
    else channel.onmessage({ data: sign === 'unknown' ? { to: from, known: false } : sign });
    assert.deepEqual(states(await desk.told()), ['reconnecting'], String(sign));
    await desk.passes(500);
    assert.equal(desk.channels.length, 2);
    assert.ok('text' in desk.channels[1].sent[0]);
  }
});
