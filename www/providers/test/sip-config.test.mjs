import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readAccount, readSettings } from '../sip/config.js';

test('primary servers come before backup servers, in an order their weights decide', () => {
  const settings = { primaryServers: 'wss://a.example/ws 1, wss://b.example/ws 3', backupServers: 'wss://c.example/ws' };
  let first = 0;
  for (let step = 0; step < 100; step += 1) {
    const { servers } = readSettings(settings, () => step / 100);
    assert.equal(servers.length, 3);
    assert.equal(servers[2], 'wss://c.example/ws');
    if (servers[0] === 'wss://b.example/ws') first += 1;
  }
  assert.equal(first, 75);
});

test('the domain is that of the settings, else the first server’s', () => {
  assert.equal(readSettings({ primaryServers: 'wss://pbx.example:8089/ws' }).domain, 'pbx.example');
  assert.equal(readSettings({ primaryServers: 'wss://pbx.example/ws', domain: 'example.com' }).domain, 'example.com');
});

test('what is absent or makes no sense becomes the default', () => {
  const settings = readSettings({ primaryServers: 'http://a, nonsense,, wss://ok.example', iceWaitMs: 'soon', registerSeconds: '1', digits: 'morse', recordHeader: 'X: y\r\n' });
  assert.deepEqual(settings.servers, ['wss://ok.example']);
  assert.equal(settings.iceWaitMs, 1_500);
  assert.equal(settings.registerSeconds, 10);
  assert.equal(settings.digits, 'rfc4733');
  assert.equal(settings.recordHeader, '');
  assert.equal(settings.sessionTimers, true);
  assert.equal(settings.iceTransportPolicy, 'all');
  assert.deepEqual(readSettings({}).servers, []);
  assert.equal(readSettings({}).segmentHeader, 'X-Segment');
  assert.deepEqual(['X_Kind', '', 'X: y'].map((segmentHeader) => readSettings({ segmentHeader }).segmentHeader), ['X_Kind', '', '']);
});

test('lists are read in order', () => {
  const settings = readSettings({ iceServers: 'stun:a.example, turn:b.example', codecs: 'opus,PCMU', iceRelayOnly: 'true' });
  assert.deepEqual(settings.iceServers, [{ urls: 'stun:a.example' }, { urls: 'turn:b.example' }]);
  assert.deepEqual(settings.codecs, ['opus', 'pcmu']);
  assert.equal(settings.iceTransportPolicy, 'relay');
});

test('an account may name its domain', () => {
  assert.deepEqual(readAccount('1001', 'example.com'), { user: '1001', domain: 'example.com' });
  assert.deepEqual(readAccount('sip:ada@other.example', 'example.com'), { user: 'ada', domain: 'other.example' });
  for (const [user, domain] of [['', 'example.com'], ['1001', ''], ['@x', '']]) assert.equal(readAccount(user, domain), null);
});
