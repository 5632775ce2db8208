// Setup in the simulated org, by hand as an admin does it, and what the softphone makes of it.

import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { ADA } from './lib/people.mjs';
import { until } from './lib/wait.mjs';

const house = houseOfTests();

/** An admin in Setup; the panel is minimised because it would lie over the forms. @param {string} page */
async function admin(page) {
  const desk = await house.desk({ ready: false, minimised: true, query: { user: 'Ines Admin' } });
  await desk.page.getByTestId('setup').click();
  await desk.page.getByTestId('setup-page').getByRole('button', { name: page }).click();
  return desk;
}

/** Logs the agent in, on the same page. @param {import('./lib/desk.mjs').Desk} desk @param {string} name @param {string} extension */
async function logIn(desk, name, extension) {
  await desk.page.getByTestId('user').selectOption({ label: name });
  desk.extension = extension;
}

test('a value edited in Setup holds after the next load, and the panel follows it', async () => {
  const desk = await admin('Call Centers');
  await desk.page.getByRole('button', { name: 'hookswitch', exact: true }).click();
  const form = desk.page.getByTestId('call-center');
  await form.locator('input[name="hookswitchWrapUp.dispositionsInbound"]').fill('Sold, Not sold');
  await form.locator('input[name="reqGeneralInfo.reqSoftphoneWidth"]').fill('420');
  // Other tests use the extension of this user, too.
  await form.locator('input[name="hookswitchProvider.providerOptions"]').fill(`simulatedExtension=${desk.extension}`);
  await form.getByTestId('save').click();
  await until('it is saved', async () => /Saved/.test((await desk.page.getByTestId('toast').textContent()) ?? ''));
  await logIn(desk, 'Alex Agent', desk.extension);
  await desk.openPanel();
  desk.minimised = false;
  await desk.ready();
  assert.equal((await desk.page.getByTestId('softphone').boundingBox())?.width, 420);
  await desk.calls(ADA);
  await desk.press('answer');
  await desk.inPhase('connected');
  await until('the list is the new one', async () => (await desk.text('disposition')).includes('Not sold'));
});

test('an agent who is added to a call center gets a softphone with the next load', async () => {
  const desk = await admin('Call Centers');
  await desk.page.getByRole('row', { name: /1002/ }).getByRole('button', { name: /manage/ }).click();
  const users = desk.page.getByTestId('call-center-users');
  await users.getByRole('listitem').filter({ hasText: 'Una Signed' }).getByRole('button', { name: 'Add' }).click();
  await until('Una is among the users', async () =>
    (await users.getByRole('listitem').filter({ hasText: 'Una Signed' }).getByRole('button', { name: 'Remove' }).count()) === 1);
  await desk.page.getByTestId('user').selectOption({ label: 'Una Signed' });
  await until('she has a softphone', () => desk.has('presence'), 20_000);
});

test('a call center that is cloned gets a name of its own and no users', async () => {
  const desk = await admin('Call Centers');
  const before = (await desk.lightning((simulator) => simulator.org())).callCenters.length;
  await desk.page.getByRole('row', { name: /^hookswitch Hookswitch / }).getByRole('button', { name: 'Clone' }).click();
  await until('there is one more', async () => (await desk.lightning((simulator) => simulator.org())).callCenters.length === before + 1);
  await until('under its own name, without users', async () => (await desk.page.getByRole('row', { name: /Hookswitch2 0/ }).count()) === 1);
});

test('the shipped definition is imported by the file picker', async () => {
  const desk = await admin('Call Centers');
  const shipped = await fs.readFile(new URL('../../definition/hookswitch.xml', import.meta.url), 'utf8');
  await desk.page.getByTestId('import').click();
  const form = desk.page.getByTestId('import-form');
  const buffer = Buffer.from(shipped.replace('>Hookswitch<', '>FromFile<'));
  await form.getByTestId('import-file').setInputFiles({ name: 'hookswitch.xml', mimeType: 'text/xml', buffer });
  await until('the file is read', async () => (await form.getByTestId('import-text').inputValue()).includes('FromFile'));
  await form.getByTestId('import-send').click();
  await until('its values are shown', () => desk.page.getByTestId('call-center').count());
});

test('a layout that opens nothing for one match is followed by the next search', async () => {
  const desk = await admin('Softphone Layouts');
  await desk.page.getByRole('button', { name: 'Standard Softphone Layout' }).click();
  const form = desk.page.getByTestId('layout');
  await form.getByLabel('When one record matches').selectOption('nothing');
  await form.getByRole('button', { name: 'Save' }).click();
  await until('it is saved', async () => /Saved/.test((await desk.page.getByTestId('toast').textContent()) ?? ''));
  await logIn(desk, 'Bea Agent', '1002');
  await desk.ready();
  const path = (await desk.pageState()).path;
  await desk.calls(ADA);
  await desk.inPhase('alerting');
  await until('the record is found', () => desk.has('record'));
  assert.equal((await desk.pageState()).path, path, 'and not opened');
});

test('a new record is made in its window, refused without what it needs', async () => {
  const desk = await house.desk({ ready: false, minimised: true });
  await desk.page.getByRole('button', { name: 'Contacts' }).click();
  await desk.page.getByTestId('new').click();
  const form = desk.page.getByTestId('new-record');
  await form.getByRole('button', { name: 'Save' }).click();
  await until('it says what is missing', async () => /Last ?Name/i.test((await form.getByRole('alert').textContent()) ?? ''));
  await form.locator('input[name="LastName"]').fill('Lovelace');
  await form.locator('input[name="Phone"]').fill('(415) 555-0181');
  await form.getByRole('button', { name: 'Save' }).click();
  await desk.shows('Contact', 'Lovelace');
  await desk.page.getByTestId('global-search').fill('0181');
  await desk.page.getByTestId('global-search').press('Enter');
  await until('the search finds it', async () => (await desk.page.getByTestId('result').textContent())?.includes('Lovelace'));
});

test('what was changed outlives a reload, and starting again forgets it', async () => {
  const desk = await admin('This org');
  await desk.page.getByRole('checkbox', { name: 'Person accounts' }).uncheck();
  await desk.page.reload();
  await desk.loaded();
  assert.equal((await desk.lightning((simulator) => simulator.org())).personAccounts, false);
  await desk.page.getByTestId('reset').click();
  await until('the org is fresh', async () => (await desk.lightning((simulator) => simulator.org()).catch(() => null))?.personAccounts === true, 20_000);
});
