// Over https, under Salesforce's own names, the list of org hosts beside the page decides who may frame it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { until } from './lib/wait.mjs';

const house = houseOfTests({ serve: ['--https'] });

const LIST = '**/org-hosts.json';

test('a listed org runs the phone under Salesforce\u2019s name', async () => {
  const desk = await house.desk();
  await desk.calls({ number: '+44 20 7946 0021', name: 'Ada Byron' });
  await desk.inPhase('alerting');
  await desk.shows('Contact', 'Ada Byron');
});

for (const [name, list] of /** @type {const} */ ([['an empty list', '[]'], ['a list of others', '["https://globex.lightning.force.com"]'], ['no list', null]])) {
  test(`with ${name} beside the page the org is refused by its name`, async () => {
    const desk = await house.desk({
      ready: false,
      before: (page) => page.route(LIST, (route) => (list === null ? route.fulfill({ status: 404, body: '' }) : route.fulfill({ contentType: 'application/json', body: list }))),
    });
    const said = await until('the panel refuses', () => desk.text('frame-refused'), 20_000);
    assert.match(said, /acme\.lightning\.force\.com may not use this softphone/);
    assert.deepEqual(await desk.lightning((simulator) => simulator.messages()), [], 'not a word to Salesforce');
  });
}
