import type { CallKind, Cause, ConnectionState, MediaState, Party, PhoneState, ProviderModule, RefusedReason } from './provider.js';

export type * from './provider.js';

/** What a page tells the softphone it starts. */
export interface SoftphoneConfig {
  /**
   * The settings as one flat map, `/section/item` to text, as `getCallCenterSettings` of Open CTI gives them. Inside Salesforce they are
   * used until Salesforce gives its own; elsewhere they are the only ones, and without them there is no phone.
   */
  readonly settings?: Readonly<Record<string, string>>;
  /**
   * Loads the provider that the settings name: `sip`, `simulated`, or the address in `customProviderUrl`. Never called for a provider that
   * is not named. Return a module at hand, or `import()` one.
   */
  load(provider: string): ProviderModule | Promise<ProviderModule>;
  /** Who signs in to the phone system. Without it, or if it rejects, `status().signIn` becomes `wanted` and `signIn()` is waited for. */
  credentials?(): SignIn | Promise<SignIn>;
  /** For a page that is the softphone of a call center in Lightning. Absent: nothing is looked for in Salesforce. */
  readonly salesforce?: SalesforceConfig;
  /**
   * The module broke and was made anew; the calls live on in the provider. Drop the old `Softphone` and `start` another one: it asks the
   * provider for the calls. Without this function the error is only printed.
   */
  onBroken?(): void;
}

/** A sign-in to the phone system. It is kept in memory only. */
export interface SignIn {
  readonly user: string;
  readonly password: string;
}

/** Where in Salesforce the page may run. */
export interface SalesforceConfig {
  /** Hosts of the orgs that may frame the page; a `*` stands for a part of a name: `acme--*.lightning.force.com`. */
  readonly orgHosts: readonly string[];
  /** Version of Salesforce's script, as in `66`. */
  readonly apiVersion?: number;
}

/** What a refused command throws. Nothing changed. */
export interface SoftphoneError extends Error {
  readonly name: 'SoftphoneError';
  readonly code: ErrorCode;
}

/** Why `start` threw: `badConfig`, `alreadyStarted`. Why a command threw: the others. */
export type ErrorCode = 'alreadyStarted' | 'badConfig' | RefusalCode;

/** Why a command is refused. The words may change, these may not; later releases may add some. */
export type RefusalCode =
  | 'busy' | 'dispositionMissing' | 'dispositionUnknown' | 'inProgress' | 'invalidDigits' | 'invalidNumber' | 'noPhone' | 'notAlerting'
  | 'notConnected' | 'notHeld' | 'notInWrapUp' | 'notSupported' | 'offline' | 'outOfOrder' | 'strayAnswer' | 'strayReport' | 'unknownCall'
  | 'unknownLog' | 'unknownReason' | 'unknownRecord' | 'unreadable';

/** The softphone at one moment. Times are milliseconds since 1970; seconds that tick are the view's to count. */
export interface Snapshot {
  /** Grows with every change. */
  readonly revision: number;
  readonly agent: Agent;
  /** The calls, oldest first; a call in wrap-up is among them. */
  readonly calls: readonly Call[];
  readonly crm: { readonly state: CrmState };
  /** Why no number could be dialed now; null: one could. */
  readonly dial: RefusalCode | null;
  /** Logs on their way or stuck, oldest first; saved ones leave the list. */
  readonly logs: readonly Log[];
  readonly phone: PhoneService;
  /** Things to tell the agent, newest last. */
  readonly problems: readonly Problem[];
  /** What sounds now. The softphone plays it by itself. */
  readonly sound: 'ring' | 'ringback' | 'silence';
}

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
  readonly began: number;
  /** The called number, when the phone system told it; else empty. */
  readonly called: string;
  /** Why it ended; null while it lives. */
  readonly cause: Cause | null;
  /** What can be done with it now, one entry per command. */
  readonly commands: readonly Allowed[];
  /** The agent's connection first, then one per party. */
  readonly connections: readonly Connection[];
  /** Digits sent so far. */
  readonly digits: string;
  readonly direction: 'in' | 'out';
  readonly draft: Draft;
  /** Seconds of conversation, final; null until it ended. */
  readonly durationS: number | null;
  readonly kind: CallKind;
  /** Records that match; empty until searched. */
  readonly matches: readonly RecordRef[];
  /** The agent's voice is muted, by the track's own word. */
  readonly muted: boolean;
  readonly phase: Phase;
  /** The queue it came through; empty for none. */
  readonly queue: string;
  /** The record it belongs to; null: none, or not chosen. */
  readonly record: RecordRef | null;
  /** A search is under way. */
  readonly searching: boolean;
  /** Null before wrap-up. */
  readonly wrapUp: WrapUp | null;
}

