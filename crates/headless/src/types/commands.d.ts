import type {
  CallKind, Cause, ConnectionState, MediaState, Party, PhoneState, ProviderModule, Recording, RefusedReason,
} from './provider.js';

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

/** Why `start` threw: `badConfig`, `alreadyStarted`. Why a command threw: `badArgument`, or the reason why it was refused. */
export type ErrorCode = 'alreadyStarted' | 'badArgument' | 'badConfig' | RefusalCode;

/** Why a command is refused. The words may change, these may not; later releases may add some. */
export type RefusalCode =
  | 'alreadySo' | 'atLimit' | 'busy' | 'conferenceFull' | 'dispositionMissing' | 'dispositionUnknown' | 'doNotCall' | 'dropped' | 'expired'
  | 'extensionNeedsCall' | 'inProgress' | 'invalidDigits' | 'invalidNumber' | 'leaveEndsAll' | 'noPhone' | 'notAConference' | 'notAlerting' | 'notConnected'
  | 'notConsulting' | 'notHeld' | 'notInWrapUp' | 'nothingToOpen' | 'nothingWanted' | 'notSupported' | 'offline' | 'outOfOrder'
  | 'recordNotNamed' | 'recordNotOffered' | 'strayAnswer' | 'strayReport' | 'unknownCall' | 'unknownLog' | 'unknownParty' | 'unknownReason' | 'unknownRecord'
  | 'unreadable';

/** What would be dialed for a number, and why. */
export interface Preview {
  /** What is dialed. */
  readonly to: string;
  /** Whom it reaches: the number without the house's prefixes, by which Salesforce is searched and asked. */
  readonly party: string;
  /** One of the settings' emergency numbers: dialed as it is, at once. */
  readonly emergency: boolean;
  /** Short enough to be a colleague's. */
  readonly internal: boolean;
  /** Digits sent once the call is answered: the extension; mostly empty. */
  readonly then: string;
  /** What was done to the number, in this order; empty: nothing but formatting. */
  readonly reasons: readonly DialReason[];
}

/**
 * Something done to a number before it is dialed. `address`: has an `@` or a scheme, dialed as it is. `domestic`: its own country's code gave
 * way to the long-distance prefix. `extensionIgnored`: what follows is too long for an extension. `featureCode`: has a star or hash, dialed
 * as it is. `internationalRead`: `00` or `011` was read as a plus. `shortCode`: too short for a public number, dialed as it is.
 * `trunkDropped`: `(0)` behind a country code was left out. Later releases may add some.
 */
export type DialReason =
  | 'address' | 'areaCodeAdded' | 'countryAdded' | 'domestic' | 'emergency' | 'extensionAfterAnswer' | 'extensionIgnored' | 'featureCode'
  | 'internal' | 'internationalRead' | 'lettersAsKeys' | 'prefixAdded' | 'shortCode' | 'trunkDropped';
