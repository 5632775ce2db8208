// Bad input from people and pages that mean no good.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { stays, until } from './lib/wait.mjs';

const house = houseOfTests();

/** A page that does nothing by itself, and that every site of the server has: a browser shows a script as text. */
const IDLE = '/support/api/66.0/lightning/opencti_min.js';

/** A frame of that org beside the softphone's. @param {import('./lib/desk.mjs').Desk} desk @param {string} org */
async function beside(desk, org) {
  const src = new URL(IDLE, house.url({}, org)).href;
  await desk.page.evaluate((src) => document.body.append(Object.assign(document.createElement('iframe'), { src })), src);
  return until('the frame beside the softphone is there', () => desk.page.frames().find((frame) => frame.url() === src));
}

const SCRIPT = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script><b>Eve</b>';

test('a caller name that holds HTML is shown as text, in the panel, on the record and in the drawer', async () => {
  const desk = await house.desk();
  await desk.calls({ number: '+12125550190', name: SCRIPT });
  await desk.inPhase('alerting');
  await desk.says('caller', SCRIPT);
  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.write('notes', SCRIPT);
  await desk.network('hangUp');
  await desk.inPhase('wrapUp');
  await desk.press('finish');
  const log = await desk.log();
  assert.equal(log.Description, SCRIPT);
  await desk.lightning((simulator, id) => simulator.open(`/lightning/r/Task/${id}/view`), log.Id);
  await until('the record shows the text', () => desk.page.getByText('window.pwned=1').count());
  for (const frame of desk.page.frames()) {
    assert.equal(await frame.evaluate(() => 'pwned' in globalThis), false, 'no script ran');
    assert.equal(await frame.locator('img[src=x]').count(), 0, 'no element was made');
  }
});

test('a message from a window that is not Lightning is ignored by the panel', async () => {
  const desk = await house.desk();
  const click = {
    methodName: 'onClickToDial',
    apiVersion: 66,
    apiType: 'opencti',
    shouldExecuteListener: true,
    response: { number: '+14155550107', recordId: '', recordName: '', objectType: '' },
  };
  // The panel's own window, which has its origin but is not its parent; a stranger's frame beside it; and a frame of Lightning's own
  // origin, which is not its parent either.
  const panel = await (await desk.page.$('#softphone-frame'))?.contentFrame();
  await panel?.evaluate((click) => window.postMessage(click, '*'), click);
  for (const org of ['stranger', '']) {
    const frame = await beside(desk, org);
    await frame.evaluate((click) => {
      for (let index = 0; index < window.parent.frames.length; index += 1) window.parent.frames[index].postMessage(click, '*');
    }, click);
  }
  await stays('nobody is called', 1_500, async () => !(await desk.outside()) && (await desk.phase()) === '');

  // The same message from Lightning does place a call: what was refused was the sender.
  await desk.page.evaluate((click) => {
    const softphone = /** @type {HTMLIFrameElement} */ (document.getElementById('softphone-frame'));
    softphone.contentWindow?.postMessage(click, '*');
  }, click);
  await until('Lightning is heard', () => desk.outside());
});

test('a message from a window that is not the softphone is ignored by Lightning', async () => {
  const desk = await house.desk();
  const save = {
    methodName: 'saveLog', callId: 900, apiVersion: 66, apiType: 'opencti', isCallbackRegistered: true, isListenerRegistered: false,
    args: { object: { entityApiName: 'Task', Subject: 'forged', CallObject: 'hs-forged' } },
  };
  await desk.page.evaluate((save) => window.postMessage(save, '*'), save);
  for (const org of ['stranger', '']) {
    const frame = await beside(desk, org);
    await frame.evaluate((save) => window.parent.postMessage(save, '*'), save);
  }
  await stays('nothing is saved', 1_500, async () => (await desk.tasks()).length === 0);
});

/** The panel in a page of another site of this machine, opened with this query. */
async function framed(/** @type {Record<string, string>} */ query) {
  const page = await (await house.context()).newPage();
  const src = new URL(house.server.phone);
  src.search = new URLSearchParams(query).toString();
  await page.goto(new URL(IDLE, house.url({}, 'evil')).href);
  /** @type {string[]} */
  const scripts = [];
  page.on('request', (request) => {
    if (request.url().includes('opencti_min')) scripts.push(request.url());
  });
  await page.evaluate((src) => {
    document.body.replaceChildren(Object.assign(document.createElement('iframe'), { id: 'phone', width: 400, height: 500, src }));
  }, src.href);
  return { page, panel: page.frameLocator('#phone'), scripts };
}

