// What an earlier page left and nobody could read: set aside and told, taken up as soon as it can be read, deleted when it is too old.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { houseOfTests } from './lib/house.mjs';
import { ADA } from './lib/people.mjs';
import { until } from './lib/wait.mjs';

const house = houseOfTests();

/** @typedef {import('./lib/desk.mjs').Desk} Desk */

/**
 * Ends the panel and does something with what it stored, from another page of its origin in the same frame.
 *
 * @template T, G
 * @param {Desk} desk
 * @param {(sealed: { get: (name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>, put: (name: string, bytes: Uint8Array<ArrayBuffer> | undefined) => Promise<unknown>, mark: (there: boolean) => void }, given: G) => Promise<T>} act
 * @param {G} given
 * @returns {Promise<T>}
 */
async function withoutPanel(desk, act, given) {
  const frame = await (await desk.page.$('#softphone-frame'))?.contentFrame();
  assert.ok(frame);
  await frame.goto(new URL('../org-hosts.json', frame.url()).href);
  const body = `async ([act, given]) => {
    const all = await indexedDB.databases();
    const { name } = all.find(({ name }) => name.endsWith(':vault'));
    const asked = (request) => new Promise((done, fail) => { request.onsuccess = () => done(request.result); request.onerror = () => fail(request.error); });
    const database = await asked(indexedDB.open(name));
    const store = () => database.transaction('keys', 'readwrite').objectStore('keys');
    const sealed = {
      get: (place) => asked(store().get('sealed:' + place)),
      put: (place, bytes) => asked(bytes ? store().put(bytes, 'sealed:' + place) : store().delete('sealed:' + place)),
      mark: (there) => (there ? localStorage.setItem(name.replace(/vault$/, 'unread'), '1') : localStorage.removeItem(name.replace(/vault$/, 'unread'))),
    };
    try {
      return await (0, eval)('(' + act + ')')(sealed, given);
    } finally {
      database.close();
    }
  }`;
  return frame.evaluate(`(${body})(${JSON.stringify([String(act), given])})`);
}

/** The day of a journal that lies apart, in the first place for one; none: nothing lies there. @param {Desk} desk @returns {Promise<number | undefined>} */
const dayApart = (desk) =>
  withoutPanel(
    desk,
    async (sealed) => {
      const bytes = await sealed.get('unread');
      return bytes && new DataView(bytes.buffer).getUint32(0, true);
    },
    null,
  );

const today = () => Math.floor(Date.now() / 86_400_000);

/** An agent whose log Salesforce did not take, and who went away. @returns {Promise<Desk>} */
async function withUnsavedLog() {
  const desk = await house.desk();
  await desk.fault('saveLog', { fault: 'failing', code: 'GENERIC_ERROR' });
  await desk.serves(ADA, 'Resolved', 'Wants the invoice again.');
  await until('the log needs the agent', () => desk.has('log-resend'), 20_000);
  return desk;
}

test('a log in a journal that cannot be read is set aside, told, and saved once by the page that can read it', async () => {
  const desk = await withUnsavedLog();
  const good = await withoutPanel(
    desk,
    async (sealed) => {
      const bytes = await sealed.get('journal');
      if (!bytes) throw new Error('nothing is kept');
      const bad = bytes.slice();
      bad[bad.length - 1] ^= 1;
      await sealed.put('journal', bad);
      return [...bytes];
    },
    null,
  );

  await desk.reload();
  await desk.ready();
  await desk.says('notice-set-aside', 'kept apart');
  assert.deepEqual(await desk.tasks(), [], 'the log is in nobody’s hands now');
  assert.equal(await dayApart(desk), today());

  // The release that can read it: as if what lies apart had never been broken.
  await withoutPanel(desk, (sealed, bytes) => sealed.put('unread', new Uint8Array(bytes)), [...new Uint8Array(new Uint32Array([today()]).buffer), ...good]);
  await desk.reload();
  await desk.ready();
  await desk.fault('saveLog', null);
  await desk.press('log-resend');
  assert.equal((await desk.log()).Description, 'Wants the invoice again.');
  assert.equal(await desk.has('notice-set-aside'), false);
  await until('nothing lies apart any more', async () => (await dayApart(desk)) === undefined);
  await desk.reload();
  await desk.ready();
  assert.equal((await desk.tasks()).length, 1);
});

test('what lies apart for longer than logs are kept is deleted, and what does not stays', async () => {
  const desk = await house.desk();
  for (const [days, left] of [[1, true], [400, false]]) {
    const day = today() - Number(days);
    await withoutPanel(
      desk,
      async (sealed, bytes) => {
        await sealed.put('unread', new Uint8Array(bytes));
        sealed.mark(true);
      },
      [...new Uint8Array(new Uint32Array([day]).buffer), ...Array(40).fill(7)],
    );
    await desk.reload();
    await desk.ready();
    // It is deleted as soon as the settings are known, while the phone goes on starting.
    await desk.calls(ADA);
    await desk.press('decline');
    await desk.inPhase('');
    assert.equal(await dayApart(desk), left ? day : undefined, `${days} days`);
    await desk.reload();
    await desk.ready();
  }
});
