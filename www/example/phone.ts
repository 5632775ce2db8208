// A vendor's provider: the whole contract over a phone system that is one object in this page. A real one would speak to its servers
// where this one keeps a list.

import type { Capabilities, Cause, PhoneCall, PhoneCommand, PhoneReport, Party, Provider, ProviderHost, ProviderModule } from 'hookswitch';

const CAPABILITIES: Capabilities = {
  agentState: true,
  digits: true,
  hold: true,
  mute: true,
};

/** Somebody dialed picks up after this long, unless the settings say otherwise. */
const PICKS_UP_MS = 1_000;

/** One call as this phone system keeps it. */
interface Line {
  readonly party: Party;
  readonly inbound: boolean;
  readonly began: number;
  answered: number | null;
  held: boolean;
  muted: boolean;
}

/** The phone system, with what its example page may do to it. */
export class ExamplePhone implements ProviderModule {
  #lines = new Map<string, Line>();
  #last = 0;
  #host: ProviderHost | null = null;

  /** What the softphone calls; called again after the module broke, while the calls go on. */
  createProvider = (host: ProviderHost): Provider => {
    this.#host = host;
    return {
      start: () => {
        this.#tell(
          { type: 'account', identity: 'example-1001' },
          { type: 'capabilities', capabilities: CAPABILITIES },
          { type: 'service', state: 'ready', detail: '' },
        );
      },
      command: (id, command) => this.#command(id, command),
      sync: () => this.#tell({ type: 'sync', calls: this.#calls() }),
      stop: () => {
        this.#lines.clear();
        this.#host = null;
      },
    };
  };

  /** A customer calls. */
  ring(party: Party): void {
    const call = this.#add(party, true);
    this.#tell({ type: 'delivered', call, from: party, called: '+14155550000', queue: 'Example', kind: 'inbound', record: '', ownsLog: true });
  }

  /** The other side of every call hangs up; whoever was not answered gave up. */
  hangUp(): void {
    for (const [call, line] of this.#lines) this.#clear(call, line.answered === null && line.inbound ? 'abandoned' : 'normal');
  }

  #command(id: number, command: PhoneCommand): void {
    switch (command.type) {
      case 'makeCall': {
        const call = this.#add({ number: command.to, name: '' }, false);
        this.#tell({ type: 'originated', request: id, call }, { type: 'networkReached', call, earlyMedia: false }, { type: 'done', request: id });
        this.#host?.clock.setTimeout(() => this.#pickUp(call), Number(this.#host.settings['providerOptions']) || PICKS_UP_MS);
        return;
      }
      case 'setAgentState':
        this.#tell({ type: 'agentState', ready: command.ready, reason: command.reason }, { type: 'done', request: id });
        return;
      case 'sync':
        this.#tell({ type: 'sync', calls: this.#calls() }, { type: 'done', request: id });
        return;
    }
    // The others are about a call.
    const { call } = command;
    const line = this.#lines.get(call);
    if (!line) {
      this.#tell({ type: 'refused', request: id, reason: 'unknownCall', detail: '' });
      return;
    }
    switch (command.type) {
      case 'answer':
        this.#pickUp(call);
        break;
      case 'decline':
        this.#clear(call, command.cause);
        break;
      case 'clearConnection':
        this.#clear(call, 'normal');
        break;
      case 'generateDigits':
        this.#tell({ type: 'digitsGenerated', call, digits: command.digits });
        break;
      case 'hold':
        line.held = true;
        this.#tell({ type: 'held', call, by: 'agent' });
        break;
      case 'retrieve':
        line.held = false;
        this.#tell({ type: 'retrieved', call, by: 'agent' });
        break;
      case 'setMute':
        line.muted = command.on;
        this.#tell({ type: 'muted', call, on: command.on });
        break;
      default:
        // What the capabilities do not name is not asked; a later release may know more.
        this.#tell({ type: 'refused', request: id, reason: 'notSupported', detail: '' });
        return;
    }
    this.#tell({ type: 'done', request: id });
  }

  #add(party: Party, inbound: boolean): string {
    this.#last += 1;
    const call = `example-${this.#last}`;
    this.#lines.set(call, { party, inbound, began: performance.now(), answered: null, held: false, muted: false });
    return call;
  }

  #pickUp(call: string): void {
    const line = this.#lines.get(call);
    if (!line || line.answered !== null) return;
    line.answered = performance.now();
    this.#tell({ type: 'established', call, party: line.party });
  }

  #clear(call: string, cause: Cause): void {
    this.#lines.delete(call);
    this.#tell({ type: 'connectionCleared', call, cause });
  }

  #calls(): PhoneCall[] {
    const now = performance.now();
    return [...this.#lines].map(([call, line]) => ({
      call,
      party: line.party,
      called: '',
      queue: '',
      kind: line.inbound ? 'inbound' : 'outbound',
      direction: line.inbound ? 'in' : 'out',
      state: line.held ? 'held' : line.answered !== null ? 'connected' : line.inbound ? 'alerting' : 'initiated',
      farState: line.answered === null && !line.inbound ? 'alerting' : 'connected',
      muted: line.muted,
      ageMs: now - line.began,
      answeredMs: line.answered === null ? null : now - line.answered,
      record: '',
      ownsLog: true,
    }));
  }

  /** Later, since nothing may be reported from inside a command. */
  #tell(...reports: PhoneReport[]): void {
    const host = this.#host;
    queueMicrotask(() => {
      for (const report of reports) host?.report(report);
    });
  }
}
