// `cargo xtask size --ran` and `--learn`: first loads with a module that notes what of it runs. Arguments: that module, the file for the notes.

import fs from 'node:fs/promises';

import { openHouse } from './house.mjs';
import { SERVER, standInForSip } from './sip.mjs';
import { pause, until } from './wait.mjs';

const [watched, notes] = process.argv.slice(2);
const wasm = await fs.readFile(watched);
/** @type {number[]} */
const ran = [];

/** Which slot of the rest was called before it was there, and who called it, innermost first. @type {[number, string][]} */
const early = [];

/** Keeps the instance of each page where it can be asked, and who asked for the rest. */
function keepInstance() {
  const { instantiateStreaming, instantiate } = WebAssembly;
  /** @param {any} made */
  const kept = (made) => Object.assign(globalThis, { watched: (made.instance ?? made).exports }) && made;
  WebAssembly.instantiateStreaming = async (...given) => kept(await instantiateStreaming(...given));
  // @ts-expect-error: one function with two shapes
  WebAssembly.instantiate = async (...given) => kept(await instantiate(...given));
  const { open } = XMLHttpRequest.prototype;
  Error.stackTraceLimit = 30;
  XMLHttpRequest.prototype.open = function (/** @type {any[]} */ ...given) {
    const all = /** @type {any} */ (globalThis);
    all.early ??= [all.watched.noted.value, new Error('early').stack];
    // @ts-expect-error: one function with two shapes
    return open.apply(this, given);
  };
}

/** What the page's instance has noted. @returns {{ words: number[], early?: [number, string] } | null} */
function noted() {
  const { watched, early } = /** @type {any} */ (globalThis);
  if (!watched?.ran0) return null;
  const words = [];
  while (watched[`ran${words.length}`]) words.push(watched[`ran${words.length}`].value >>> 0);
  return { words, early };
}

const ADA = { number: '+44 20 7946 0021', name: 'Ada Byron' };

/**
 * First loads that differ in what a deploy sets, in who calls, and in what Salesforce knows of them.
 *
 * @type {{ call: Record<string, unknown>, idleMs?: number, minimised?: boolean, set?: Record<string, string>, sip?: boolean }[]}
 */
const LOADS = [
  { call: ADA },
  // The rest may be long in coming.
  { call: ADA, idleMs: 35_000 },
  { call: { number: '+44 20 7946 0999' } },
  { call: { number: '' }, minimised: true },
  { call: { ...ADA, queue: 'Support' }, minimised: true },
  { call: { number: '4711', name: 'A colleague' } },
  {
    call: { number: '0049 (30) 5556-0017' },
    set: {
      'reqDialingOptions.reqOutsidePrefix': '9',
      'reqDialingOptions.reqLongDistPrefix': '1',
      'reqDialingOptions.reqInternationalPrefix': '011',
      'hookswitchCalls.lines': '2',
      'hookswitchCalls.autoAnswerInbound': '9',
      'hookswitchCalls.notReadyReasons': 'Lunch, Training, Break',
      'hookswitchCalls.startPresence': 'ready',
      'hookswitchWrapUp.wrapUpSecondsInbound': '45',
      'hookswitchWrapUp.wrapUpLimitSeconds': '300',
      'hookswitchWrapUp.mandatoryInbound': 'true',
      'hookswitchWrapUp.dispositionsInbound': 'Resolved, Call back, Wrong number, Complaint',
      'hookswitchPop.popInbound': 'answered',
      'hookswitchPop.popInternal': 'ringing',
      'hookswitchPop.openCases': 'hide',
      'hookswitchLog.subject': '{kind} call {number} {name}',
      'hookswitchLog.customFields': 'Queue__c = {queue}; Wrap__c = {wrapUp}',
      'hookswitchDialing.country': 'US',
      'hookswitchDialing.areaCode': '415',
      'hookswitchDialing.applyPrefixes': 'true',
      'hookswitchDialing.stripInbound': '0',
      'hookswitchDialing.emergencyNumbers': '911, 112',
      'hookswitchDialing.doNotCall': 'warn',
      'hookswitchView.theme': 'dark',
      'hookswitchView.ring': 'soft',
      'hookswitchView.ringVolume': '30',
      'hookswitchDiagnostics.diagnosticsLevel': 'full',
      'hookswitchDiagnostics.supportContact': 'Help desk, 4000',
    },
  },
  { call: ADA, set: { 'hookswitchDialing.country': 'GB', 'hookswitchPop.popInbound': 'never', 'hookswitchView.theme': 'system', 'hookswitchView.ring': 'off' } },
  { call: ADA, sip: true },
  { call: { number: '' }, sip: true, minimised: true },
];

const house = await openHouse();
try {
  for (const { call, idleMs = 0, minimised = false, set = {}, sip = false } of LOADS) {
    /** @type {ReturnType<typeof standInForSip> | undefined} */
    let server;
    const desk = await house.desk({
      minimised: minimised && !sip,
      ready: !sip,
      query: sip ? { provider: 'sip' } : {},
      set: sip ? { 'hookswitchSip.primaryServers': SERVER, 'hookswitchSip.domain': 'example.com', ...set } : set,
      before: async (page) => {
        await page.addInitScript(keepInstance);
        await page.route(/panel_bg[^/]*\.wasm$/, (route) => route.fulfill({ body: wasm, contentType: 'application/wasm' }));
        // While an agent signs in, it comes in the background.
        await page.route(/panel_rest[^/]*\.wasm$/, (route) => (sip || route.request().resourceType() === 'xhr' ? route.continue() : undefined));
        if (sip) server = standInForSip(page);
        await server?.ready;
      },
    });
    if (server) {
      await until('the panel asks who signs in', () => desk.has('signin-submit'), 20_000);
      await pause(4_000);
      await desk.write('signin-user', '1001');
      await desk.write('signin-password', 'secret');
      await desk.press('signin-submit');
      await until('the panel is at the desk', () => desk.has('presence'), 20_000);
      if (minimised) await desk.minimise();
      await pause(1_000);
      server.calls(String(call.number));
    } else {
      await pause(idleMs);
      await desk.calls(call);
    }
    await desk.inPhase('alerting');
    // Who it is has been looked up, and what follows from that is done.
    await pause(6_000);
    const found = (await Promise.all(desk.page.frames().map((frame) => frame.evaluate(noted).catch(() => null)))).find((noted) => noted);
    if (!found) throw new Error('the watched module did not run');
    if (found.early) early.push(found.early);
    found.words.forEach((word, place) => (ran[place] = ((ran[place] ?? 0) | word) >>> 0));
    await house.clear();
  }
} finally {
  await house.close();
}
await fs.writeFile(notes, JSON.stringify({ bits: ran, early }));
