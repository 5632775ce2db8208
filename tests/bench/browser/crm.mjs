// How long the panel itself takes between a phone's or Lightning's message and what it does about it, in Chromium, call after call.
//
// node crm.mjs RUNS; prints one JSON object.

import os from 'node:os';

import { openHouse } from '../../browser/lib/house.mjs';
import { until } from '../../browser/lib/wait.mjs';
import { record } from './recorder.mjs';

const runs = Number(process.argv[2]);
/** Calls before it counts: the rest of the wasm is there then, and the engine has compiled what is used. */
const WARM_UP = 20;

// The display's rhythm is not ours: frames are drawn as soon as there is something to draw.
const house = await openHouse({ flags: ['--disable-frame-rate-limit', '--disable-gpu-vsync'] });
try {
  const desk = await house.desk({
    set: { 'hookswitchWrapUp.wrapUpSecondsInbound': '0', 'hookswitchWrapUp.wrapUpSecondsOutbound': '0' },
    before: (page) => page.addInitScript(record),
  });
  const panel = desk.page.frames().find((frame) => new URL(frame.url()).pathname.startsWith('/panel'));
  if (!panel) throw new Error('the panel has no frame');
  await until('Salesforce’s script is there', () => panel.evaluate(() => Boolean(globalThis.sforce?.opencti)));
  await panel.evaluate(() => globalThis.measured.wrap());
  const ada = await desk.find('Contact', 'Ada Byron');

  /** @type {Record<string, { ms: number, by: string }[]>} */
  const taken = { search: [], ringing: [], connected: [], ended: [], clicked: [] };

  /** @param {string} name @param {any} what @param {() => Promise<unknown>} act */
  const measure = async (name, what, act) => {
    await panel.evaluate((what) => globalThis.measured.arm(what), what);
    await act();
    let found;
    await until(`${name} is seen`, async () => (found = await panel.evaluate(() => globalThis.measured.found)));
    taken[name].push(found);
  };
  const call = () => desk.calls({ number: '+44 20 7946 0021', name: 'Ada Byron' });
  const report = { begins: 'report' };
  const painted = (phase) => ({ ...report, ends: ['painted'], phase });
  const gone = () => desk.inPhase('');

  for (let round = 0; round < WARM_UP + runs; round++) {
    // A call that is looked up and then given up.
    await measure('search', { ...report, with: '"delivered"', ends: ['searchAndScreenPop'] }, call);
    await desk.inPhase('alerting');
    await desk.network('hangUp');
    await gone();
    // A call that rings, is answered, and ends.
    await measure('ringing', { ...painted('alerting'), with: '"delivered"' }, call);
    await measure('connected', { ...painted('connected'), with: '"established"' }, () => desk.by('answer').dispatchEvent('click'));
    await measure('ended', { ...painted(''), with: '"connectionCleared"' }, () => desk.network('hangUp'));
    await gone();
    // A number that is clicked; the call is given up.
    const click = () => desk.lightning((simulator, id) => simulator.click(id, 'Phone'), ada);
    await measure('clicked', { begins: 'message', with: 'onClickToDial', ends: ['message', 'command'] }, click);
    await until('somebody is called', () => desk.outside());
    await desk.network('hangUp');
    await gone();
  }

  const browser = house.chromium.browser.version();
  const counted = Object.fromEntries(Object.entries(taken).map(([name, all]) => [name, all.slice(WARM_UP)]));
  const first = [...new Set(counted.clicked.map(({ by }) => by))];
  const times = Object.fromEntries(Object.entries(counted).map(([name, all]) => [name, all.map(({ ms }) => ms)]));
  console.log(JSON.stringify({ runs, browser, node: process.versions.node, processors: os.cpus().length, first, times }));
} finally {
  await house.close();
}
