// The self-check: one thing after the other is broken in the simulated org, in the browser or beside the page, and the check says which, and
// what to do about it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { pause, until } from './lib/wait.mjs';

/** A computer with a microphone. A page answered by a test counts as one from the internet, which may not ask this machine for anything; and http stays http. */
const house = houseOfTests({ flags: ['--use-fake-device-for-media-stream', '--disable-features=LocalNetworkAccessChecks,HttpsUpgrades'], allow: false });
/** A computer without one. */
const silent = houseOfTests();

/** @typedef {{ verdict: string, text: string }} Found */

/** What stands in the open check, by what was looked at. @param {import('./lib/desk.mjs').Desk} desk @returns {Promise<Record<string, Found>>} */
async function found(desk) {
  await until('the check has looked', () => desk.by('finding').count(), 30_000);
  return desk.by('finding').evaluateAll((all) =>
    Object.fromEntries(all.map((one) => [one.dataset.finding, { verdict: one.dataset.verdict, text: one.textContent }])),
  );
}

/** Opens the check as an agent does. @param {import('./lib/desk.mjs').Desk} desk */
async function check(desk) {
  if (!(await desk.by('check').count())) await desk.press('connection');
  await desk.press('check');
  return found(desk);
}

/** @param {import('./lib/desk.mjs').Desk} desk */
async function checkAgain(desk) {
  await desk.by('check-findings').evaluate((list) => list.setAttribute('data-earlier', ''));
  await desk.press('check-again');
  await until('what was found earlier is gone', () => desk.by('check-findings').evaluateAll((lists) => lists.every((list) => !list.hasAttribute('data-earlier'))));
  return found(desk);
}

/** @param {Record<string, Found>} all @param {string} id @param {string} verdict @param {RegExp} words */
function is(all, id, verdict, words) {
  assert.equal(all[id]?.verdict, verdict, `${id}: ${JSON.stringify(all[id])}`);
  assert.match(all[id].text, words, id);
}

/** An admin in another tab of the same browser, on a page of Setup. @param {import('./lib/desk.mjs').Desk} desk @param {string} page */
async function admin(desk, page) {
  const context = desk.page.context();
  const other = await desk.house.desk({ ready: false, minimised: true, context, query: { user: 'Ines Admin', extension: desk.extension } });
  await other.page.getByTestId('setup').click();
  await other.page.getByTestId('setup-page').getByRole('button', { name: page, exact: true }).click();
  return other.page;
}

/** Changes a value of the agent's call center. @param {import('./lib/desk.mjs').Desk} desk @param {string} item @param {string} value */
async function edit(desk, item, value) {
  const setup = await admin(desk, 'Call Centers');
  await setup.getByRole('row', { name: /^hookswitch Hookswitch / }).getByRole('button').first().click();
  const form = setup.getByTestId('call-center');
  await form.locator(`input[name="${item}"]`).fill(value);
  await form.getByTestId('save').click();
  await until('it is saved', async () => /Saved/.test((await setup.getByTestId('toast').textContent()) ?? ''));
  await setup.close();
}

test('a phone in order is told so, and the two things that are as they are here', async () => {
  const desk = await house.desk({ set: { 'hookswitchIdentity.apexClass': 'Hookswitch' } });
  const all = await check(desk);
  for (const id of ['place', 'orgHosts', 'script', 'membership', 'adapterUrl', 'mode', 'standby', 'settings', 'clickToDial', 'layout', 'apex', 'doNotCall', 'identity', 'signIn', 'storage', 'tab']) {
    is(all, id, 'pass', /./);
  }
  is(all, 'provider', 'warn', /no call is real/);
  await desk.press('check-close');
  await until('the panel is there again', async () => (await desk.by('check-view').count()) === 0);
  assert.deepEqual(desk.errors, []);
});

test('an agent who was taken out of the call center', async () => {
  const desk = await house.desk();
  const setup = await admin(desk, 'Call Centers');
  await setup.getByRole('row', { name: /^hookswitch Hookswitch / }).getByRole('button', { name: /manage/ }).click();
  await setup.getByTestId('call-center-users').getByRole('listitem').filter({ hasText: 'Alex Agent' }).getByRole('button', { name: 'Remove' }).click();
  await setup.close();
  is(await check(desk), 'membership', 'fail', /no call center.*Manage Call Center Users/s);
});

test('an org without softphone layouts', async () => {
  const desk = await house.desk();
  is(await check(desk), 'layout', 'pass', /Contact/);
  const setup = await admin(desk, 'This org');
  await setup.getByRole('button', { name: 'Take all softphone layouts away' }).click();
  await setup.close();
  is(await checkAgain(desk), 'layout', 'fail', /callers are not found.*Layout Assignment/s);
});