/** Refused in words, before any script or storage was touched. @param {Awaited<ReturnType<typeof framed>>} where @param {RegExp} words */
async function refused({ page, panel, scripts }, words) {
  const said = await until('the panel refuses', () => panel.getByTestId('frame-refused').textContent(), 20_000);
  assert.match(said ?? '', words);
  assert.deepEqual(scripts, [], 'no script was loaded');
  const frame = await (await page.$('#phone'))?.contentFrame();
  assert.equal(await frame?.evaluate(() => localStorage.length + sessionStorage.length), 0, 'nothing was stored');
  assert.equal((await frame?.evaluate(async () => (await indexedDB.databases()).length)) ?? 0, 0, 'no database was made');
}

test('a frame whose parent is not the origin its address names is refused', async () => {
  await refused(await framed({ mode: 'Lightning', sfdcIframeOrigin: new URL(house.server.lightning).origin }), /lies in a frame of/);
});

test('an address that names an origin which is not Salesforce is refused', async () => {
  await refused(await framed({ mode: 'Lightning', sfdcIframeOrigin: 'https://salesforce.com.evil.example' }), /is not a Salesforce origin|lies in a frame of/);
});

test('an address without Salesforce\u2019s parameters is refused with what to check', async () => {
  await refused(await framed({}), /lacks Salesforce's parameter/);
});

test('a page that stands alone is refused', async () => {
  const page = await (await house.context()).newPage();
  await page.goto(house.server.phone);
  await until('it says where it belongs', async () => /runs inside Salesforce/.test((await page.getByTestId('frame-refused').textContent()) ?? ''));
});

test('two orgs framing the same page in one browser share nothing', async () => {
  const context = await house.context();
  const acme = await house.desk({ context });
  const globex = await house.desk({ context, org: 'globex' });
  assert.equal(await globex.has('other-tab'), false, 'the lock of one org does not bind the other');
  await acme.calls({ number: '+12125550191', name: 'A secret of acme' });
  await acme.inPhase('alerting');
  await acme.press('answer');
  await acme.inPhase('connected');
  await acme.write('notes', 'For acme only.');
  await new Promise((done) => setTimeout(done, 2_500));
  assert.equal(await globex.phase(), '', 'globex has no call');
  // Their own storage is the same place: every key in it names its org.
  const frame = await (await globex.page.$('#softphone-frame'))?.contentFrame();
  const found = await frame?.evaluate(() => ({ ...localStorage }));
  const acmes = Object.keys(found ?? {}).filter((key) => key.includes(new URL(acme.page.url()).origin));
  const globexs = Object.keys(found ?? {}).filter((key) => key.includes(new URL(globex.page.url()).origin));
  const rest = Object.keys(found ?? {}).filter((key) => ![...acmes, ...globexs].includes(key));
  assert.deepEqual(rest, [], 'a key without an org');
  assert.ok(!JSON.stringify(found).includes('secret of acme'), 'no name lies there in clear');

  await globex.reload();
  await globex.ready();
  assert.equal(await globex.phase(), '', 'nor after a reload');
  await globex.calls({ number: '+12125550192', name: 'Globex customer' });
  await globex.inPhase('alerting');
  assert.equal(await acme.phase(), 'connected', 'and acme goes on talking');
  await acme.press('hangup');
  await acme.wrapUp('Resolved', 'For acme only.');
  await acme.log();
  assert.deepEqual(await globex.tasks(), [], 'no log went to the wrong org');
});

test('a definition that cannot be imported is refused with every reason, and changes nothing', async () => {
  // Minimised, because the panel would lie over the form.
  const desk = await house.desk({ ready: false, minimised: true, query: { user: 'Ines Admin' } });
  const before = (await desk.lightning((simulator) => simulator.org())).callCenters.length;
  await desk.lightning((simulator) => simulator.open('/lightning/setup/CallCenterImport/home'));
  const form = desk.page.getByTestId('import-form');
  await form.getByTestId('import-text').fill('<callCenter><section sortOrder="0" name="reqGeneralInfo" label="General"></section></callCenter>');
  await form.getByTestId('import-send').click();
  const reasons = await until('the reasons are there', async () => {
    const reasons = await desk.page.getByTestId('import-reasons').locator('li').allTextContents();
    return reasons.length > 0 && reasons;
  });
  for (const item of ['reqInternalName', 'reqAdapterUrl']) assert.ok(reasons.some((reason) => reason.includes(item)), `${item} in ${reasons}`);
  assert.equal((await desk.lightning((simulator) => simulator.org())).callCenters.length, before);

  // The same by somebody who may not.
  await desk.page.getByTestId('user').selectOption({ label: 'Alex Agent' });
  await form.getByTestId('import-send').click();
  await until('the permission is asked for', async () =>
    /Manage Call Centers/.test((await desk.page.getByTestId('import-reasons').textContent()) ?? ''),
  );
});
