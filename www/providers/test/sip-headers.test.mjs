import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isInternal, parseAddress, readInvite, recordOf, splitAddresses, targetUri, userOf } from '../sip/headers.js';

const SETTINGS = { own: ['1001', 'x7f'], recordHeader: 'X-Record-Id', queueHeader: '', segmentHeader: 'X-Segment', internalLength: 4 };
const invite = (headers, settings = {}) => readInvite((name) => [headers[name] ?? []].flat(), { ...SETTINGS, ...settings });

test('an address gives name and number in every way to write it', () => {
  assert.deepEqual(parseAddress('"Ada \\"B\\" <b>" <sip:+15550100@example.com;user=phone>;tag=1'), { name: 'Ada "B" <b>', number: '+15550100' });
  assert.deepEqual(parseAddress('Ada B <sip:1002@example.com>'), { name: 'Ada B', number: '1002' });
  assert.deepEqual(parseAddress('sip:1002@example.com;tag=1'), { name: '', number: '1002' });
  assert.deepEqual(parseAddress('<tel:+1-555-0100;phone-context=x>'), { name: '', number: '+1-555-0100' });
  assert.deepEqual(parseAddress('"" <sip:a%23b@example.com>'), { name: '', number: 'a#b' });
  assert.deepEqual(parseAddress('nonsense'), { name: '', number: '' });
  assert.deepEqual(parseAddress('<sip:%zz@example.com>'), { name: '', number: '%zz' });
});

test('a withheld number stays withheld', () => {
  assert.equal(userOf('sip:anonymous@anonymous.invalid'), '');
  assert.equal(userOf('sip:Anonymous@example.com'), '');
  assert.equal(userOf('sip:example.com'), '');
  assert.deepEqual(invite({ From: '"Ada" <sip:+15550100@x>', 'P-Asserted-Identity': '<sip:+15550100@x>', Privacy: 'id' }).party, { name: '', number: '' });
});

test('commas separate addresses only outside quotes and brackets', () => {
  assert.deepEqual(splitAddresses('"A, B" <sip:1@x>, <sip:2@x;a=b,c>,tel:3'), ['"A, B" <sip:1@x>', '<sip:2@x;a=b,c>', 'tel:3']);
});

test('what the network asserts counts more than what the caller says', () => {
  const party = invite({ From: '"Mallory" <sip:911@x>', 'P-Asserted-Identity': '<sip:+15550100@x>, <tel:+15550100>' }).party;
  assert.deepEqual(party, { name: 'Mallory', number: '+15550100' });
  assert.equal(invite({ From: '<sip:1@x>', 'P-Asserted-Identity': '"Ada" <sip:2@x>' }).party.name, 'Ada');
  assert.equal(invite({ From: '<sip:77@x>' }).party.number, '77');
});

test('a number in the place of the name is no name', () => {
  assert.equal(invite({ From: '"+1 555 0100" <sip:+15550100@x>' }).party.name, '');
  assert.equal(invite({ From: '"1002" <sip:1002@x>' }).party.name, '');
});

test('queue and called number come from the diversion, else from the called party', () => {
  const diverted = invite({ From: '<sip:5@x>', To: '<sip:1001@x>', Diversion: ['"Support" <sip:200@x>;reason=unconditional', '<sip:+15550199@x>'] });
  assert.equal(diverted.queue, 'Support');
  assert.equal(diverted.called, '+15550199');
  assert.equal(invite({ From: '<sip:5@x>', To: '<sip:+15550198@x>' }).called, '+15550198');
  assert.equal(invite({ From: '<sip:5@x>', To: '<sip:1001@x>' }).called, '');
  assert.equal(invite({ From: '<sip:5@x>', To: '<sip:x7f@random.invalid>' }).called, '');
  assert.equal(invite({ From: '<sip:5@x>', 'X-Queue': 'Sales' }, { queueHeader: 'X-Queue' }).queue, 'Sales');
});

test('the segment comes from its own header, as text that is not endless', () => {
  assert.equal(invite({ From: '<sip:5@x>', 'X-Segment': ' Gold\u0000 ' }).segment, 'Gold');
  assert.equal(invite({ From: '<sip:5@x>', 'X-Segment': 'x'.repeat(500) }).segment.length, 200);
  assert.equal(invite({ From: '<sip:5@x>' }).segment, '');
  const both = { From: '<sip:5@x>', 'X-Segment': 'Gold', 'X-Kind': 'Silver' };
  assert.equal(invite(both, { segmentHeader: 'X-Kind' }).segment, 'Silver');
  assert.equal(invite(both, { segmentHeader: '' }).segment, '', 'switched off');
});

test('only a record id is taken for one', () => {
  assert.equal(recordOf(' 003000000000001AAA '), '003000000000001AAA');
  assert.equal(recordOf('003000000000001'), '003000000000001');
  for (const value of ['', '003', "003000000000001AA'", 'javascript:alert(1)', '0030000000000010']) assert.equal(recordOf(value), '', value);
  assert.equal(invite({ From: '<sip:5@x>', 'X-Record-Id': '003000000000001AAA' }).record, '003000000000001AAA');
  assert.equal(invite({ From: '<sip:5@x>', '': '003000000000001AAA' }, { recordHeader: '' }).record, '');
});

test('colleagues have short numbers', () => {
  assert.equal(invite({ From: '<sip:1002@x>' }).kind, 'internal');
  assert.equal(invite({ From: '<sip:15550@x>' }).kind, 'inbound');
  assert.equal(isInternal('+123', 4), false);
  assert.equal(isInternal('', 4), false);
  assert.equal(isInternal('1002', 0), false);
});

test('names lose control characters and have an end', () => {
  assert.equal(parseAddress('"A\u0000\r\nB" <sip:1@x>').name, 'A B');
  assert.equal(parseAddress(`"${'x'.repeat(5_000)}" <sip:1@x>`).name.length, 200);
});

test('what is dialed becomes one address and nothing else', () => {
  assert.equal(targetUri('+15550100', 'example.com'), 'sip:+15550100@example.com');
  assert.equal(targetUri(' *31#100 ', 'example.com'), 'sip:*31%23100@example.com');
  assert.equal(targetUri('ada@other.example', 'example.com'), 'sip:ada@other.example');
  assert.equal(targetUri('sip:1002@[::1]:5080', 'example.com'), 'sip:1002@[::1]:5080');
  for (const to of ['', '1 2', '1\r\nX: y', '1@x?Replaces=1', '<1>', '1@x;y', 'a@b@c', '1%0d']) assert.equal(targetUri(to, 'example.com'), null, to);
});
