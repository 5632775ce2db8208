// The benchmark's call three times in one run: inside the wasm module, through its surface, and as XState 5 machines.
//
// node bench.mjs GLUE WASM ROUNDS; prints one JSON object.

import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

import { Desk } from './desk.mjs';
import { xstatePhone } from './machine.mjs';

const [gluePath, wasmPath, roundsWord] = process.argv.slice(2);
const rounds = Number(roundsWord);
const glue = await import(pathToFileURL(gluePath).href);
const wasm = await glue.default({ module_or_path: await readFile(wasmPath) });

const surface = (command, sound) => new glue.Outside(command, sound);

const inputsPerRound = (() => {
  const desk = new Desk(xstatePhone);
  desk.play(1, 'trace');
  return desk.inputs;
})();

/** The phases after each input, the inputs and the outputs of the first call and of one after many. */
function outcome(make) {
  const desk = new Desk(make);
  desk.play(1, 'trace');
  const first = desk.trace.join(',');
  desk.play(500, 'nothing');
  desk.play(1, 'trace');
  const last = desk.trace.join(',');
  if (first !== last) throw new Error(`the 502nd call went otherwise than the first: ${last}`);
  return `${desk.inputs / 502} ${desk.outputs / 502} ${first}`;
}

function insideOutcome() {
  const inside = new glue.Inside();
  const first = inside.trace();
  const outputs = inside.play(500, 'nothing');
  const last = inside.trace();
  if (first !== last) throw new Error(`the 502nd call went otherwise than the first: ${last}`);
  return `${first.split(',').length} ${outputs / 500} ${first}`;
}

/**
 * The best of many short turns, in nanoseconds per input; warmed up before. Short, so that some are not interrupted on a busy machine; it also
 * leaves out what the garbage collector costs between the turns, to XState's advantage.
 */
function timed(play, times) {
  play(times);
  const each = Math.ceil(times / 200);
  let best = Infinity;
  for (let turn = 0; turn < 400; turn += 1) {
    const start = process.hrtime.bigint();
    play(each);
    best = Math.min(best, Number(process.hrtime.bigint() - start) / (each * inputsPerRound));
  }
  return best;
}

const outcomes = { inside: insideOutcome(), outside: outcome(surface), xstate: outcome(xstatePhone) };
for (const [name, found] of Object.entries(outcomes)) {
  if (found !== outcomes.xstate) throw new Error(`${name} came to something else than XState:\n${found}\n${outcomes.xstate}`);
}

const WANTED = ['nothing', 'kept', 'snapshot'];
/** @param {(wanted: string) => (count: number) => void} player */
const each = (player, times) => Object.fromEntries(WANTED.map((wanted) => [wanted, timed(player(wanted), times)]));
const xstate = () =>
  each((wanted) => {
    const desk = new Desk(xstatePhone);
    return (count) => desk.play(count, wanted);
  }, rounds);
// XState first and last: whoever runs later must not profit from a warmer machine.
const first = xstate();
const times = {
  inside: each((wanted) => {
    const inside = new glue.Inside();
    return (count) => inside.play(count, wanted);
  }, rounds * 4),
  outside: each((wanted) => {
    const desk = new Desk(surface);
    return (count) => desk.play(count, wanted);
  }, rounds),
};
const last = xstate();
times.xstate = Object.fromEntries(WANTED.map((wanted) => [wanted, Math.min(first[wanted], last[wanted])]));

/** Bytes that the module's memory grows by per agent, and per call on top. */
function wasmMemory(agents) {
  const before = wasm.memory.buffer.byteLength;
  const desks = Array.from({ length: agents }, () => new glue.Inside());
  const idle = wasm.memory.buffer.byteLength;
  for (const desk of desks) desk.talks();
  const talking = wasm.memory.buffer.byteLength;
  return { perAgent: (idle - before) / agents, perCall: (talking - idle) / agents };
}

/** The same of the XState machines, on V8's heap. */
function heapMemory(agents) {
  const used = () => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  const before = used();
  const desks = Array.from({ length: agents }, () => new Desk(xstatePhone));
  const idle = used();
  for (const desk of desks) desk.talks();
  const talking = used();
  return { perAgent: (idle - before) / agents, perCall: (talking - idle) / agents };
}

const memory = { wasm: wasmMemory(5_000), xstate: heapMemory(5_000) };
console.log(JSON.stringify({ outcome: outcomes.xstate, node: process.versions.node, times, memory }));
