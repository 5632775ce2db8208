// The pictures of docs/definition.md: Setup of the simulated org, as an admin goes through it. Run with HOOKSWITCH_SHOTS=1 to write them.

import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { until } from './lib/wait.mjs';

const house = houseOfTests();

const SIZE = { width: 1280, height: 800 };

/** @param {import('./lib/desk.mjs').Desk} desk @param {string} name */
async function keep(desk, name) {
  const png = await desk.page.screenshot({ animations: 'disabled' });
  const file = new URL(`../../docs/images/${name}.png`, import.meta.url);
  if (process.env.HOOKSWITCH_SHOTS === '1') await fs.writeFile(file, png);
  for (const picture of [png, await fs.readFile(file)]) {
    assert.deepEqual({ width: picture.readUInt32BE(16), height: picture.readUInt32BE(20) }, SIZE, `${name}; make it with HOOKSWITCH_SHOTS=1`);
  }
}

test('the guide’s way through Setup: import, values, users', async () => {
  const desk = await house.desk({ ready: false, minimised: true, query: { user: 'Ines Admin' } });
  await desk.page.getByTestId('setup').click();
  await desk.page.getByTestId('setup-page').getByRole('button', { name: 'Call Centers' }).click();
  const shipped = await fs.readFile(new URL('../../definition/hookswitch.xml', import.meta.url), 'utf8');
  await desk.page.getByTestId('import').click();
  const form = desk.page.getByTestId('import-form');
  const buffer = Buffer.from(shipped.replace('>Hookswitch<', '>Desk<').replace('>hookswitch<', '>Support desk<'));
  await form.getByTestId('import-file').setInputFiles({ name: 'desk.xml', mimeType: 'text/xml', buffer });
  await until('the file is read', async () => (await form.getByTestId('import-text').inputValue()).includes('Support desk'));
  await keep(desk, 'setup-import');

  await form.getByTestId('import-send').click();
  const values = desk.page.getByTestId('call-center');
  await until('its values are shown', () => values.count());
  const system = values.locator('input[name="hookswitchProvider.provider"]');
  await system.fill('sip');
  await system.evaluate((input) => input.scrollIntoView({ block: 'center' }));
  await keep(desk, 'setup-values');

  await values.getByTestId('save').click();
  await until('it is saved', async () => /Saved/.test((await desk.page.getByTestId('toast').textContent()) ?? ''));
  await desk.page.getByTestId('setup-page').getByRole('button', { name: 'Call Centers' }).click();
  await desk.page.getByRole('row', { name: /Desk/ }).getByRole('button', { name: /manage/ }).click();
  const users = desk.page.getByTestId('call-center-users');
  await users.getByRole('listitem').filter({ hasText: 'Una Signed' }).getByRole('button', { name: 'Add' }).click();
  await until('Una is among the users', async () =>
    (await users.getByRole('listitem').filter({ hasText: 'Una Signed' }).getByRole('button', { name: 'Remove' }).count()) === 1);
  await keep(desk, 'setup-users');
});

test('the guide’s way through Setup: a softphone layout of its own, its profile, and the item in the utility bar', async () => {
  const desk = await house.desk({ ready: false, minimised: true, query: { user: 'Ines Admin' } });
  await desk.page.getByTestId('setup').click();
  const menu = desk.page.getByTestId('setup-page');
  await menu.getByRole('button', { name: 'Softphone Layouts' }).click();
  const layouts = desk.page.getByTestId('layouts');
  await layouts.getByRole('button', { name: 'New' }).click();
  await layouts.getByLabel('Support Agent').selectOption({ label: 'Softphone Layout 2' });
  await until('the agents have it', async () => /Assigned/.test((await desk.page.getByTestId('toast').textContent()) ?? ''));
  await keep(desk, 'setup-layouts');

  await layouts.getByRole('button', { name: 'Softphone Layout 2' }).click();
  const form = desk.page.getByTestId('layout');
  await form.getByLabel('When nothing matches').selectOption('new Contact');
  await form.getByLabel('Name', { exact: true }).fill('Support');
  await form.getByRole('button', { name: 'Save' }).click();
  await until('it is saved', async () => /Saved/.test((await desk.page.getByTestId('toast').textContent()) ?? ''));
  await keep(desk, 'setup-layout');

  await menu.getByRole('button', { name: 'App Manager' }).click();
  const apps = desk.page.getByTestId('apps');
  await apps.getByLabel('Open CTI Softphone in the utility bar, Marketing').check();
  await apps.getByLabel('Start automatically, Sales on demand').check();
  const settled = () =>
    desk.lightning((simulator) => {
      const [sales, marketing] = ['Sales on demand', 'Marketing'].map((name) => simulator.org().apps.find((app) => app.name === name));
      return sales.startAutomatically && marketing.softphoneItem;
    });
  await until('the apps are changed', settled);
  await desk.page.getByTestId('toast').getByRole('button').click();
  await keep(desk, 'setup-apps');
});

test('the guide’s self-check, of a phone that is not quite set up', async () => {
  const set = { 'reqGeneralInfo.reqStandbyUrl': '/standby/', 'reqGeneralInfo.reqSoftphoneHeight': '640', 'reqGeneralInfo.reqSoftphoneWidth': '460' };
  const desk = await house.desk({ set });
  await desk.press('connection');
  await desk.press('check');
  await until('the check has looked', () => desk.by('finding').count(), 20_000);
  await keep(desk, 'self-check');
});
