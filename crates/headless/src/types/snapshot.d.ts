/** The softphone at one moment. Times are milliseconds since 1970; seconds that tick are the view's to count. */
export interface Snapshot {
  /** Grows with every change. */
  readonly revision: number;
  readonly agent: Agent;
  /** The calls, oldest first; a call in wrap-up is among them. */
  readonly calls: readonly Call[];
  readonly crm: {
    /** The record whose page is in view; `select()` takes it for any call. */
    readonly inView: RecordRef | null;
    /** Where the log of a call says which record it belongs to. */
    readonly logPlace: LogPlace;
    readonly state: CrmState;
  };
  /** Why no number could be dialed now; null: one could. */
  readonly dial: RefusalCode | null;
  /** Logs on their way or stuck, oldest first; saved ones leave the list. */
  readonly logs: readonly Log[];
  /** Logs of other agents that wait here for their owner, locked. */
  readonly lockedLogs: number;
  /** Of those, the ones that are deleted next, in the last days before that; `days` 0: today. */
  readonly expiring: { readonly count: number; readonly days: number } | null;
  readonly phone: PhoneService;
  /** Things to tell the agent, newest last. */
  readonly problems: readonly Problem[];
  /** Logs saved lately, the newest first; they can still be moved to another record. */
  readonly recent: readonly Log[];
  /**
   * What sounds now. The softphone plays it by itself. `autoAnswer`: the tone before a call is answered by itself. `callWaiting`: a call
   * rings while another goes on.
   */
  readonly sound: 'autoAnswer' | 'callWaiting' | 'ring' | 'ringback' | 'silence';
  /** A call that is wanted but not placed yet; null mostly. */
  readonly wanted: Wanted | null;
}

/** A call that is wanted but not placed yet. */
export interface Wanted {
  /** The running call that it could be about; null: none. */
  readonly about: number | null;
  /** The record that says that this customer does not want to be called; null unless flagged. */
  readonly flagged: RecordRef | null;
  /** As typed or clicked. */
  readonly number: string;
  /** The record the number stood on. */
  readonly record: RecordRef | null;
  /**
   * What it waits for. `checking`: Salesforce's word whether this customer may be called, at most three seconds. `choosing`: the agent's
   * choice among `uses`, because of other calls. `flagged`: the agent's word, because this customer asked not to be called. `starting`:
   * the phone.
   */
  readonly stage: 'checking' | 'choosing' | 'flagged' | 'starting';
  /** When it is given up or, while it is checked, placed all the same. */
  readonly until: number;
  /** What `useWanted` can be given, and why it would be refused now; null: it is allowed. `dropWanted` always is. */
  readonly uses: readonly { readonly to: WantedUse; readonly refused: RefusalCode | null }[];
}

/** `add`: to the running call. `anyway`: although the customer asked not to be called. `call`: a call of its own. */
export type WantedUse = 'add' | 'anyway' | 'call' | 'consult' | 'transfer';

/** Whether the agent takes calls. */
export type AgentState =
  | { readonly state: 'busy' }
  | { readonly state: 'notReady'; readonly reason: string }
  | { readonly state: 'ready' }
  | { readonly state: 'workingAfterCall' };

export type Agent = AgentState & {
  /** The phone system's account; empty until known. */
  readonly identity: string;
  /** What the agent asked for that takes effect after the call. */
  readonly pending: AgentState | null;
  /** The reasons to choose from for not ready. */
  readonly reasons: readonly string[];
  readonly since: number;
};

/** The connection to the phone system. */
export interface PhoneService {
  /** A blind transfer that nobody takes gives the caller back; where not, tell the agent before. */
  readonly blindTransferReturns: boolean;
  /** Calls outlive the page; where not, ask whoever leaves it in a call. */
  readonly callsSurviveReload: boolean;
  /** More about the state, in the phone system's words; may be empty. */
  readonly detail: string;
  /** The microphone. */
  readonly media: MediaState;
  /** False: the settings name no usable provider, so there is no phone. */
  readonly provided: boolean;
  /** Calls are only simulated. Your page must say so. */
  readonly simulated: boolean;
  readonly state: PhoneState;
}

export type CrmState = 'none' | 'notAnswering' | 'ready' | 'starting' | 'unavailable';

