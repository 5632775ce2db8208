// A page that embeds the softphone: it gives the settings and a phone system, shows the snapshot, and sends commands.

import init, { Softphone } from 'hookswitch';
import type { Agent, Problem, Snapshot, SoftphoneConfig, SoftphoneError, Status } from 'hookswitch';

import { CallCard } from './call';
import { ExamplePhone } from './phone';

const network = new ExamplePhone();
const cards = new Map<number, CallCard>();

const config: SoftphoneConfig = {
  // The same names as in a call center's definition; see docs/definition.md.
  settings: {
    '/hookswitchProvider/provider': 'custom',
    '/hookswitchProvider/customProviderUrl': '/example/phone',
    '/hookswitchProvider/providerOptions': new URLSearchParams(location.search).get('picksUpMs') ?? '',
    '/hookswitchCalls/notReadyReasons': 'Break, Lunch',
    '/hookswitchWrapUp/wrapUpSecondsInbound': '60',
    '/hookswitchWrapUp/dispositionsInbound': 'Solved, Call back',
  },
  // Ours is at hand; another page might `import(address)`.
  load: () => network,
  // After a fault inside the module: a new softphone, which asks the provider for the calls.
  onBroken: () => start(),
};

let phone: Softphone;

await init();
start();

element('ring').addEventListener('click', () => network.ring({ number: '+14155550123', name: 'Ada Example' }));
element('far-end').addEventListener('click', () => network.hangUp());
element('sound').addEventListener('click', () => phone.enableSound());
element('ready').addEventListener('click', () => attempt((phone) => phone.setReady()));
element('reason').addEventListener('change', (event) => {
  const { value } = event.target as HTMLSelectElement;
  if (value) attempt((phone) => phone.setNotReady(value));
});
element('dial').addEventListener('submit', (event) => {
  event.preventDefault();
  const number = new FormData(event.target as HTMLFormElement).get('number');
  attempt((phone) => phone.dial(String(number)));
});

function start(): void {
  phone = Softphone.start(config);
  phone.subscribe(show);
  show();
}

/** A refusal changes nothing: it is told, and that is all. */
function attempt(command: (phone: Softphone) => void): void {
  let words = '';
  try {
    command(phone);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    words = `${error.message} (${error.code})`;
  }
  element('words').textContent = words;
}

function isRefusal(error: unknown): error is SoftphoneError {
  return error instanceof Error && error.name === 'SoftphoneError';
}

function show(): void {
  const snapshot = phone.snapshot();
  const status = phone.status();
  element('state').textContent = `${stage(status, snapshot)} · ${agent(snapshot.agent)}`;
  element('sound').hidden = !status.soundBlocked;
  showReasons(snapshot.agent);
  showCalls(snapshot);
  element('problems').replaceChildren(...snapshot.problems.map(problemLine));
  element('snapshot').textContent = JSON.stringify({ snapshot, status }, null, 1);
}

function showReasons(agent: Agent): void {
  const list = element('reason') as HTMLSelectElement;
  if (list.options.length === agent.reasons.length + 1) return;
  list.replaceChildren(new Option('Not ready…', ''), ...agent.reasons.map((reason) => new Option(reason)));
}

function showCalls(snapshot: Snapshot): void {
  for (const [id, card] of cards) {
    if (snapshot.calls.some((call) => call.id === id)) continue;
    card.element.remove();
    cards.delete(id);
  }
  for (const call of snapshot.calls) {
    const card = cards.get(call.id);
    if (card) {
      card.update(call);
      continue;
    }
    const fresh = new CallCard(call, attempt);
    cards.set(call.id, fresh);
    element('calls').append(fresh.element);
  }
}

function problemLine(problem: Problem): HTMLElement {
  const line = document.createElement('li');
  const dismiss = document.createElement('button');
  dismiss.type = 'button';
  dismiss.textContent = 'Dismiss';
  dismiss.addEventListener('click', () => attempt((phone) => phone.dismiss(problem.id)));
  line.append(`${problemWords(problem)} `, dismiss);
  return line;
}

function problemWords(problem: Problem): string {
  switch (problem.kind) {
    case 'callEnded':
      return `The call ended: ${problem.cause}`;
    case 'clickRefused':
      return `The number was not dialed: ${problem.code}`;
    case 'commandRefused':
      return `The phone system refused ${problem.command}: ${problem.reason}`;
    case 'doNotCall':
      return `${problem.detail} asked not to be called`;
    case 'logsExpired':
      return `${problem.count} unsent logs were older than may be kept, and are gone`;
    case 'missed':
      return `Missed: ${problem.number}`;
    case 'notChecked':
      return 'Salesforce could not say whether this customer may be called. The call was placed.';
    case 'partyNotReached':
      return `Not reached: ${problem.number}`;
    case 'popDenied':
    case 'popFailed':
      return 'Salesforce did not open the page';
    case 'stateRefused':
      return `The phone system refused the state: ${problem.reason}`;
    case 'transferFailed':
      return `The transfer did not come about, the call is back: ${problem.cause}`;
    case 'workNotDone':
      return 'Salesforce did not take the step for done: complete it there';
  }
}

function stage(status: Status, { phone: { provided, state } }: Snapshot): string {
  if (status.stage !== 'running') return status.stage;
  if (!provided) return status.settingProblems[0]?.words ?? 'no phone';
  return status.restarted ? `${state}, started anew` : state;
}

function agent(agent: Agent): string {
  return agent.state === 'notReady' && agent.reason ? `not ready: ${agent.reason}` : agent.state;
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}
