// What an agent can give to support: a file of what the phone was told, without anybody's number, name or note. And the segment, which the
// phone system tells with a call.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { ADA } from './lib/people.mjs';
import { until } from './lib/wait.mjs';

const house = houseOfTests();

test('diagnostics of a call are saved as a file that replays and names nobody', async () => {
  const desk = await house.desk();
  // What is recorded begins once the whole panel is loaded; what came before lies in the checkpoint. The layout is asked for later than that.
  await until('the panel is loaded', async () => (await desk.asked('getSoftphoneLayout')).length > 0, 40_000);
  await desk.calls({ ...ADA, queue: 'Support', segment: 'Gold' });
  await desk.inPhase('alerting');
  await desk.says('segment', 'Gold');
  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.write('notes', 'Robot arm stops.');
  await desk.press('connection');
  await desk.press('check');
  await until('the check has looked', () => desk.by('finding').count(), 30_000);
  await desk.by('check-for-support').evaluate((fold) => fold.setAttribute('open', ''));
  const [download] = await Promise.all([desk.page.waitForEvent('download'), desk.press('diagnostics-save')]);
  assert.match(download.suggestedFilename(), /^hookswitch-\d{4}-\d\d-\d\dT\d{4}Z\.jsonl$/);
  const text = await readFile(await download.path(), 'utf8');
  const [header, checkpoint, ...inputs] = text.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(header.redacted, true);
  assert.ok(checkpoint.checkpoint && inputs.length > 5, `${inputs.length} inputs`);
  const told = inputs.map(({ input }) => input.Phone?.type).filter(Boolean);
  assert.ok(told.includes('delivered') && told.includes('established'), told.join());
  for (const word of ['Byron', '79460021', '7946 0021', 'Robot', 'Gold']) assert.ok(!text.includes(word), word);
});
