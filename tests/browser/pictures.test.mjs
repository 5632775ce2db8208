// The pictures of the README: each state is reached as an agent reaches it, then taken. Run with HOOKSWITCH_SHOTS=1 to write them to
// docs/images; otherwise they are only taken and measured, so that the states stay reachable.

import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { ADA } from './lib/people.mjs';
import { pause, until } from './lib/wait.mjs';

const house = houseOfTests();

const IMAGES = new URL('../../docs/images/', import.meta.url);
const CALL = { ...ADA, queue: 'Support' };
/** The size the panel is designed for. */
const PANEL = { width: 340, height: 480 };

/** Width and height of a PNG, from its header. @param {Buffer} png */
function sizeOf(png) {
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

/** @param {string} name @param {Buffer} png @param {{ width: number, height: number }} size */
async function keep(name, png, size) {
  assert.deepEqual(sizeOf(png), size, `${name} has its size`);
  const file = new URL(`${name}.png`, IMAGES);
  if (process.env.HOOKSWITCH_SHOTS === '1') {
    await fs.mkdir(IMAGES, { recursive: true });
    await fs.writeFile(file, png);
  }
  assert.deepEqual(sizeOf(await fs.readFile(file)), size, `docs/images has ${name}.png; make it with HOOKSWITCH_SHOTS=1`);
}

/** Takes the panel alone. @param {import('./lib/desk.mjs').Desk} desk @param {string} name */
async function panel(desk, name) {
  // Rings and hints that move have come to rest.
  await pause(400);
  const frame = desk.page.getByTestId('softphone');
  await keep(name, await frame.screenshot({ animations: 'disabled' }), PANEL);
}

test('idle, ringing, in a call, on hold, keypad, wrap-up', async () => {
  const desk = await house.desk();
  await panel(desk, 'idle');
  await desk.calls(CALL);
  await desk.inPhase('alerting');
  await until('the record is there', () => desk.has('record'));
  await panel(desk, 'ringing');
  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.write('notes', 'Robot arm stops after the update.');
  await panel(desk, 'in-call');
  await desk.press('hold');
  await desk.inPhase('held');
  await panel(desk, 'held');
  await desk.press('retrieve');
  await desk.inPhase('connected');
  await desk.press('keypad');
  for (const digit of '42') await desk.press(`digit-${digit}`);
  await panel(desk, 'keypad');
  await desk.press('hangup');
  await desk.inPhase('wrapUp');
  await desk.choose('disposition', 'Resolved');
  await panel(desk, 'wrap-up');
});

test('two matches, a missed call, no phone, the phone in another tab', async () => {
  const context = await house.context();
  const desk = await house.desk({ context });
  await desk.calls({ number: '(650) 555-0133', givesUpAfterMs: 4_000 });
  await until('both are offered', () => desk.has('matches'));
  await panel(desk, 'matches');
  await until('the call is missed', () => desk.has('problem'));
  await panel(desk, 'missed');
  const second = await house.desk({ context, ready: false, query: { extension: desk.extension } });
  await until('the second tab says where the phone is', () => second.has('other-tab'), 20_000);
  await panel(second, 'other-tab');
  const unset = await house.desk({ ready: false, set: { 'hookswitchProvider.provider': 'unset' } });
  await until('the panel says that there is no phone', () => unset.has('no-phone'), 20_000);
  await panel(unset, 'no-phone');
});

test('a second call, a consultation, a conference, a transfer that failed, two calls in wrap-up', async () => {
  const desk = await house.desk();
  const [bob, busy] = ['+1 212 555 0177', '+1 212 555 0199'];
  await desk.tell({ type: 'setBehaviour', number: bob, behaviour: { type: 'answers', afterMs: 200 } });
  await desk.calls(CALL);
  await desk.inPhase('alerting');
  await desk.press('answer');
  await desk.inPhase('connected');
  await until('the record is there', () => desk.has('record'));
  await desk.press('pass');
  await desk.write('pass-number', busy);
  await panel(desk, 'transfer');
  await desk.press('transfer-now');
  await until('the panel tells of it', () => desk.has('problem'));
  await panel(desk, 'transfer-failed');
  await desk.press('problem-dismiss');
  await desk.inPhase('connected');
  await desk.calls({ number: '+1 212 555 0190', name: 'Grace Hopper' });
  await until('a second call rings', () => desk.has('line-who'));
  await panel(desk, 'second-call');
  await desk.press('ringing-more');
  await panel(desk, 'decline-not-ready');
  await desk.press('decline');
  await until('it is gone', async () => (await desk.by('call').count()) === 1);
  await desk.press('pass');
  await desk.write('pass-number', bob);
  await desk.press('consult');
  await until('Bob talks', () => desk.by('consults').count());
  await until('the two can be joined', () => desk.by('join').evaluateAll(([button]) => button?.getAttribute('aria-disabled') !== 'true'));
  await panel(desk, 'consultation');
  await desk.press('join');
  await until('all are in one call', async () => (await desk.by('party').count()) === 2);
  await desk.press('record-start');
  await until('it is recorded', () => desk.has('recording'));
  await panel(desk, 'conference');
  await desk.press('end-for-all');
  await desk.inPhase('wrapUp');
  await desk.write('notes', 'Bob sends the invoice again.');
  await desk.calls({ number: '+1 212 555 0190', name: 'Grace Hopper' });
  await until('the next call rings', () => desk.has('answer'));
  await desk.press('answer');
  await until('it is answered', () => desk.has('hangup'));
  await desk.press('hangup');
  await until('it is over', async () => (await desk.phase(1)) === 'wrapUp' || (await desk.phase(2)) === 'wrapUp');
  await panel(desk, 'wrap-ups');
});

test('a Lightning page with the phone ringing, and the drawer in a call', async () => {
  const desk = await house.desk();
  const page = { width: 1280, height: 800 };
  await desk.lightning((simulator) => simulator.drawer(''));
  await desk.calls(CALL);
  await desk.inPhase('alerting');
  await desk.shows('Contact', 'Ada Byron');
  await until('the record is there', () => desk.has('record'));
  await pause(400);
  await keep('lightning-ringing', await desk.page.screenshot({ animations: 'disabled' }), page);
  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.lightning((simulator) => simulator.drawer('network'));
  await pause(400);
  await keep('simulator', await desk.page.screenshot({ animations: 'disabled' }), page);
});