export interface Call {
  /** What the commands name it by. */
  readonly id: number;
  /** When it was answered; null: it was not. */
  readonly answered: number | null;
  /** When it will be answered by itself; null: not by itself. */
  readonly autoAnswer: number | null;
  readonly began: number;
  /** The called number, when the phone system told it; else empty. */
  readonly called: string;
  /** The open cases of the customer it belongs to, the newest first; `select()` takes them. */
  readonly cases: readonly RecordRef[];
  /** Why it ended; null while it lives. */
  readonly cause: Cause | null;
  /** What can be done with it now, one entry per command that concerns this call alone. */
  readonly commands: readonly Allowed[];
  /** The agent's connection first, then one per party; more than one party is a conference. */
  readonly connections: readonly Connection[];
  /** It was begun to ask about another call, whose record it carries. */
  readonly consultation: boolean;
  /** For a consultation: the call it is about, as long as that exists. */
  readonly consults: number | null;
  /** Digits sent so far. */
  readonly digits: string;
  readonly direction: 'in' | 'out';
  readonly draft: Draft;
  /** Seconds of conversation, final; null until it ended. */
  readonly durationS: number | null;
  /** Which facts of the call the softphone layout shows; all of them as long as it is not known. */
  readonly facts: readonly ('ANI' | 'DNIS' | 'QUEUE' | 'SEGMENT')[];
  /** What the softphone layout shows of the records that match. */
  readonly fields: readonly RecordFields[];
  readonly kind: CallKind;
  /** Everybody who was or is at the other end, in the order they came; the oldest are forgotten beyond 24. */
  readonly legs: readonly Leg[];
  /** What is written about it is kept in a log; false: by the settings there is none of such calls. */
  readonly logged: boolean;
  /** Records that match; empty until searched. */
  readonly matches: readonly RecordRef[];
  /** The agent's voice is muted, by the track's own word. */
  readonly muted: boolean;
  /** What it can do with each of the agent's other calls. */
  readonly others: readonly OtherCall[];
  /**
   * Where the page Salesforce opens for the call stands. `waiting`: for a window for a new record to be saved or closed, half a minute at most.
   * `lapsed`: it waited too long and opens only by `popNow()`. `quiet`: it is open, or there is none, or it does not open by itself.
   */
  readonly page: 'lapsed' | 'quiet' | 'waiting';
  readonly phase: Phase;
  /** The queue it came through; empty for none. */
  readonly queue: string;
  /** What kind of customer or matter the phone system takes it for, by its own words; empty for none. */
  readonly segment: string;
  /** The record it belongs to; null: none, or not chosen. */
  readonly record: RecordRef | null;
  /** Why that record; `picked` without a record: the agent wants none. */
  readonly recordSource: RecordSource | null;
  /** Whether it is recorded, by the phone system's word. */
  readonly recording: Recording;
  /** A search is under way. */
  readonly searching: boolean;
  /** Null before wrap-up. */
  readonly wrapUp: WrapUp | null;
}

/** Where a call stands, for one word on the screen. `transferring`: it comes back if that fails. */
export type Phase =
  | 'alerting' | 'answering' | 'clearing' | 'conferencing' | 'connected' | 'delivered' | 'held' | 'holding' | 'initiated' | 'retrieving'
  | 'transferring' | 'wrapUp';

/** What can be done; `write` is disposition and notes, `decline` is `declineNotReady`, too. */
export type CommandKind =
  | 'alternate' | 'answer' | 'clear' | 'clearCall' | 'clearParty' | 'conference' | 'consult' | 'decline' | 'deflect' | 'dial'
  | 'extendWrapUp' | 'finishWrapUp' | 'forceEnd' | 'hold' | 'holdParty' | 'mute' | 'muteParty' | 'popNow' | 'reconnect' | 'retrieve' | 'retrieveParty'
  | 'select' | 'sendDigits' | 'setRecording' | 'singleStepConference' | 'singleStepTransfer' | 'transfer' | 'write';

export interface Allowed {
  readonly command: CommandKind;
  /** The code of the refusal it would get; null: it is allowed. */
  readonly refused: RefusalCode | null;
}

export interface Connection {
  /** This is the agent's own. */
  readonly agent: boolean;
  /** What can be done with this party now: `clearParty`, `holdParty`, `muteParty`, `retrieveParty`; empty for the agent's own. */
  readonly commands: readonly Allowed[];
  /** What the commands name the party by; null for the agent's own. */
  readonly id: number | null;
  /** The others do not hear this party. */
  readonly muted: boolean;
  /** Text from the phone system, never HTML. */
  readonly party: Readonly<Party>;
  readonly state: ConnectionState;
}

