// One call on the page. Made once per call and updated, so that typing in the notes is never disturbed.

import type { Call, CommandKind, Softphone } from 'hookswitch';

/** Runs a command and shows why it was refused, if it was. */
export type Attempt = (command: (phone: Softphone) => void) => void;

const BUTTONS: readonly [CommandKind, string, (phone: Softphone, call: Call) => void][] = [
  ['answer', 'Answer', (phone, call) => phone.answer(call.id)],
  ['decline', 'Decline', (phone, call) => phone.decline(call.id)],
  ['hold', 'Hold', (phone, call) => phone.hold(call.id)],
  ['retrieve', 'Retrieve', (phone, call) => phone.retrieve(call.id)],
  ['mute', 'Mute', (phone, call) => phone.mute(call.id, !call.muted)],
  ['clear', 'Hang up', (phone, call) => phone.clear(call.id)],
  ['finishWrapUp', 'Finish', (phone, call) => phone.finishWrapUp(call.id)],
];

export class CallCard {
  readonly element = document.createElement('article');
  #call: Call;
  #who = document.createElement('h3');
  #phase = tagged('p', 'phase');
  #buttons = new Map<CommandKind, HTMLButtonElement>();
  #disposition = tagged('select', 'disposition');
  #notes = tagged('textarea', 'notes');

  constructor(call: Call, attempt: Attempt) {
    this.#call = call;
    this.#who.dataset['testid'] = 'caller';
    this.#phase.setAttribute('role', 'status');
    this.#disposition.setAttribute('aria-label', 'How the call went');
    this.#notes.setAttribute('aria-label', 'Notes');
    this.#notes.value = call.draft.notes;
    this.#disposition.append(new Option('How did it go?', ''), ...call.draft.dispositions.map((choice) => new Option(choice)));
    this.#disposition.addEventListener('change', () => {
      attempt((phone) => phone.setDisposition(this.#call.id, this.#disposition.value || undefined));
    });
    this.#notes.addEventListener('input', () => attempt((phone) => phone.setNotes(this.#call.id, this.#notes.value)));
    for (const [kind, label, command] of BUTTONS) {
      const button = tagged('button', kind);
      button.type = 'button';
      button.textContent = label;
      button.addEventListener('click', () => attempt((phone) => command(phone, this.#call)));
      this.#buttons.set(kind, button);
    }
    this.element.append(this.#who, this.#phase, ...this.#buttons.values(), this.#disposition, this.#notes);
    this.update(call);
  }

  update(call: Call): void {
    this.#call = call;
    const party = call.connections.find((connection) => !connection.agent)?.party;
    this.#who.textContent = party?.name || party?.number || 'Unknown caller';
    this.#phase.textContent = call.cause && call.cause !== 'normal' ? `${call.phase} (${call.cause})` : call.phase;
    for (const { command, refused } of call.commands) {
      const button = this.#buttons.get(command);
      // What is allowed is the softphone's to say, and so is why it is not.
      if (button) button.hidden = refused !== null;
    }
    const mute = this.#buttons.get('mute');
    if (mute) mute.textContent = call.muted ? 'Unmute' : 'Mute';
    this.#disposition.hidden = call.draft.dispositions.length === 0;
    this.#disposition.value = call.draft.disposition ?? '';
  }
}

function tagged<K extends keyof HTMLElementTagNameMap>(tag: K, name: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.dataset['testid'] = name;
  return element;
}
