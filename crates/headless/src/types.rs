//! The types of plain objects, for the `.d.ts`: wasm-bindgen knows only classes and functions.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What a page gives the softphone. */
export interface SoftphoneConfig {
  /** Made once per page by `createKeep` of keep.js; it outlives an instance that broke. */
  keep: object;
  /** `(what) => import(…)`, where `what` is `simulated`, `sip` or the address of a vendor's module. */
  load(what: string): Promise<unknown>;
  /** Hosts of the orgs that may frame the page. */
  orgHosts?: string[];
  /** Version of Salesforce's script; default 66. */
  apiVersion?: number;
  /** Settings used where Salesforce has given none yet: `/section/item` to value. */
  settings?: Record<string, string>;
  /** No Salesforce around the page. */
  alone?: boolean;
  /** Who signs in, where the page knows. */
  credentials?(): Promise<{ user: string; password: string }>;
  /** An earlier instance on this page broke. */
  restarted?: boolean;
}

/** The shell around the softphone. */
export interface Status {
  stage: "frameRefused" | "otherTab" | "running" | "starting" | "stopped";
  /** Why the frame was refused. */
  refused: { code: string; words: string } | null;
  settings: "embedded" | "live" | "none" | "stored" | "waiting";
  settingProblems: { item: string; words: string }[];
  soundBlocked: boolean;
  signIn: "done" | "notNeeded" | "refused" | "wanted";
  restarted: boolean;
  crmProblem: { code: string; words: string; remedy: string } | null;
}

export type AgentState = { state: "busy" | "ready" | "workingAfterCall" } | { state: "notReady"; reason: string };
export type CallKind = "inbound" | "internal" | "outbound";
export type ConnectionState = "alerting" | "connected" | "failed" | "held" | "initiated" | "null" | "queued";
export type Phase =
  | "alerting" | "answering" | "connected" | "clearing" | "initiated" | "held" | "holding" | "retrieving" | "delivered" | "wrapUp";

export interface RecordRef { id: string; object: string; name: string; partner: string | null }
export interface Party { number: string; name: string }

export interface CallView {
  id: number;
  /** Wall-clock milliseconds; null if not answered. */
  answered: number | null;
  began: number;
  called: string;
  cause: string | null;
  /** What the agent can do now; `refused` is the code of the refusal, null: allowed. */
  commands: { command: string; refused: string | null }[];
  /** The agent's connection first. */
  connections: { agent: boolean; party: Party; state: ConnectionState }[];
  digits: string;
  direction: "in" | "out";
  draft: { disposition: string | null; dispositions: string[]; notes: string };
  durationS: number | null;
  kind: CallKind;
  matches: RecordRef[];
  muted: boolean;
  phase: Phase;
  queue: string;
  record: RecordRef | null;
  searching: boolean;
  wrapUp: { deadline: number | null; mandatory: boolean; since: number } | null;
}

/** The softphone at one moment. */
export interface Snapshot {
  revision: number;
  agent: { identity: string; pending: AgentState | null; reasons: string[]; since: number; state: AgentState };
  calls: CallView[];
  crm: { state: "notAnswering" | "none" | "ready" | "starting" | "unavailable" };
  /** Why no number can be dialed; null: one can. */
  dial: string | null;
  logs: { key: string; state: { state: "failed"; detail: string } | { state: "pending" | "unconfirmed" }; subject: string }[];
  phone: {
    detail: string;
    media: "blockedByPolicy" | "denied" | "insecure" | "noDevice" | "usable";
    provided: boolean;
    simulated: boolean;
    state: "connecting" | "failed" | "reconnecting" | "ready" | "stopped";
  };
  problems: ({ id: number; number: string; kind: { kind: string } })[];
  sound: "ring" | "ringback" | "silence";
}
"#;