/** Somebody who was or is at the other end of a call. */
export interface Leg {
  /** Text from the phone system, never HTML. */
  readonly party: Readonly<Party>;
  readonly since: number;
  /** Null: still there. */
  readonly until: number | null;
}

/** What two of the agent's calls can do with each other; null: it is allowed. */
export interface OtherCall {
  readonly call: number;
  /** Why `conference(this, call)` would be refused. */
  readonly conference: RefusalCode | null;
  /** Why `transfer(this, call)` would be refused. */
  readonly transfer: RefusalCode | null;
}

export interface Draft {
  readonly disposition: string | null;
  /** The choices, by the settings for this type of call. */
  readonly dispositions: readonly string[];
  readonly notes: string;
}

export interface WrapUp {
  /** When it ends by itself; null: it does not. Without a mandatory disposition it goes on beyond that. */
  readonly deadline: number | null;
  /**
   * The deadline came, or was near, before the mandatory disposition: wrap-up waits for it, and each change of the draft puts the deadline off to
   * 15 seconds from then.
   */
  readonly heldOpen: boolean;
  /** A disposition must be chosen first. */
  readonly mandatory: boolean;
  readonly since: number;
}

export interface RecordRef {
  readonly id: string;
  /** The object's API name; empty when Salesforce did not say. */
  readonly object: string;
  readonly name: string;
  /** For a person account: the other half's id. */
  readonly partner: string | null;
}

/** What the softphone layout shows of one record, besides its name. */
export interface RecordFields {
  /** The record's id. */
  readonly record: string;
  /** Text from Salesforce, never HTML. */
  readonly fields: readonly { readonly label: string; readonly value: string }[];
}

/**
 * Why a call belongs to its record, the weakest reason first; a weaker one never takes the place of a stronger. `inView`: its page was in view.
 * `popped`: it was made in the window for a new record that opened for the call. `matched`: the only one with that number. `carried`: it came
 * with the call. `dialed`: the call was dialed from it. `picked`: the agent said so.
 */
export type RecordSource = 'inView' | 'popped' | 'matched' | 'carried' | 'dialed' | 'picked';

/** `task`: in a Task's Name and Related To. `fields`: in fields of the settings. `nowhere`: it is no Task, and no field of the settings names a record. */
export type LogPlace = 'fields' | 'nowhere' | 'task';

/**
 * A log. `failed`: refused by Salesforce; mend it, then `resendLog`. `incomplete`: saved, but for the fields that Salesforce refused.
 * `saved`: only under `recent`. `unassociated`: the settings want a record first. `unconfirmed`: nobody knows whether it was saved, so it is never
 * sent again by itself.
 */
export type Log = {
  readonly key: string;
  readonly subject: string;
  /** What the agent wrote, to be mended; without notes once it is saved. */
  readonly draft: Draft;
  /** Records it could belong to; `relateLog` takes these, and the one in view. */
  readonly offered: readonly RecordRef[];
  /** Where it says which record it belongs to; where that is nowhere, it has none, and `relateLog` is refused. */
  readonly place: LogPlace;
  readonly record: RecordRef | null;
  readonly recordSource: RecordSource | null;
  /** The id of the log's own record, once it is created. */
  readonly savedAs: string | null;
  /** `setLogNotes` and `setLogDisposition` are accepted; not once all of it was saved. */
  readonly writable: boolean;
} & (
  | { readonly state: 'failed' | 'incomplete'; readonly detail: string; readonly fields: readonly string[] }
  | { readonly state: 'pending' | 'saved' | 'unassociated' | 'unconfirmed' }
);

/**
 * Something to tell the agent. `detail` is the phone system's own words about it, as text; `number` is the one it is about, for "call
 * again". Either may be empty.
 */
export type Problem = { readonly detail: string; readonly id: number; readonly number: string } & (
  | { readonly kind: 'callEnded'; readonly cause: Cause }
  | { readonly kind: 'clickRefused'; readonly code: RefusalCode }
  | { readonly kind: 'commandRefused'; readonly command: CommandKind; readonly reason: RefusedReason }
  | { readonly kind: 'doNotCall' }
  | { readonly kind: 'logsExpired'; readonly count: number }
  | { readonly kind: 'missed' }
  | { readonly kind: 'notChecked' }
  | { readonly kind: 'partyNotReached' }
  | { readonly kind: 'popDenied' }
  | { readonly kind: 'popFailed' }
  | { readonly kind: 'stateRefused'; readonly reason: RefusedReason }
  | { readonly kind: 'transferFailed'; readonly cause: Cause }
  | { readonly kind: 'workNotDone' }
);
