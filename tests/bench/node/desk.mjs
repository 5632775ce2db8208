// One call with everything in it, the same steps as `Desk` in `src/desk.rs`, played against whatever has the phone's methods.

/**
 * @typedef {object} Phone
 * @property {(report: object) => void} report
 * @property {(call: number) => void} answer
 * @property {(call: number) => void} hold
 * @property {(call: number) => void} retrieve
 * @property {(call: number, number: string) => void} consult
 * @property {(call: number, other: number) => void} transfer
 * @property {(call: number, disposition: string) => void} setDisposition
 * @property {(call: number, notes: string) => void} setNotes
 * @property {(call: number) => void} finishWrapUp
 * @property {() => { length: number }} kept what another page would need to go on
 * @property {() => { calls: { phase: string }[] }} snapshot
 */

export class Desk {
  /** @type {object[]} */
  #reports = [];
  #rounds = 0;
  #wanted = 'nothing';
  /** The phases of all calls after each input of the last traced round. @type {string[]} */
  trace = [];
  inputs = 0;
  outputs = 0;
  /** Keeps the optimiser from dropping a snapshot nobody reads. */
  callsSeen = 0;
  /** The same for what is kept. */
  kept = 0;

  /** @param {(command: (id: number, command: any) => void, sound: (sound: string) => void) => Phone} make */
  constructor(make) {
    this.phone = make(
      (id, command) => {
        this.outputs += 1;
        answer(this.#reports, id, command);
      },
      () => {
        this.outputs += 1;
      },
    );
    this.#settle();
    this.inputs = 0;
    this.outputs = 0;
  }

  /**
   * @param {number} rounds
   * @param {'nothing' | 'kept' | 'snapshot' | 'trace'} wanted what is done after every input
   */
  play(rounds, wanted) {
    this.#wanted = wanted;
    for (let round = 0; round < rounds; round += 1) this.#round();
  }

  /** One call that is answered and goes on. */
  talks() {
    const call = this.#rings();
    this.#put(() => this.phone.answer(call));
  }

  #round() {
    this.trace = [];
    const customer = this.#rings();
    const colleague = customer + 1;
    this.#put(() => this.phone.answer(customer));
    this.#put(() => this.phone.hold(customer));
    this.#put(() => this.phone.retrieve(customer));
    this.#put(() => this.phone.consult(customer, '1002'));
    this.#put(() => this.phone.transfer(customer, colleague));
    this.#put(() => this.phone.setDisposition(customer, 'Transferred'));
    this.#put(() => this.phone.setNotes(customer, 'Asked for the invoice.'));
    this.#put(() => this.phone.finishWrapUp(customer));
  }

  #rings() {
    this.#rounds += 1;
    const call = `c${this.#rounds}`;
    const from = { number: '+14155550100', name: 'Ada Byron' };
    const delivered = { type: 'delivered', call, from, called: '+14155550000', queue: '', kind: 'inbound', record: '', ownsLog: true };
    this.#put(() => this.phone.report(delivered));
    // Calls are numbered from 1; every round has two.
    return this.#rounds * 2 - 1;
  }

  /** @param {() => void} act */
  #put(act) {
    act();
    this.#look();
    this.#settle();
  }

  #settle() {
    for (let report = this.#reports.shift(); report; report = this.#reports.shift()) {
      this.phone.report(report);
      this.#look();
    }
  }

  #look() {
    this.inputs += 1;
    if (this.#wanted === 'nothing') return;
    if (this.#wanted === 'kept') {
      this.kept += this.phone.kept().length;
      return;
    }
    const { calls } = this.phone.snapshot();
    if (this.#wanted === 'trace') this.trace.push(calls.map((call) => call.phase).join(' '));
    else this.callsSeen += calls.length;
  }
}

/**
 * The stand-in phone system: done, and what came of it.
 *
 * @param {object[]} reports
 * @param {number} request
 * @param {any} command
 */
function answer(reports, request, command) {
  const { call } = command;
  const done = { type: 'done', request };
  switch (command.type) {
    case 'answer':
      reports.push(done, { type: 'established', call });
      break;
    case 'hold':
      reports.push(done, { type: 'held', call, by: 'agent' });
      break;
    case 'makeCall': {
      const made = `k${request}`;
      reports.push({ type: 'originated', request, call: made }, done);
      reports.push({ type: 'networkReached', call: made, earlyMedia: false }, { type: 'established', call: made });
      break;
    }
    case 'retrieve':
      reports.push(done, { type: 'retrieved', call, by: 'agent' });
      break;
    case 'sync':
      reports.push(done, { type: 'sync', calls: [] });
      break;
    case 'transferCall':
      reports.push(done, { type: 'transferred', call, by: 'agent', other: command.other });
      break;
    default:
      reports.push(done);
  }
}
