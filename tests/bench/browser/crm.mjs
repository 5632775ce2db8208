// How long the panel itself takes between a phone's or Lightning's message and what it does about it, in Chromium, call after call.
//
// node crm.mjs RUNS; prints one JSON object.

import { readFileSync } from 'node:fs';
import os from 'node:os';

import { openHouse } from '../../browser/lib/house.mjs';
import { until } from '../../browser/lib/wait.mjs';
import { record } from './recorder.mjs';

const runs = Number(process.argv[2]);
/** Calls of each kind in one page; then comes a fresh page with a fresh org, so that an org full of logs is not what is timed. */
const IN_A_PAGE = 50;
/** Calls before it counts: the rest of the wasm is there then, and the engine has compiled what is used. */
const WARM_UP = 10;

/** @type {Record<string, { ms: number, by: string }[]>} */
const taken = { search: [], ringing: [], connected: [], ended: [], clicked: [] };

// The display's rhythm is not ours: frames are drawn as soon as there is something to draw.
const house = await openHouse({ flags: ['--disable-frame-rate-limit', '--disable-gpu-vsync'] });
try {
  while (taken.search.length < runs) {
    await inOnePage(Math.min(IN_A_PAGE, runs - taken.search.length));
    await house.clear();
  }
  const browser = house.chromium.browser.version();
  const first = [...new Set(taken.clicked.map(({ by }) => by))];
  const times = Object.fromEntries(Object.entries(taken).map(([name, all]) => [name, all.map(({ ms }) => ms)]));
  const [load] = os.loadavg();
  console.log(JSON.stringify({ runs, browser, processors: os.cpus().length, load, realTime: realTime(), first, times }));
} finally {
  await house.close();
}

/** Whether other programs of this machine have to wait for this one and the browser it started, as under `chrt`. */
function realTime() {
  try {
    // The 41st field is the scheduling policy, and what stands before the last bracket is the program's name.
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return ['1', '2'].includes(fields[38]);
  } catch {
    return false;
  }
}

/** @param {number} calls */
async function inOnePage(calls) {
  const desk = await house.desk({
    set: { 'hookswitchWrapUp.wrapUpSecondsInbound': '0', 'hookswitchWrapUp.wrapUpSecondsOutbound': '0' },
    before: (page) => page.addInitScript(record),
  });
  // The people outside are not drawn while they are played.
  await desk.lightning((simulator) => simulator.drawer(''));
  const panel = desk.page.frames().find((frame) => frame.parentFrame() && new URL(frame.url()).pathname.startsWith('/panel'));
  if (!panel) throw new Error('the panel has no frame');
  await until('Salesforce’s script is there', () => panel.evaluate(() => Boolean(globalThis.sforce?.opencti)));
  await panel.evaluate(() => globalThis.measured.wrap());
  const ada = await desk.find('Contact', 'Ada Byron');
  let counts = false;

  /** @param {string} name @param {any} what @param {() => Promise<unknown>} act */
  const measure = async (name, what, act) => {
    await panel.evaluate((what) => globalThis.measured.arm(what), what);
    await act();
    const found = await until(`${name} is seen`, () => panel.evaluate(() => globalThis.measured.found));
    if (counts) taken[name].push(found);
  };
  const report = { begins: 'report' };
  /** @param {string} phase empty: no call */
  const painted = (phase) => ({ ...report, ends: ['painted'], phase });
  const call = () => desk.calls({ number: '+44 20 7946 0021', name: 'Ada Byron' });
  const click = () => desk.lightning((simulator, id) => simulator.click(id, 'Phone'), ada);
  const gone = () => desk.inPhase('');

  for (let round = 0; round < WARM_UP + calls; round++) {
    counts = round >= WARM_UP;
    // A caller who is looked up, and gives up; another whose call is drawn, and who gives up.
    await measure('search', { ...report, with: '"delivered"', ends: ['searchAndScreenPop'] }, call);
    await desk.inPhase('alerting');
    await desk.network('hangUp');
    await gone();
    await measure('ringing', { ...painted('alerting'), with: '"delivered"' }, call);
    await desk.network('hangUp');
    await gone();
    // A number that is clicked; the other side answers and hangs up, so that no frame of a click of the agent's is still on its way.
    await measure('clicked', { begins: 'message', with: 'onClickToDial', ends: ['message', 'command'] }, click);
    await until('somebody is called', () => desk.outside());
    await desk.inPhase('delivered');
    await measure('connected', { ...painted('connected'), with: '"established"' }, () => desk.network('answer'));
    await measure('ended', { ...painted(''), with: '"connectionCleared"' }, () => desk.network('hangUp'));
    await gone();
  }
}