test('a layout that was changed in Setup is followed after the next check, and shown with its time', async () => {
  const desk = await house.desk();
  await check(desk);
  assert.match(await desk.text('check-layout'), /as received at \d.*Inbound.*Contact: /s);
  const setup = await admin(desk, 'Softphone Layouts');
  await setup.getByRole('button', { name: 'Standard Softphone Layout' }).click();
  const form = setup.getByTestId('layout');
  await form.getByLabel('When one record matches').selectOption('nothing');
  await form.getByRole('button', { name: 'Save' }).click();
  await until('it is saved', async () => /Saved/.test((await setup.getByTestId('toast').textContent()) ?? ''));
  await setup.close();
  const earlier = await desk.text('check-layout');
  await checkAgain(desk);
  await until('the new one is shown', async () => {
    const [now, then] = [await desk.text('check-layout'), earlier].map((text) => text.slice(text.indexOf('Inbound')));
    return now !== then;
  });
});

test('a call center whose adapter URL, mode or standby page would not work with the next load', async () => {
  const desk = await house.desk();
  is(await check(desk), 'adapterUrl', 'pass', /names this page/);
  await edit(desk, 'reqGeneralInfo.reqAdapterUrl', 'https://old.example.com/panel/');
  is(await checkAgain(desk), 'adapterUrl', 'fail', /old\.example\.com.*Setup > Call Centers/s);
  await edit(desk, 'reqGeneralInfo.reqSalesforceCompatibilityMode', 'Classic');
  is(await checkAgain(desk), 'mode', 'fail', /Classic.*Lightning/s);
  await edit(desk, 'reqGeneralInfo.reqStandbyUrl', '/standby/');
  is(await checkAgain(desk), 'standby', 'fail', /not a whole address.*https:/s);
});

test('Apex: no class named, a class that answers, a class that is gone', async () => {
  const without = await house.desk();
  const all = await check(without);
  is(all, 'apex', 'warn', /directory.*Hookswitch/s);
  is(all, 'doNotCall', 'warn', /Nobody can know.*Softphone Layouts/s);
  const desk = await house.desk({ set: { 'hookswitchIdentity.apexClass': 'Hookswitch' } });
  is(await check(desk), 'apex', 'pass', /answers/);
  const setup = await admin(desk, 'This org');
  await setup.getByRole('button', { name: 'Take all Apex classes away' }).click();
  await setup.close();
  is(await checkAgain(desk), 'apex', 'fail', /missing.*HookswitchApex/s);
});

test('a phone that starts by itself, and one that waits for its panel to be opened', async () => {
  const desk = await house.desk({ minimised: true });
  const numbers = () => desk.page.getByTestId('record').getByTestId('phone').count();
  const tom = await desk.find('Contact', 'Tom Fields');
  await desk.lightning((simulator, id) => simulator.open(`/lightning/r/Contact/${id}/view`), tom);
  await until('numbers are live without the panel', numbers);
  // An agent does not open it in the very second in which it loads.
  await pause(2_000);
  await desk.openPanel();
  desk.minimised = false;
  is(await check(desk), 'autoStart', 'pass', /starts by itself/);
  await desk.press('check-close');
  const setup = await admin(desk, 'App Manager');
  await setup.getByRole('row', { name: /^Service standard/ }).getByRole('checkbox').nth(1).uncheck();
  await setup.close();
  await desk.page.reload();
  await desk.loaded();
  assert.equal(await desk.page.locator('#softphone-frame').count(), 0, 'nothing is loaded before the panel is opened');
  await desk.lightning((simulator, id) => simulator.open(`/lightning/r/Contact/${id}/view`), tom);
  await until('numbers are dead', () => desk.page.getByTestId('record').getByTestId('phone-disabled').count());
  await desk.openPanel();
  await desk.ready();
  is(await check(desk), 'autoStart', 'warn', /panel open.*Start automatically/s);
});

test('Salesforce refuses click-to-dial, or says nothing', async () => {
  const desk = await house.desk();
  await desk.fault('enableClickToDial', { fault: 'failing', code: 'GENERIC_ERROR' });
  is(await check(desk), 'clickToDial', 'fail', /GENERIC_ERROR.*utility bar/s);
  await desk.fault('enableClickToDial', null);
  await desk.fault('getSoftphoneLayout', { fault: 'silent' });
  const all = await checkAgain(desk);
  is(all, 'clickToDial', 'pass', /be clicked/);
  is(all, 'layout', 'notKnown', /did not answer/);
});

