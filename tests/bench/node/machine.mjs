// The same call as XState 5 machines: one actor per call, and the agent's above them, who passes the one voice from call to call.
//
// Written as XState's own documentation advises: `setup`, guards and actions by name, `assign`, spawned actors, an actor told directly
// where it is known. Left out, to its advantage: deadlines of passing states, logs, the checkpoint, several hundred questions of what is
// allowed, reports that come late or twice.

import { assign, createActor, sendParent, sendTo, setup, stopChild } from 'xstate';

const call = setup({
  guards: {
    inbound: ({ context }) => context.direction === 'in',
    byAgent: ({ event }) => event.by === 'agent',
  },
  actions: {
    ask: ({ context }, { type }) => context.host.ask({ type, call: context.name }),
    dial: ({ context }) => {
      context.request = context.host.ask({ type: 'makeCall', to: context.number, record: '', consults: context.consults });
    },
    sound: ({ context }, { sound }) => context.host.sound(sound),
    name: assign({ name: ({ event }) => event.call }),
    gaveVoice: sendParent(({ context }) => ({ type: 'voiceFree', id: context.id })),
    answered: assign({ answered: () => Date.now() }),
    write: assign({
      disposition: ({ context, event }) => event.disposition ?? context.disposition,
      notes: ({ context, event }) => event.notes ?? context.notes,
    }),
    leave: sendParent(({ context }) => ({ type: 'over', id: context.id, name: context.name })),
  },
}).createMachine({
  id: 'call',
  context: ({ input }) => ({ ...input, answered: null, disposition: null, notes: '', request: 0 }),
  initial: 'begins',
  states: {
    begins: { always: [{ guard: 'inbound', target: 'alerting' }, { target: 'initiated' }] },
    alerting: {
      entry: { type: 'sound', params: { sound: 'ring' } },
      exit: { type: 'sound', params: { sound: 'silence' } },
      on: { answer: { target: 'answering', actions: { type: 'ask', params: { type: 'answer' } } } },
    },
    answering: { on: { established: { target: 'connected', actions: 'answered' } } },
    initiated: {
      on: {
        dial: { actions: 'dial' },
        originated: { actions: 'name' },
        networkReached: 'delivered',
        established: { target: 'connected', actions: 'answered' },
      },
    },
    delivered: {
      entry: { type: 'sound', params: { sound: 'ringback' } },
      exit: { type: 'sound', params: { sound: 'silence' } },
      on: { established: { target: 'connected', actions: 'answered' } },
    },
    connected: {
      on: {
        hold: { target: 'holding', actions: { type: 'ask', params: { type: 'hold' } } },
        transferring: 'transferring',
      },
    },
    holding: { on: { held: { guard: 'byAgent', target: 'held', actions: 'gaveVoice' } } },
    held: {
      on: {
        retrieve: { target: 'retrieving', actions: { type: 'ask', params: { type: 'retrieve' } } },
        transferring: 'transferring',
      },
    },
    retrieving: { on: { retrieved: { guard: 'byAgent', target: 'connected' } } },
    transferring: { on: { transferred: 'wrapUp', consulted: 'over' } },
    wrapUp: { on: { write: { actions: 'write' }, finish: 'over' } },
    over: { type: 'final', entry: 'leave' },
  },
});

