import assert from 'node:assert/strict';
import { test } from 'node:test';

import { causeOfEnd, causeOfReason, causeOfStatus } from '../sip/causes.js';

const end = (fields) => causeOfEnd({ cause: 'Terminated', status: null, reasons: [], answered: false, ...fields });

test('each final answer to a dialed call has its cause', () => {
  const wanted = {
    busy: [486, 600],
    congestion: [503],
    invalidNumber: [404, 410, 484, 604],
    mediaFailure: [488, 606, 415],
    noAnswer: [408, 480],
    notAuthorized: [401, 407],
    rejected: [403, 402, 603, 607],
    systemFailure: [500, 501, 580],
  };
  for (const [cause, statuses] of Object.entries(wanted)) for (const status of statuses) assert.equal(causeOfStatus(status), cause, `${status}`);
});

test('a call that a colleague took is answered elsewhere, however the server says so', () => {
  assert.equal(causeOfReason(['SIP;cause=200;text="Call completed elsewhere"']), 'answeredElsewhere');
  assert.equal(causeOfReason(['SIP ;cause=200 ;text="Call completed, elsewhere"']), 'answeredElsewhere');
  assert.equal(causeOfReason(['Q.850;cause=26']), 'answeredElsewhere');
  assert.equal(causeOfReason(['Q.850;cause=16, SIP;cause=200']), 'answeredElsewhere');
  assert.equal(end({ cause: 'Canceled', reasons: ['SIP;cause=200'] }), 'answeredElsewhere');
});

test('a caller who gave up abandoned the call', () => {
  assert.equal(end({ cause: 'Canceled' }), 'abandoned');
  assert.equal(end({ cause: 'Canceled', reasons: ['Q.850;cause=16'] }), 'abandoned');
});

test('the reason in an answer says more than its status', () => {
  assert.equal(end({ cause: 'Unavailable', status: 480, reasons: ['Q.850;cause=17'] }), 'busy');
  assert.equal(end({ cause: 'Unavailable', status: 480 }), 'noAnswer');
  assert.equal(end({ cause: 'Unavailable', status: 480, reasons: ['Q.850;cause=16'] }), 'noAnswer');
});

test('a hang-up of the other side is normal, one for want of a line is not', () => {
  assert.equal(end({ answered: true }), 'normal');
  assert.equal(end({ answered: true, reasons: ['Q.850;cause=16;text="Normal Clearing"'] }), 'normal');
  assert.equal(end({ answered: true, reasons: ['Q.850;cause=34'] }), 'congestion');
});

test('what went wrong on this side is told apart from what the server said', () => {
  assert.equal(end({ cause: 'Request Timeout' }), 'networkLost');
  assert.equal(end({ cause: 'Connection Error' }), 'networkLost');
  assert.equal(end({ cause: 'User Denied Media Access' }), 'mediaFailure');
  assert.equal(end({ cause: 'RTP Timeout' }), 'mediaFailure');
  assert.equal(end({ cause: 'RTP Timeout', answered: true }), 'networkLost');
  assert.equal(end({ cause: 'Dialog Error', answered: true }), 'lost');
});

test('a reason that makes no sense is no reason', () => {
  for (const header of ['', 'Q.850', 'Q.850;cause=', 'Q.850;cause=999', 'X;cause=17', '"', ';;,,']) assert.equal(causeOfReason([header]), null, header);
});