/** Where a call stands, for one word on the screen. */
export type Phase =
  | 'alerting' | 'answering' | 'clearing' | 'connected' | 'delivered' | 'held' | 'holding' | 'initiated' | 'retrieving' | 'wrapUp';

/** What can be done with a call; `write` is disposition and notes. */
export type CommandKind =
  | 'answer' | 'clear' | 'decline' | 'extendWrapUp' | 'finishWrapUp' | 'forceEnd' | 'hold' | 'mute' | 'retrieve' | 'select' | 'sendDigits'
  | 'write';

export interface Allowed {
  readonly command: CommandKind;
  /** The code of the refusal it would get; null: it is allowed. */
  readonly refused: RefusalCode | null;
}

export interface Connection {
  /** This is the agent's own. */
  readonly agent: boolean;
  /** Text from the phone system, never HTML. */
  readonly party: Readonly<Party>;
  readonly state: ConnectionState;
}

export interface Draft {
  readonly disposition: string | null;
  /** The choices, by the settings for this type of call. */
  readonly dispositions: readonly string[];
  readonly notes: string;
}

export interface WrapUp {
  /** When it ends by itself; null: it does not. */
  readonly deadline: number | null;
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

/** `failed`: refused by Salesforce. `unconfirmed`: nobody knows whether it was saved, so it is never sent again by itself. */
export type Log = { readonly key: string; readonly subject: string } & (
  | { readonly state: 'failed'; readonly detail: string }
  | { readonly state: 'pending' }
  | { readonly state: 'unconfirmed' }
);

/** Something to tell the agent. `number` is the one it is about, for "call again"; empty for none. */
export type Problem = { readonly id: number; readonly number: string } & (
  | { readonly kind: 'callEnded'; readonly cause: Cause }
  | { readonly kind: 'clickRefused'; readonly code: RefusalCode }
  | { readonly kind: 'commandRefused'; readonly command: CommandKind; readonly reason: RefusedReason }
  | { readonly kind: 'missed' }
  | { readonly kind: 'popFailed' }
  | { readonly kind: 'stateRefused'; readonly reason: RefusedReason }
);

/** What is around the softphone. */
export interface Status {
  /** `otherTab`: another tab is the phone; this one takes over when that one goes. */
  readonly stage: 'frameRefused' | 'otherTab' | 'running' | 'starting' | 'stopped';
  /** Why the page may not run where it is; null unless the stage says so. */
  readonly frameRefusal: Words | null;
  /** Where the settings in use come from. `stored`: the last good copy, until Salesforce gives newer ones. */
  readonly settings: 'embedded' | 'live' | 'none' | 'stored' | 'waiting';
  /** Why there are none. `empty`: the agent has no call center, or the embedder gave none. */
  readonly settingsMissing: 'empty' | 'noAnswer' | 'noApi' | null;
  /** How old a stored copy was. */
  readonly settingsAgeMs: number | null;
  /** What is wrong with them, in an admin's words. */
  readonly settingProblems: readonly SettingProblem[];
  /** `wanted` and `refused`: show a form and call `signIn()`. */
  readonly signIn: 'done' | 'notNeeded' | 'refused' | 'wanted';
  /** Sound is held back until a click or key press calls `enableSound()`. */
  readonly soundBlocked: boolean;
  /** The module broke before and was started anew. */
  readonly restarted: boolean;
  /** What is wrong with the way to Salesforce. */
  readonly crmProblem: Words | null;
  /** Whom an agent should tell about a fault; may be empty. */
  readonly supportContact: string;
}

/** A stable word, what is wrong, and what to do about it; the last may be empty. */
export interface Words {
  readonly code: string;
  readonly words: string;
  readonly remedy: string;
}

export interface SettingProblem {
  /** Section and item, as in the call center's definition. */
  readonly item: string;
  readonly words: string;
}

/** Something that went on inside. `at` is on the page's monotonic clock, as `performance.now()`. */
export interface Note {
  readonly at: number;
  readonly code: string;
  readonly detail: string;
  readonly times: number;
}
