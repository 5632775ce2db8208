// What a provider is: the JavaScript module that connects hookswitch to a phone system.
//
// Commands go in, reports come out, all plain data; media objects stay inside. The shapes of commands and reports are those of
// `crates/core/src/phone.rs`; unknown types and fields must be ignored, because later releases add some.

/** The module a settings entry names; the panel loads it and calls `createProvider` once. */
export interface ProviderModule {
  createProvider(host: ProviderHost): Provider;
}

/** What the panel gives a provider. */
export interface ProviderHost {
  /** The provider's part of the settings, all text; what is not set is absent or empty. For SIP see `SipSettings`. */
  readonly settings: Readonly<Record<string, string>>;
  /**
   * Who signs in, asked from the agent or the embedder at each start. Keep it in memory only: never in storage, in a log or in a report.
   * Rejects when nobody can sign in.
   */
  credentials(): Promise<Credentials>;
  /** Tells what happened. May be called at any time except from inside `command()`, `sync()`, `start()` and `stop()`. */
  report(report: PhoneReport): void;
  /** Timers that keep their pace in a hidden page. Use no others. */
  readonly clock: Clock;
  /** Where the other side is to be heard; null: make an element of your own. */
  readonly audio: HTMLAudioElement | null;
}

/** The one object a provider hands back. No method throws; what goes wrong is reported. */
export interface Provider {
  /** Connects. Called again after `stop`, and after a failed sign-in. */
  start(): void;
  /** Carries out one command; its answer is a report `done` or `refused` whose `request` is `id`. */
  command(id: number, command: PhoneCommand): void;
  /** Reports the calls that exist now, as one `sync`. */
  sync(): void;
  /** Ends calls and connection and lets go of the microphone. */
  stop(): void;
}

/** A sign-in. A vendor's embedder may add fields of its own. */
export interface Credentials {
  /** Account: `1001`, `1001@example.com` or `sip:1001@example.com`. */
  user: string;
  password: string;
  /** Name for authentication where it is not the account's own. */
  authUser?: string;
  /** Shown to called parties. */
  displayName?: string;
  /** TURN sign-ins, which must not stand in the settings. */
  iceServers?: RTCIceServer[];
}

export interface Clock {
  setTimeout(callback: () => void, ms: number): number;
  clearTimeout(id: number): void;
}

/** Settings of the SIP provider. Lists are separated by commas; a server may be followed by its weight: `wss://a.example.com/ws 3`. */
export interface SipSettings {
  primaryServers: string;
  backupServers?: string;
  /** What stands after the `@`; default: the host of the first server. */
  domain?: string;
  realm?: string;
  outboundProxy?: string;
  iceServers?: string;
  /** `true`: relayed candidates only. */
  iceRelayOnly?: string;
  /** Milliseconds, at most 1500 by default. */
  iceWaitMs?: string;
  registerSeconds?: string;
  /** `false` switches session timers off. */
  sessionTimers?: string;
  /** Codec names in order of preference, e.g. `opus,PCMU`. */
  codecs?: string;
  /** `rfc4733` (default) or `info`. */
  digits?: 'rfc4733' | 'info';
  recordHeader?: string;
  queueHeader?: string;
  /** Callers whose number has at most so many digits are colleagues; 0: nobody is. */
  internalLength?: string;
}

export type Cause =
  | 'abandoned' | 'notAuthorized' | 'answeredElsewhere' | 'busy' | 'congestion' | 'normal' | 'declined' | 'invalidNumber'
  | 'mediaFailure' | 'networkLost' | 'noAnswer' | 'rejected' | 'systemFailure' | 'lost';

export type CallKind = 'inbound' | 'internal' | 'outbound';
export type ConnectionState = 'alerting' | 'connected' | 'failed' | 'held' | 'initiated' | 'null' | 'queued';
export type MediaState = 'blockedByPolicy' | 'denied' | 'insecure' | 'noDevice' | 'usable';
export type PhoneState = 'connecting' | 'failed' | 'reconnecting' | 'ready' | 'stopped';
export type RefusedReason = 'media' | 'notNow' | 'notPermitted' | 'notSupported' | 'offline' | 'timeout' | 'unknownCall';

export interface Party {
  /** As the phone system gave it; empty when withheld. */
  number: string;
  /** Text, never HTML; may be empty. */
  name: string;
}

export type PhoneCommand =
  | { type: 'answer'; call: string }
  | { type: 'clearConnection'; call: string }
  | { type: 'decline'; call: string; cause: Cause }
  | { type: 'generateDigits'; call: string; digits: string }
  | { type: 'hold'; call: string }
  | { type: 'makeCall'; to: string; record: string }
  | { type: 'retrieve'; call: string }
  | { type: 'setAgentState'; ready: boolean; reason: string }
  | { type: 'setMute'; call: string; on: boolean }
  | { type: 'sync' };

export interface Capabilities {
  agentState: boolean;
  blindTransferReturns: boolean;
  callsSurviveReload: boolean;
  digits: boolean;
  hold: boolean;
  mute: boolean;
}

export interface PhoneCall {
  call: string;
  party: Party;
  called: string;
  queue: string;
  kind: CallKind;
  direction: 'in' | 'out';
  state: ConnectionState;
  farState: ConnectionState;
  muted: boolean;
  ageMs: number;
  answeredMs: number | null;
  record: string;
}

export type PhoneReport =
  | { type: 'account'; identity: string }
  | { type: 'agentState'; ready: boolean; reason: string }
  | { type: 'capabilities'; capabilities: Capabilities }
  | { type: 'connectionCleared'; call: string; cause: Cause }
  | { type: 'delivered'; call: string; from: Party; called: string; queue: string; kind: CallKind; record: string; ownsLog: boolean }
  | { type: 'digitsGenerated'; call: string; digits: string }
  | { type: 'done'; request: number }
  | { type: 'established'; call: string; party: Party | null }
  | { type: 'failed'; call: string; cause: Cause }
  | { type: 'held'; call: string; by: 'agent' | 'party' }
  | { type: 'media'; media: MediaState }
  | { type: 'muted'; call: string; on: boolean }
  | { type: 'networkReached'; call: string; earlyMedia: boolean }
  | { type: 'originated'; request: number; call: string }
  | { type: 'refused'; request: number; reason: RefusedReason; detail: string }
  | { type: 'retrieved'; call: string; by: 'agent' | 'party' }
  | { type: 'service'; state: PhoneState; detail: string }
  | { type: 'sync'; calls: PhoneCall[] };