test('a microphone: the four things that can be wrong with it, and it is fine once they are mended', async () => {
  const microphone = async (desk) => (await found(desk)).microphone;
  const one = await silent.desk();
  await check(one);
  assert.match((await microphone(one)).text, /finds no microphone.*headset/s);

  const context = await house.context();
  const desk = await house.desk({ context });
  const session = await house.chromium.browser.newBrowserCDPSession();
  const [origin] = /^http:\/\/[^/]+/.exec((await desk.pageState()).softphone.url) ?? [];
  const allow = async (setting, origin) => {
    const { browserContextIds } = await session.send('Target.getBrowserContexts');
    for (const browserContextId of browserContextIds) {
      await session.send('Browser.setPermission', { permission: { name: 'microphone' }, setting, origin, browserContextId });
    }
  };
  const lightning = new URL(desk.page.url()).origin;
  // In a frame the permission is that of the page around it, which hands it on.
  await allow('denied', lightning);
  await check(desk);
  assert.match((await microphone(desk)).text, /was told not to.*site settings/s);
  await allow('granted', lightning);
  assert.equal((await checkAgain(desk)).microphone.verdict, 'pass');

  // As an org does that grants the microphone to nobody: Setup > Session Settings. Node cannot resolve names below localhost as a browser does.
  const asServed = async (route, site) => {
    const { host, pathname, port, search } = new URL(route.request().url());
    const response = await route.fetch({ url: `http://127.0.0.1:${port || new URL(site).port}${pathname}${search}`, headers: { host: site ? new URL(site).host : host } });
    return { response, headers: response.headers() };
  };
  const barred = await house.desk({
    before: (page) =>
      page.route('**/*', async (route) => {
        if (route.request().resourceType() !== 'document' || route.request().frame().parentFrame()) return route.continue();
        const { response, headers } = await asServed(route, lightning);
        await route.fulfill({ response, headers: { ...headers, 'permissions-policy': 'microphone=()' } });
      }),
  });
  await check(barred);
  assert.match((await microphone(barred)).text, /does not hand on.*Trusted URLs/s);

  // The same files by http, from a name that is not this machine's.
  const page = await (await house.context()).newPage();
  await page.route('http://phone.example.com/**', async (route) => {
    await route.fulfill(await asServed(route, origin));
  });
  await page.goto('http://phone.example.com/panel/check.html');
  await until('the check has looked', () => page.getByTestId('finding').count(), 30_000);
  assert.match((await page.locator('[data-finding=microphone]').textContent()) ?? '', /not served over https/);
});

test('the check as a page: alone it says what needs Salesforce around it, and in Lightning it is all there', async () => {
  const desk = await house.desk();
  const { url } = (await desk.pageState()).softphone;
  const page = await (await house.context()).newPage();
  await page.goto(new URL('check.html', url).href);
  await until('the check has looked', () => page.getByTestId('finding').count(), 30_000);
  const state = (id) => page.locator(`[data-finding=${id}]`).getAttribute('data-verdict');
  for (const id of ['place', 'membership', 'layout', 'clickToDial', 'adapterUrl', 'storage']) assert.equal(await state(id), 'notKnown', id);
  assert.equal(await state('orgHosts'), 'fail', 'the list beside this page is empty, and only a simulated org may do without');
  assert.match((await page.locator('[data-finding=membership]').textContent()) ?? '', /no phone at all.*Manage Call Center Users/s);

  const framed = await house.desk({ ready: false, query: { adapter: new URL('check.html', url).href } });
  const all = await found(framed);
  is(all, 'place', 'pass', /Lightning/);
  is(all, 'membership', 'pass', /call center/);
  is(all, 'provider', 'warn', /no call is real/);
});

test('a ringing call takes the place of the check, and the report for support names nobody', async () => {
  const desk = await house.desk();
  await desk.calls({ number: '+44 20 7946 0021', name: 'Ada Byron' });
  await desk.press('answer');
  await desk.inPhase('connected');
  await check(desk);
  const report = await desk.by('check-report').evaluate((field) => field.value);
  assert.match(report, /^hookswitch \d+\.\d+\.\d+\n/);
  assert.match(report, /warn provider: /);
  for (const word of ['Ada', 'Byron', 'Alex', '7946', desk.extension]) assert.ok(!report.includes(word), word);
  await desk.network('hangUp');
  await desk.calls({ number: '+1 212 555 0142', name: '' });
  await until('the check made way', async () => (await desk.by('check-view').count()) === 0);
  await until('the call can be answered', () => desk.has('answer'));
});
