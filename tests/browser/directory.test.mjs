// Whom to call: the directory of an org with the Apex class, and what is left without it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { ADA } from './lib/people.mjs';
import { until } from './lib/wait.mjs';

const house = houseOfTests();

const APEX = { 'hookswitchIdentity.apexClass': 'Hookswitch' };
const BY_USER = { ...APEX, 'hookswitchIdentity.identitySource': 'apex' };

/** What a list of the panel shows, by the names in it. @param {import('./lib/desk.mjs').Desk} desk @param {string} list */
const names = (desk, list) => desk.by(list).locator('.entry-name').allTextContents();

/** @param {import('./lib/desk.mjs').Desk} desk @param {string} list @param {string[]} expected */
async function lists(desk, list, ...expected) {
  let last = /** @type {string[]} */ ([]);
  await until(`${list} shows ${expected}`, async () => (last = await names(desk, list)).join() === expected.join()).catch((error) => {
    throw new Error(`${error.message} It shows ${last}.`);
  });
}

/** What the panel keeps of recents and favourites, as it lies there. @param {import('./lib/desk.mjs').Desk} desk @returns {Promise<string>} */
const sealed = (desk) =>
  desk.by('directory').evaluate(async () => {
    /** @param {IDBRequest} request @returns {Promise<any>} */
    const done = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject }));
    const [{ name = '' }] = await indexedDB.databases();
    const database = await done(indexedDB.open(name));
    const bytes = await done(database.transaction('keys').objectStore('keys').get('sealed:directory'));
    database.close();
    return bytes ? new TextDecoder('latin1').decode(bytes) : '';
  });

test('a colleague is found in the directory, by keyboard alone, and given the call', async () => {
  const bea = await house.desk({ query: { user: 'Bea Agent', extension: '1002' } });
  const desk = await house.desk({ set: APEX });
  await desk.calls(ADA);
  await desk.press('answer');
  await desk.inPhase('connected');
  await desk.by('pass').focus();
  await desk.page.keyboard.press('Enter');
  await until('the form has the focus', () => desk.by('pass-number').evaluate((field) => field === document.activeElement));
  await desk.by('pass-directory-open').focus();
  await desk.page.keyboard.press('Enter');
  await until('the search has the focus', () => desk.by('pass-search').evaluateAll((all) => all[0] === document.activeElement && all.length === 1));
  await desk.page.keyboard.type('bea ag');
  await lists(desk, 'found', 'Bea Agent');
  const surplus = () => desk.panel.locator('html').evaluate((page) => page.scrollHeight - page.clientHeight);
  assert.equal(await surplus(), 0, 'the page itself does not scroll, so its head stays in view');
  const asked = (await desk.asked('runApex')).at(-1);
  assert.deepEqual([asked.apexClass, asked.methodName], ['Hookswitch', 'directory']);
  assert.match(asked.methodParams, /text=bea%20ag/);
  await desk.page.keyboard.press('Tab');
  assert.equal(await desk.by('entry').first().evaluate((entry) => entry === document.activeElement), true);
  await desk.page.keyboard.press('Enter');
  assert.equal(await desk.by('pass-number').inputValue(), '1002');
  await desk.press('transfer-now');
  await bea.press('answer');
  await bea.inPhase('connected');
  await desk.inPhase('wrapUp');
  assert.deepEqual([...desk.errors, ...bea.errors], []);
});

test('a contact that is called from the directory has the log, without a search', async () => {
  const desk = await house.desk({ set: APEX });
  await desk.press('directory-open');
  await desk.write('directory-search', 'ada');
  await lists(desk, 'found', 'Ada Byron');
  await desk.press('entry');
  await desk.inPhase('delivered');
  await desk.network('answer');
  await desk.inPhase('connected');
  await desk.press('hangup');
  await desk.wrapUp('Reached', 'Called her.');
  assert.equal((await desk.log()).WhoId, await desk.find('Contact', 'Ada Byron'));
});

test('without Apex the panel says so, and recent numbers and favourites work and come back after a reload', async () => {
  const desk = await house.desk({ query: { apex: 'none' }, set: BY_USER });
  await desk.says('notice-apex', 'kept under your phone account');
  await desk.calls(ADA);
  await desk.inPhase('alerting');
  await desk.network('hangUp');
  await desk.inPhase('');
  await desk.press('directory-open');
  await desk.write('directory-search', 'ada');
  await desk.says('directory-problem', 'An admin can deploy it');
  await lists(desk, 'known', 'Ada Byron');
  await desk.press('favourite');
  await lists(desk, 'favourites', 'Ada Byron');
  await until('it is stored', async () => (await sealed(desk)) !== '');
  assert.doesNotMatch(await sealed(desk), /7946|Ada/, 'nobody is to be read in the storage');
  await desk.reload();
  await desk.ready();
  await desk.press('directory-open');
  await lists(desk, 'favourites', 'Ada Byron');
  await desk.press('entry');
  await desk.inPhase('delivered');
});

test('the Salesforce user is asked for where the settings say so', async () => {
  const desk = await house.desk({ set: BY_USER });
  await until('the class was asked', async () => (await desk.asked('runApex')).some((args) => args.methodName === 'whoAmI'));
  assert.equal(await desk.has('notice-apex'), false);
  await desk.reload();
  await desk.ready();
  // With its stored settings a page asks before Salesforce's script is there.
  await until('the class was asked again', async () => (await desk.asked('runApex')).some((args) => args.methodName === 'whoAmI'));
  assert.equal(await desk.has('notice-apex'), false);
});
