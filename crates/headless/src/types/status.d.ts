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
  /** What the Apex class was asked for at the start (who the agent is, the phone account) and did not tell. */
  readonly apexProblem: Words | null;
  /** What an earlier page left (calls, drafts, unsent logs) could not be read; it was put aside, and nothing is written over it. */
  readonly setAside: boolean;
  /** Whom an agent should tell about a fault; may be empty. */
  readonly supportContact: string;
  /** The softphone layout as Salesforce gave it last; `reloadLayout()` asks for it anew. */
  readonly layout: LayoutStatus;
}

/** The softphone layout, for support: Salesforce keeps an old one for a while after an admin changed it. */
export interface LayoutStatus {
  /** It is being asked for. */
  readonly asking: boolean;
  /** Why the last asking brought none; null: it did, or was never done. */
  readonly failure: string | null;
  /** When `sections` were received; null: never. */
  readonly received: number | null;
  readonly sections: Readonly<Record<CallKind, LayoutSection>> | null;
}

/** What a layout says for one type of call. */
export interface LayoutSection {
  /** The facts of a call that are shown. */
  readonly callFields: readonly ('ANI' | 'DNIS' | 'QUEUE' | 'SEGMENT')[];
  /** What is searched, and what is shown of it; an object without fields finds nothing. */
  readonly objects: readonly { readonly object: string; readonly fields: readonly { readonly name: string; readonly label: string }[] }[];
  /** It asks for pages in windows of their own. Lightning never does that: it shows them where the agent is. */
  readonly newWindow: boolean;
  readonly noMatch: LayoutRule | null;
  readonly singleMatch: LayoutRule | null;
  readonly multipleMatches: LayoutRule | null;
}

/** What opens, in Salesforce's words, such as `PopToEntity` and `Contact`. */
export interface LayoutRule {
  readonly pops: string;
  readonly what: string | null;
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

/** One thing that `selfCheck()` looked at. */
export interface Finding {
  /** What was looked at; later releases may look at more. */
  readonly id: FindingId;
  /** The same in words. */
  readonly title: string;
  /** `notKnown`: nobody here can tell, and the words say why. */
  readonly verdict: 'fail' | 'notKnown' | 'pass' | 'warn';
  /** What was found. Never a number, a person's name or a user name. */
  readonly words: string;
  /** What to do, and who; empty where nothing is to be done. */
  readonly fix: string;
}

/** Those about Salesforce are not looked at where `salesforce` is not configured. */
export type FindingId =
  | 'adapterUrl' | 'apex' | 'autoStart' | 'clickToDial' | 'doNotCall' | 'identity' | 'layout' | 'membership' | 'messageChannel'
  | 'microphone' | 'mode' | 'notifications' | 'orgHosts' | 'place' | 'provider' | 'recordType' | 'script' | 'settings' | 'signIn' | 'sound'
  | 'standby' | 'storage' | 'tab';

/** Somebody to call. */
export interface DirectoryEntry {
  /** `number`: a directory number of the call center, or of all; `user`: a colleague; `other`: a number without a record. */
  readonly kind: 'contact' | 'number' | 'other' | 'user';
  /** The record's id; empty for `other`. */
  readonly id: string;
  /** May be empty. */
  readonly name: string;
  /** As it is written in Salesforce. */
  readonly number: string;
  /** What tells two of the same name apart: department, company, description; may be empty. */
  readonly detail: string;
}

/** A page of what the directory finds. */
export interface DirectoryPage {
  readonly page: number;
  /** Whether there is another page. */
  readonly more: boolean;
  /** Up to 20 of each kind; whoever has no number is left out. */
  readonly entries: readonly DirectoryEntry[];
  /** Kinds that are missing because the agent may not read them. */
  readonly refused: readonly DirectoryEntry['kind'][];
}

/** A number of one of the last calls. */
export interface Recent {
  /** May be empty. */
  readonly name: string;
  readonly number: string;
  readonly how: 'in' | 'missed' | 'out';
  /** When the call ended, wall-clock milliseconds. */
  readonly at: number;
}
