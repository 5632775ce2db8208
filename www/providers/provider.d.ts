// What a provider is: the JavaScript module that connects hookswitch to a phone system.
//
// Commands go in, reports come out, all plain data; media objects stay inside. The shapes of commands and reports are those of
// `crates/core/src/phone/`; unknown types and fields must be ignored, because later releases add some.

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
  /**
   * Reports the calls that exist now, as one `sync`. Asked at any time after `start`, and as a command every 30 seconds while there are
   * calls: answer whenever you run, with or without a connection to the phone system, from what you know. A call that is not listed is
   * over for the agent; one that you can say nothing about for five minutes is taken for over, too. If the calls are known to the phone
   * system alone and it cannot be reached, refuse the command as `offline`.
   */
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
  /** `X-Segment` if absent; empty: none is read. */
  segmentHeader?: string;
  /** Callers whose number has at most so many digits are colleagues; 0: nobody is. */
  internalLength?: string;
}

/** Why a call ended. `conferenced`: it became part of another call; `transferred`: the agent passed it on. */
export type Cause =
  | 'abandoned' | 'notAuthorized' | 'answeredElsewhere' | 'busy' | 'conferenced' | 'congestion' | 'declined' | 'deflected' | 'invalidNumber'
  | 'lost' | 'mediaFailure' | 'networkLost' | 'noAnswer' | 'normal' | 'rejected' | 'systemFailure' | 'transferred';

export type CallKind = 'inbound' | 'internal' | 'outbound';
export type ConnectionState = 'alerting' | 'connected' | 'failed' | 'held' | 'initiated' | 'null' | 'queued';
export type MediaState = 'blockedByPolicy' | 'denied' | 'insecure' | 'noDevice' | 'usable';
export type PhoneState = 'connecting' | 'failed' | 'reconnecting' | 'ready' | 'stopped';
/** `notNow`: not in this state of the call, trying again may help. `notSupported`: this phone system never can. */
export type RefusedReason = 'media' | 'notNow' | 'notPermitted' | 'notSupported' | 'offline' | 'timeout' | 'unknownCall';
/** `paused`: begun, and what is said now is not kept. */
export type Recording = 'off' | 'on' | 'paused';

export interface Party {
  /** As the phone system gave it; empty when withheld. */
  number: string;
  /** Text, never HTML; may be empty. */
  name: string;
}

/** One party of a call besides the agent. */
export interface PhoneParty {
  /** Your name for this party's connection; stable as long as it is in the call. */
  id: string;
  party: Party;
  /** Alerting, connected or held. */
  state: ConnectionState;
  /** Who holds it, if it is held; default: the agent. Only what the agent holds can the agent retrieve. */
  heldBy?: 'agent' | 'party';
  /** The others do not hear it. */
  muted?: boolean;
}

/**
 * What is asked of a phone system. Each is answered by `done` or `refused`; what happened is told by reports of its own. What the
 * capabilities do not name is never asked.
 */
export type PhoneCommand =
  | { type: 'answer'; call: string }
  /** End the call for everybody in it. */
  | { type: 'clearCall'; call: string }
  /** End this agent's connection; the others of a conference go on talking. A dialed call that is not answered yet is given up. */
  | { type: 'clearConnection'; call: string }
  /** Take one party out of the conference; everybody else stays. */
  | { type: 'clearParty'; call: string; party: string }
  /** Make one call of two; answered by `conferenced`. Either may be on hold; nobody is dropped. */
  | { type: 'conferenceCall'; call: string; other: string }
  /** Turn the alerting call away: `declined` for good, `busy` to have it offered elsewhere. */
  | { type: 'decline'; call: string; cause: Cause }
  /** Send the alerting call to another number, unanswered. */
  | { type: 'deflect'; call: string; to: string }
  /** `0`–`9`, `*`, `#`, `A`–`D`, in order; none may be lost. */
  | { type: 'generateDigits'; call: string; digits: string }
  /** Neither side hears the other. */
  | { type: 'hold'; call: string }
  /** The party neither hears nor is heard. */
  | { type: 'holdParty'; call: string; party: string }
  /** Answered first by `originated`, which names the call. `consults`: the call a consultation is about, on hold by now. */
  | { type: 'makeCall'; to: string; record: string; consults: string | null }
  /** The party hears and is not heard. */
  | { type: 'muteParty'; call: string; party: string; on: boolean }
  | { type: 'retrieve'; call: string }
  | { type: 'retrieveParty'; call: string; party: string }
  | { type: 'setAgentState'; ready: boolean; reason: string }
  /** The truth comes back as `muted`. */
  | { type: 'setMute'; call: string; on: boolean }
  /** The truth comes back as `recordingChanged`. */
  | { type: 'setRecording'; call: string; to: Recording }
  /** Add somebody to the call, who alerts in it first: told by `parties`. */
  | { type: 'singleStepConference'; call: string; to: string }
  /** Transfer blindly. Never let the party go before the outcome is known: answered by `transferred` or `transferFailed`. */
  | { type: 'singleStepTransfer'; call: string; to: string; record: string }
  | { type: 'sync' }
  /** Connect the parties of two calls and leave; answered by `transferred`. `other` may still ring where `transferRinging` is declared. */
  | { type: 'transferCall'; call: string; other: string; record: string };

/**
 * What a phone system can do; what it cannot is not offered to the agent. What is not named is false, or 0.
 *
 * Several calls at once, consultation and swapping need `hold` and no word of their own.
 */