const agent = setup({
  actors: { call },
  guards: {
    someoneWaits: ({ context }) => context.waits !== null,
  },
  actions: {
    done: assign({ done: ({ context }) => context.done + 1 }),
    ring: assign(({ context, event, spawn }) => {
      const id = context.count + 1;
      const input = { host: context.host, id, direction: 'in', name: event.call, number: event.from.number, from: event.from, consults: null };
      const ref = spawn('call', { id: `call${id}`, input });
      return { count: id, calls: { ...context.calls, [id]: ref }, names: { ...context.names, [event.call]: id } };
    }),
    consult: assign(({ context, event, spawn }) => {
      const id = context.count + 1;
      const about = context.calls[event.call].getSnapshot().context.name;
      const input = { host: context.host, id, direction: 'out', name: null, number: event.number, from: null, consults: about };
      const ref = spawn('call', { id: `call${id}`, input });
      return { count: id, calls: { ...context.calls, [id]: ref }, waits: id };
    }),
    holdFirst: sendTo(({ context, event }) => context.calls[event.call], { type: 'hold' }),
    dialWaiting: sendTo(({ context }) => context.calls[context.waits], { type: 'dial' }),
    nobodyWaits: assign({ waits: null, dials: ({ context }) => context.waits }),
    named: sendTo(({ context }) => context.calls[context.dials], ({ event }) => event),
    remember: assign({ names: ({ context, event }) => ({ ...context.names, [event.call]: context.dials }), dials: null }),
    transfer: ({ context, event }) => {
      const names = [event.call, event.other].map((id) => context.calls[id].getSnapshot().context.name);
      context.host.ask({ type: 'transferCall', call: names[0], other: names[1], record: '' });
    },
    transferFirst: sendTo(({ context, event }) => context.calls[event.call], { type: 'transferring' }),
    transferSecond: sendTo(({ context, event }) => context.calls[event.other], { type: 'transferring' }),
    transferredFirst: sendTo(({ context, event }) => context.calls[context.names[event.call]], ({ event }) => event),
    transferredSecond: sendTo(({ context, event }) => context.calls[context.names[event.other]], { type: 'consulted' }),
    drop: assign(({ context, event }) => {
      const { [event.id]: _call, ...calls } = context.calls;
      const { [event.name]: _name, ...names } = context.names;
      return { calls, names };
    }),
    toCall: sendTo(({ context, event }) => context.calls[event.id], ({ event }) => event.event),
  },
}).createMachine({
  id: 'agent',
  context: ({ input }) => ({ host: input.host, count: 0, calls: {}, names: {}, waits: null, dials: null, done: 0 }),
  on: {
    delivered: { actions: 'ring' },
    done: { actions: 'done' },
    consult: { actions: ['consult', 'holdFirst'] },
    voiceFree: { guard: 'someoneWaits', actions: ['dialWaiting', 'nobodyWaits'] },
    originated: { actions: ['named', 'remember'] },
    transfer: { actions: ['transfer', 'transferFirst', 'transferSecond'] },
    transferred: { actions: ['transferredFirst', 'transferredSecond'] },
    over: { actions: ['drop', stopChild(({ event }) => `call${event.id}`)] },
  },
});

/** @type {(command: (id: number, command: any) => void, sound: (sound: string) => void) => import('./desk.mjs').Phone & { actor: any }} */
export function xstatePhone(command, sound) {
  let requests = 0;
  const host = {
    ask: (asked) => {
      requests += 1;
      command(requests, asked);
      return requests;
    },
    sound,
  };
  const actor = createActor(agent, { input: { host } }).start();
  const to = (id) => actor.getSnapshot().context.calls[id];
  /** What a call alone is about goes to its actor without a detour. */
  const named = (name) => to(actor.getSnapshot().context.names[name]);
  const toCall = new Set(['established', 'held', 'networkReached', 'retrieved']);
  return {
    actor,
    report: (report) => (toCall.has(report.type) ? named(report.call) : actor).send(report),
    answer: (id) => to(id).send({ type: 'answer' }),
    hold: (id) => to(id).send({ type: 'hold' }),
    retrieve: (id) => to(id).send({ type: 'retrieve' }),
    consult: (id, number) => actor.send({ type: 'consult', call: id, number }),
    transfer: (id, other) => actor.send({ type: 'transfer', call: id, other }),
    setDisposition: (id, disposition) => to(id).send({ type: 'write', disposition }),
    setNotes: (id, notes) => to(id).send({ type: 'write', notes }),
    finishWrapUp: (id) => to(id).send({ type: 'finish' }),
    kept: () => JSON.stringify(actor.getPersistedSnapshot()),
    snapshot: () => ({
      calls: Object.values(actor.getSnapshot().context.calls).map((ref) => ({ phase: ref.getSnapshot().value })),
    }),
  };
}
