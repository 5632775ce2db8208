// Several Salesforce tabs of one agent: they share the org, and one of them has the phone.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { ADA } from './lib/people.mjs';
import { stays, until } from './lib/wait.mjs';

const house = houseOfTests();

const HOME = '/lightning/page/home';

/** Four tabs of one browser; the first has the phone, and the last is in front. @param {Record<string, string>} [set] */
async function four(set = {}) {
  const first = await house.desk({ set });
  const context = first.page.context();
  const more = { query: { extension: first.extension }, set, context, ready: false };
  const others = [await house.desk(more), await house.desk(more), await house.desk(more)];
  for (const other of others) await until('the tab says where the phone is', () => other.has('other-tab'), 20_000);
  return { first, others, all: [first, ...others] };
}

/** @param {import('./lib/desk.mjs').Desk[]} desks */
const paths = (desks) => Promise.all(desks.map(async (desk) => (await desk.pageState()).path));

/** How often Lightning was asked to show something, by tab. @param {import('./lib/desk.mjs').Desk[]} desks */
const pops = (desks) =>
  Promise.all(desks.map(async (desk) => (await desk.asked('searchAndScreenPop')).filter((asked) => !asked.deferred).length + (await desk.asked('screenPop')).length));

test('with four tabs a call is searched, shown and logged once, in the tab that has the phone', async () => {
  const { first, others, all } = await four();
  await first.page.bringToFront();
  await first.calls(ADA);
  await first.inPhase('alerting');
  await first.shows('Contact', 'Ada Byron');
  await stays('no other tab moves', 2_000, async () => (await paths(others)).every((path) => path === HOME));
  const popped = await pops(all);
  assert.ok(popped[0] >= 1, `the tab with the phone pops: ${popped}`);
  assert.deepEqual(popped.slice(1), [0, 0, 0]);
  await first.press('answer');
  await first.inPhase('connected');
  await first.network('hangUp');
  await first.wrapUp('Resolved', 'One of four.');
  assert.equal((await first.log()).Description, 'One of four.');
  assert.equal((await others[0].tasks()).length, 1, 'the tabs share the org');
  assert.deepEqual(await paths(others), [HOME, HOME, HOME]);
});

test('when the tab with the phone is closed, the one that takes over pops the next call, and it alone', async () => {
  const { first, others } = await four();
  await first.page.close();
  const owner = await until('another tab has the phone', async () => {
    for (const other of others) if (await other.has('presence')) return other;
    return null;
  }, 30_000);
  await owner.ready();
  await owner.calls(ADA);
  await owner.inPhase('alerting');
  await owner.shows('Contact', 'Ada Byron');
  const rest = others.filter((other) => other !== owner);
  await stays('no other tab moves', 1_500, async () => (await paths(rest)).every((path) => path === HOME));
});

test('with pops switched off for inbound calls none of the tabs moves', async () => {
  const { first, all } = await four({ 'hookswitchPop.popInbound': 'never' });
  await first.calls(ADA);
  await first.inPhase('alerting');
  await first.press('answer');
  await first.inPhase('connected');
  await stays('no tab moves', 2_000, async () => (await paths(all)).every((path) => path === HOME));
});

test('what is changed in one tab is seen in the others at once', async () => {
  const { first, others } = await four();
  const mei = await first.find('Contact', 'Mei Sato');
  const flag = (desk) => desk.lightning((simulator, id) => simulator.records('Contact').find((contact) => contact.Id === id).DoNotCall, mei);
  assert.equal(await flag(others[2]), true);
  await first.page.bringToFront();
  // Its panel stands before the form.
  await first.minimise();
  await first.lightning((simulator, id) => simulator.open(`/lightning/r/Contact/${id}/view`), mei);
  await first.page.getByTestId('edit').click();
  await first.page.locator('form[data-testid=edit-record] input[name=DoNotCall]').uncheck();
  await first.page.locator('form[data-testid=edit-record] button[type=submit]').click();
  await until('the other tab knows', async () => (await flag(others[2])) === false);
});