export interface Capabilities {
  /** Knows the agent's state and can be told it. */
  agentState?: boolean;
  /**
   * A blind transfer that nobody takes gives the caller back: you hold the caller, call the target, and connect them when it rings, or your phone
   * system does. Where not, the agent is told before.
   */
  blindTransferReturns?: boolean;
  /** Calls survive a reload of the page: `sync` brings them back. Where not, the calls of an earlier page are over at once. */
  callsSurviveReload?: boolean;
  /** Can end a conference for everybody. */
  clearCall?: boolean;
  /** Can take one party out of a conference. */
  clearParty?: boolean;
  /** Can make one call of two. */
  conference?: boolean;
  /** Most connections of one conference, the agent's included; 0: no limit known. */
  conferenceSize?: number;
  /** Can send an alerting call to another number. */
  deflect?: boolean;
  digits?: boolean;
  hold?: boolean;
  /** Can hold one party of a conference. */
  holdParty?: boolean;
  /** The others of a conference go on talking when the agent leaves. */
  leave?: boolean;
  /** Most calls of one agent; 0: no limit known. */
  lines?: number;
  mute?: boolean;
  /** Can mute one party of a conference. */
  muteParty?: boolean;
  recording?: boolean;
  /** Can add somebody to a call. */
  singleStepConference?: boolean;
  /** Can transfer blindly. */
  singleStepTransfer?: boolean;
  /** Can connect the parties of two calls. */
  transfer?: boolean;
  /** Can do so while the second party still rings. */
  transferRinging?: boolean;
}

/** One call in a `sync`. */
export interface PhoneCall {
  /** Your name for it, opaque. Put no customer's data and no address into it: diagnostics that are exported hold it as it is. */
  call: string;
  /** The other side. */
  party: Party;
  called?: string;
  queue?: string;
  /** What kind of customer or matter it is, by your own words. */
  segment?: string;
  kind: CallKind;
  direction: 'in' | 'out';
  /** The agent's connection. */
  state: ConnectionState;
  /** The other side's connection. */
  farState: ConnectionState;
  muted?: boolean;
  ageMs?: number;
  /** Milliseconds since it was answered; null while it is not. */
  answeredMs?: number | null;
  record?: string;
  /** Everybody but the agent, in a conference; empty for an ordinary call, whose other side stands in `party` and `farState`. */
  parties?: PhoneParty[];
  recording?: Recording;
  /** For a consultation: the call it is about. */
  consults?: string | null;
  /** This agent's softphone logs the call if nobody answers, as in `delivered`. Without it, a missed call whose `delivered` was lost is not logged. */
  ownsLog?: boolean;
}

export type PhoneReport =
  /**
   * Whose phone this is; best told before the first calls. Another identity than before is another agent: what the first one left is locked
   * until its owner returns.
   */
  | { type: 'account'; identity: string }
  | { type: 'agentState'; ready: boolean; reason: string }
  /** Told once, before `service` says ready. */
  | { type: 'capabilities'; capabilities: Capabilities }
  /**
   * Two calls of the agent became one, named `call`: one of them, or a new name. `parties`: everybody but the agent; empty: everybody of the
   * calls before.
   */
  | { type: 'conferenced'; calls: string[]; call: string; parties: PhoneParty[] }
  /** The call is over for this agent. */
  | { type: 'connectionCleared'; call: string; cause: Cause }
  /** `ownsLog`: this agent's softphone logs the call if nobody answers; of all whom a queue rings, one. */
  | { type: 'delivered'; call: string; from: Party; called: string; queue: string; segment?: string; kind: CallKind; record: string; ownsLog: boolean }
  | { type: 'digitsGenerated'; call: string; digits: string }
  | { type: 'done'; request: number }
  | { type: 'established'; call: string; party: Party | null }
  | { type: 'failed'; call: string; cause: Cause }
  | { type: 'held'; call: string; by: 'agent' | 'party' }
  | { type: 'media'; media: MediaState }
  | { type: 'muted'; call: string; on: boolean }
  | { type: 'networkReached'; call: string; earlyMedia: boolean }
  | { type: 'originated'; request: number; call: string }
  /**
   * Who else is in the call now, whole: who is not listed has left. Told when somebody joins, leaves, is held or muted, or is named. An empty
   * list ends a call whose parties were listed before; for any other it says nothing, and a `sync` is asked.
   */
  | { type: 'parties'; call: string; parties: PhoneParty[] }
  /** How good the line is or was: mean opinion score in hundredths, 100 to 500. Also after the call's end: its log is brought up to date. */
  | { type: 'quality'; call: string; mosHundredths: number }
  | { type: 'recordingChanged'; call: string; state: Recording }
  /** Where the recording is kept, as the log should have it. Mostly after the call's end: its log is brought up to date. */
  | { type: 'recordingReference'; call: string; reference: string }
  | { type: 'refused'; request: number; reason: RefusedReason; detail: string }
  | { type: 'retrieved'; call: string; by: 'agent' | 'party' }
  | { type: 'service'; state: PhoneState; detail: string }
  | { type: 'sync'; calls: PhoneCall[] }
  /** A blind transfer did not come about; the party is back with the agent, on hold if `held`. */
  | { type: 'transferFailed'; call: string; cause: Cause; held?: boolean }
  /**
   * A call was transferred. By the agent: it is over here, and so is `other`, unless the transfer was blind. By the party: it goes on with
   * `party` at the other end, with another kind if it changed and with the Salesforce record that came along.
   */
  | {
      type: 'transferred'; call: string; by: 'agent' | 'party'; other?: string | null; party?: Party | null; kind?: CallKind | null;
      record?: string;
    };
