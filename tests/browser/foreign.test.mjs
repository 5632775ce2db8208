// The simulated org as a tool for anybody's softphone: a foreign page in the utility bar, served from a site of its own.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { after, before, test } from 'node:test';

import { openHouse } from './lib/house.mjs';
import { until } from './lib/wait.mjs';

const page = await readFile(new URL('./foreign/softphone.html', import.meta.url), 'utf8');

/** Somebody's own web server, of which the simulated org knows nothing. */
const server = http.createServer((request, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(page);
});
before(() => new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined))));
after(() => server.close());

const loopback = () => `http://softphone.localhost:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/phone`;

/** @param {import('./lib/desk.mjs').Desk} desk */
async function foreign(desk) {
  const frame = await until('the foreign softphone is loaded', () => desk.page.frames().find((frame) => frame.parentFrame() && frame.url().includes('softphone.')));
  await until('numbers can be clicked', async () => (await desk.pageState()).clickToDial);
  const heard = () => frame.evaluate('heard');
  return { frame, heard };
}

/** Everything such a page can want, once. @param {import('./lib/desk.mjs').Desk} desk */
async function works(desk) {
  const { frame, heard } = await foreign(desk);
  const ada = await desk.find('Contact', 'Ada Byron');

  await desk.lightning((simulator) => simulator.setPanel(false));
  assert.equal(await desk.lightning((simulator, id) => simulator.click(id, 'Phone'), ada), 'sent');
  await until('the softphone opened its panel', () => desk.panelIsOpen());
  assert.deepEqual((await heard()).clicks, [
    { number: '+44 20 7946 0021', recordId: ada, recordName: 'Ada Byron', objectType: 'Contact', personAccount: false },
  ]);

  await frame.locator('#find').click();
  await desk.shows('Contact', 'Ada Byron');
  const found = (await heard()).answers.searchAndScreenPop;
  assert.deepEqual([found.success, Object.keys(found.returnValue), found.returnValue[ada].RecordType], [true, [ada], 'Contact']);

  await desk.lightning((simulator) => simulator.open('/lightning/page/home'));
  await frame.locator('#open').click();
  await desk.shows('Contact', 'Ada Byron');

  await frame.locator('#log').click();
  const task = await until('the log is stored', () => desk.lightning((simulator) => simulator.tasks().find((task) => task.Subject === 'Foreign call')));
  assert.equal(task.WhoId, ada);
  assert.equal((await heard()).answers.saveLog.returnValue.recordId, task.Id);

  // Faults strike it as they strike anybody, and every message can be read.
  await desk.fault('saveLog', { fault: 'failing', code: 'SERVER_ERROR' }, 1);
  await frame.locator('#log').click();
  await until('it is told of the fault', async () => (await heard()).answers.saveLog.success === false);
  assert.deepEqual((await desk.asked('saveLog')).length, 2);
}

test('a foreign softphone on another site of this machine finds, opens, logs and hears clicks', async () => {
  const house = await openHouse();
  try {
    await works(await house.desk({ query: { adapter: loopback() }, ready: false }));
  } finally {
    await house.close();
  }
});

test('a foreign softphone is put into the utility bar in Setup, and does the same', async () => {
  const house = await openHouse();
  try {
    const desk = await house.desk();
    await desk.lightning((simulator) => simulator.open('/lightning/setup/Softphone/home'));
    await desk.page.getByTestId('softphone-address').fill(loopback());
    await desk.page.getByTestId('softphone-load').click();
    await works(desk);
    await desk.page.reload();
    await desk.loaded();
    await foreign(desk);
  } finally {
    await house.close();
  }
});

test('under Salesforce’s names over https a foreign softphone does the same', async () => {
  // The page comes from the internet, as far as Chromium knows, and an org on this machine is one of the things it guards from there.
  const house = await openHouse({ serve: ['--https'], flags: ['--disable-features=LocalNetworkAccessChecks'] });
  try {
    const adapter = 'https://softphone.example/phone';
    const desk = await house.desk({
      query: { adapter },
      ready: false,
      before: (tab) => tab.route(`${adapter}**`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: page })),
    });
    await works(desk);
  } finally {
    await house.close();
  }
});

test('an address that Lightning would not load is refused in words', async () => {
  const house = await openHouse();
  try {
    const desk = await house.desk({ query: { adapter: 'http://softphone.example/phone' }, ready: false });
    await until('the page says why', async () => (await desk.page.locator('body').innerText()).includes('is not https, which Lightning asks for'));
  } finally {
    await house.close();
  }
});
