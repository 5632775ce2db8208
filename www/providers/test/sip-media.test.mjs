import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Digits } from '../sip/digits.js';
import { mediaStateOf } from '../sip/microphone.js';
import { withPath } from '../sip/reinvite.js';
import { bindClock } from '../worker-timers.js';

bindClock({ setTimeout: (callback) => globalThis.setTimeout(callback, 0), clearTimeout: globalThis.clearTimeout });

test('the ways to have no microphone are told apart', () => {
  assert.equal(mediaStateOf({ name: 'NotAllowedError' }, true), 'denied');
  assert.equal(mediaStateOf({ name: 'NotAllowedError' }, false), 'blockedByPolicy');
  assert.equal(mediaStateOf({ name: 'NotFoundError' }, true), 'noDevice');
  assert.equal(mediaStateOf({ name: 'NotReadableError' }, true), 'noDevice');
  assert.equal(mediaStateOf({ name: 'TypeError' }, true), 'insecure');
});

test('a new offer takes over the path of the description in force', () => {
  const current = 'v=0\r\nm=audio 4711 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 10.0.0.1\r\na=candidate:1 1 udp 1 10.0.0.1 4711 typ host\r\na=setup:active\r\na=sendrecv\r\n';
  const offer = 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=setup:actpass\r\na=sendonly\r\n';
  assert.equal(
    withPath(offer, current),
    'v=0\r\nm=audio 4711 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 10.0.0.1\r\na=setup:actpass\r\na=sendonly\r\na=candidate:1 1 udp 1 10.0.0.1 4711 typ host\r\n',
  );
  assert.equal(withPath(offer, ''), offer);
});

/** A session that answers INFO requests as the given list says. */
function session(...answers) {
  const sent = [];
  return {
    sent,
    sendRequest(method, { body, eventHandlers }) {
      sent.push(/Signal=(.)/.exec(body)[1]);
      const answer = answers.shift() ?? { status_code: 200 };
      setTimeout(() => eventHandlers[answer.status_code === 200 ? 'onSuccessResponse' : 'onErrorResponse'](answer), 1);
    },
  };
}

test('digits asked for at once are sent one after another', async () => {
  const line = session();
  const told = [];
  const digits = new Digits(line, 'info', (digit) => told.push(digit));
  assert.deepEqual(await Promise.all([digits.send('12'), digits.send('3'), digits.send('#')]), [null, null, null]);
  assert.deepEqual(line.sent, ['1', '2', '3', '#']);
  assert.deepEqual(told, ['1', '2', '3', '#']);
});

test('a server that knows no INFO is reported, and only digits it took count as sent', async () => {
  const told = [];
  const digits = new Digits(session({ status_code: 200 }, { status_code: 501, reason_phrase: 'Not Implemented' }), 'info', (digit) => told.push(digit));
  assert.deepEqual(await digits.send('12'), { reason: 'notSupported', detail: '501 Not Implemented' });
  assert.deepEqual(told, ['1']);
});

test('nothing is sent after the call is over', async () => {
  const line = session();
  const digits = new Digits(line, 'info', () => {});
  digits.close();
  assert.equal((await digits.send('1')).reason, 'unknownCall');
  assert.deepEqual(line.sent, []);
});

test('tones wait until the sound has found its way', async () => {
  const pc = Object.assign(new EventTarget(), { connectionState: 'connecting' });
  const played = [];
  const dtmf = Object.assign(new EventTarget(), {
    canInsertDTMF: true,
    insertDTMF(digits) {
      for (const tone of [...digits, '']) setTimeout(() => {
        if (tone) played.push([tone, pc.connectionState]);
        this.dispatchEvent(Object.assign(new Event('tonechange'), { tone }));
      }, 1);
    },
  });
  pc.getSenders = () => [{ dtmf }];
  // The wait for sound that never comes must not end first here.
  bindClock({ setTimeout: (callback, ms) => globalThis.setTimeout(callback, ms), clearTimeout: globalThis.clearTimeout });
  const digits = new Digits({ connection: pc }, 'rfc4733', () => {});
  const sent = [digits.send('1'), digits.send('2')];
  await new Promise((done) => setTimeout(done, 20));
  assert.deepEqual(played, []);
  pc.connectionState = 'connected';
  pc.dispatchEvent(new Event('connectionstatechange'));
  assert.deepEqual(await Promise.all(sent), [null, null]);
  assert.deepEqual(played, [['1', 'connected'], ['2', 'connected']]);
});
