import assert from 'node:assert/strict';
import { test } from 'node:test';

import { bindClock, clearInterval, clearTimeout, setInterval, setTimeout } from '../worker-timers.js';

/** A clock that is moved by hand. */
function handClock() {
  const due = new Map();
  let now = 0;
  let next = 1;
  bindClock({
    setTimeout(callback, ms) {
      due.set(next, { callback, at: now + ms });
      next += 1;
      return next - 1;
    },
    clearTimeout: (id) => void due.delete(id),
  });
  return {
    due,
    pass(ms) {
      now += ms;
      for (const [id, timer] of [...due]) {
        if (timer.at > now) continue;
        due.delete(id);
        timer.callback();
      }
    },
  };
}

test('timers run on the clock that was given', () => {
  const clock = handClock();
  const heard = [];
  setTimeout((word) => heard.push(word), 100, 'late');
  clearTimeout(setTimeout(() => heard.push('never'), 50));
  clearTimeout(null);
  clearTimeout(undefined);
  clock.pass(99);
  assert.deepEqual(heard, []);
  clock.pass(1);
  assert.deepEqual(heard, ['late']);
  assert.equal(clock.due.size, 0);
});

test('an interval repeats until it is cleared, also from inside itself', () => {
  const clock = handClock();
  let turns = 0;
  const id = setInterval(() => {
    turns += 1;
    if (turns === 3) clearInterval(id);
  }, 10);
  for (let step = 0; step < 6; step += 1) clock.pass(10);
  assert.equal(turns, 3);
  assert.equal(clock.due.size, 0);
  clearInterval(id);
});
