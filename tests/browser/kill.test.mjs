// The whole browser is killed at every stage of a call and started again with the same profile. What Salesforce has is counted by this process:
// the simulated org's storage is here, written before the page goes on, so that it outlives the browser as a server does.

import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

import { startChromium } from '../sip/lab/chromium.mjs';
import { houseOfTests } from './lib/house.mjs';
import { ADA } from './lib/people.mjs';
import { pause, until } from './lib/wait.mjs';

const house = houseOfTests();
const NOTES = 'Wants the blue one.';

/** @typedef {import('./lib/desk.mjs').Desk} Desk */

/** One agent with one browser profile, and the org that does not live in it. */
class Site {
  /** @type {Map<string, string>} */
  #org = new Map();
  #extension = '';
  /** @type {Awaited<ReturnType<typeof startChromium>> | undefined} */
  #chromium;

  /** @param {Record<string, string>} set @param {string} profile */
  constructor(set, profile) {
    this.set = set;
    this.profile = profile;
  }

  /** A browser on the profile, and the desk in it. */
  async begins() {
    this.#chromium = await startChromium({ flags: house.server.flags, profile: this.profile });
    const { context } = this.#chromium;
    await context.route('**/the-org', (route) => {
      const body = route.request().postData();
      if (body) this.#org.set(.../** @type {[string, string]} */ (JSON.parse(body)));
      return route.fulfill({ status: 200, contentType: 'application/json', body: JSON.stringify(body ? [] : [...this.#org]) });
    });
    await context.addInitScript(keepElsewhere);
    const query = this.#extension ? { extension: this.#extension } : undefined;
    const desk = await house.desk({ context, ready: false, set: this.set, query });
    this.#extension = desk.extension;
    await desk.ready(30_000);
    // As late as Salesforce's own: what it has done already is not known here for a while.
    await desk.fault('saveLog', { fault: 'slow', ms: 250 });
    return desk;
  }

  async dies() {
    await this.#chromium?.kill();
  }

  /** The Tasks of calls, as the org has them whether or not a browser runs, oldest first. @returns {{ CallObject: string, Description?: string }[]} */
  tasks() {
    const { records } = JSON.parse(this.#org.get('hookswitch-lightning.org') ?? '{}');
    return Object.values(records).filter(({ object, fields }) => object === 'Task' && String(fields.CallObject ?? '').startsWith('hs-')).map(({ fields }) => fields);
  }
}

/** Runs in the Lightning page: its storage is the one over there, asked and told without doing anything else meanwhile. */
function keepElsewhere() {
  if (window.top !== window.self || !location.protocol.startsWith('http')) return;
  const ask = (/** @type {string | undefined} */ body) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/the-org', false);
    request.send(body);
    return JSON.parse(request.responseText);
  };
  const set = Storage.prototype.setItem;
  for (const [name, value] of ask(undefined)) set.call(localStorage, name, value);
  Storage.prototype.setItem = function (name, value) {
    set.call(this, name, value);
    if (this === localStorage && name.startsWith('hookswitch-lightning')) ask(JSON.stringify([name, value]));
  };
}

/**
 * What an agent does with a call, one step after the other.
 *
 * @type {Record<string, (desk: Desk) => Promise<unknown>>}
 */
const STEPS = {
  'it rings': (desk) => desk.calls(ADA).then(() => desk.inPhase('alerting')),
  'the agent answers': (desk) => desk.press('answer'),
  'they talk': (desk) => desk.inPhase('connected'),
  'notes are typed': (desk) => desk.write('notes', NOTES),
  'the caller hangs up': (desk) => desk.network('hangUp'),
  'the outcome is chosen': (desk) => desk.inPhase('wrapUp').then(() => desk.choose('disposition', 'Resolved')),
  'the agent finishes': (desk) => desk.press('finish'),
};

/** The browser dies so many milliseconds after a step. @type {[number, string][]} */
const DEATHS = [
  [0, 'it rings'],
  [0, 'the agent answers'],
  [40, 'the agent answers'],
  [90, 'the agent answers'],
  [0, 'they talk'],
  [200, 'they talk'],
  [0, 'notes are typed'],
  [2_000, 'notes are typed'],
  [0, 'the caller hangs up'],
  [0, 'the outcome is chosen'],
  [0, 'the agent finishes'],
  [30, 'the agent finishes'],
];

/** The rest of the agent's work, whatever is left of it on the panel. @param {Desk} desk */
async function goesOn(desk) {
  await until(
    'the call is over',
    async () => {
      const phase = await desk.phase();
      if (phase === '' && (await desk.outside()) === undefined) return true;
      // What is gone in the meantime is no matter.
      if (phase === 'alerting') await desk.by('answer').first().click({ timeout: 1_000 }).catch(() => {});
      if (phase === 'connected') await desk.network('hangUp').catch(() => {});
      if (phase === 'wrapUp') {
        await desk.by('disposition').first().selectOption('Resolved', { timeout: 1_000 }).catch(() => {});
        await desk.by('finish').first().click({ timeout: 1_000 }).catch(() => {});
      }
      return false;
    },
    60_000,
  );
}

/** The logs that the panel says are not saved. @param {Desk} desk @returns {Promise<string[]>} */
const waiting = (desk) => desk.by('log-state').evaluateAll((logs) => logs.map((log) => log.getAttribute('data-state') ?? ''));

for (const [apex, promise] of /** @type {[boolean, string]}[] */ ([
  [true, 'with Apex there is one Task for each call'],
  [false, 'without Apex there are never two Tasks, and none only where the panel says so'],
])) {
  test(`the browser killed at ${DEATHS.length} moments: ${promise}`, async (t) => {
    const profile = await fs.mkdtemp(path.join(os.tmpdir(), 'hookswitch-killed-'));
    const site = new Site(apex ? { 'hookswitchIdentity.apexClass': 'Hookswitch' } : {}, profile);
    try {
      let desk = await site.begins();
      for (const [ms, last] of DEATHS) {
        await t.test(`${ms} ms after ${last}`, async () => {
          const before = { tasks: site.tasks().length, logs: (await waiting(desk)).length };
          for (const [step, does] of Object.entries(STEPS)) {
            await does(desk);
            if (step === last) break;
          }
          await pause(ms);
          await site.dies();
          desk = await site.begins();
          await goesOn(desk);
          let came = { tasks: 0, logs: 0 };
          await until('the log is settled', async () => {
            const logs = await waiting(desk);
            came = { tasks: site.tasks().length - before.tasks, logs: logs.length - before.logs };
            // One whose answer is on its way would be counted twice, as a Task too.
            if (logs.includes('pending')) return false;
            return apex ? came.tasks > 0 && came.logs === 0 : came.tasks > 0 || came.logs > 0;
          }, 60_000);
          assert.ok(apex ? came.tasks === 1 : came.tasks <= 1, JSON.stringify(came));
          if (apex && ms === 2_000) assert.equal(site.tasks().at(-1)?.Description, NOTES, 'what was typed two seconds ago is kept');
        });
      }
      // A second Task would come late.
      await pause(3_000);
      const keys = site.tasks().map((task) => task.CallObject);
      assert.equal(new Set(keys).size, keys.length, 'no call has two Tasks');
      if (apex) assert.deepEqual([keys.length, await waiting(desk)], [DEATHS.length, []]);
      else assert.ok(keys.length <= DEATHS.length && keys.length + (await waiting(desk)).length >= DEATHS.length);
    } finally {
      await site.dies();
      await fs.rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}
