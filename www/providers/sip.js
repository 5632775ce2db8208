// The SIP provider: SIP over WebSocket with the browser's own media, on JsSIP.
//
// Loaded only when the settings name it. This file holds the connection and hands commands to calls; `sip/` holds the rest, the parts
// without a browser as plain functions.

import JsSIP from 'jssip';

import { Call, stop } from './sip/call.js';
import { readAccount, readSettings } from './sip/config.js';
import { isInternal, readInvite, recordOf, targetUri } from './sip/headers.js';
import { NoMicrophone, openMicrophone } from './sip/microphone.js';
import { bindClock, clearTimeout, setTimeout } from './worker-timers.js';

/** @typedef {import('./provider.d.ts').PhoneReport} PhoneReport */
/** @typedef {import('./provider.d.ts').PhoneState} PhoneState */

/**
 * What SIP can do here: several calls, one of them heard. A reload loses them: nobody but this page could take up their media again.
 *
 * @type {Required<import('./provider.d.ts').Capabilities>}
 */
const CAPABILITIES = {
  agentState: false,
  blindTransferReturns: false,
  callsSurviveReload: false,
  clearCall: false,
  clearParty: false,
  conference: false,
  conferenceSize: 0,
  deflect: false,
  digits: true,
  hold: true,
  holdParty: false,
  leave: false,
  lines: 0,
  mute: true,
  muteParty: false,
  recording: false,
  singleStepConference: false,
  singleStepTransfer: false,
  transfer: false,
  transferRinging: false,
};

/** Seconds between attempts to connect grow from the first to the second. */
const RECONNECT_SECONDS = { least: 1, most: 15 };

/** A server that does not connect and register within this long is left for the next one; SIP itself would wait for half a minute. */
const PATIENCE_MS = 8_000;

/** A registration refused for a reason that may pass is tried again after this long. */
const REGISTER_AGAIN_MS = 5_000;

/** How long an unanswered call may ring here: the server decides, this only keeps one that it forgot from ringing for ever. */
const RING_SECONDS = 600;

/** @param {import('./provider.d.ts').ProviderHost} host @returns {import('./provider.d.ts').Provider} */
export function createProvider(host) {
  bindClock(host.clock);
  return new SipProvider(host);
}

class SipProvider {
  #host;
  #settings;
  #ua = null;
  /** Counts starts, so that a sign-in that comes after a stop starts nothing. */
  #turn = 0;
  #domain = '';
  #account = '';
  #pcConfig = {};
  #audio;
  /** Which call the audio element plays. */
  #played = '';
  #state = 'stopped';
  #detail = '';
  #media = 'usable';
  /** True from a lost connection to the next registration: then every call is asked after. */
  #outage = false;
  #registerTimer = null;
  #patience = null;
  /** @type {Map<string, Call>} */
  #calls = new Map();
  #named = 0;
  /** Sessions that ended here while the server could not be told. */
  #untold = new Set();
  /** @type {PhoneReport[]} */
  #reports = [];
  #leave = () => this.#goAway();

  constructor(host) {
    this.#host = host;
    this.#settings = readSettings(host.settings);
    this.#audio = host.audio ?? new Audio();
  }

  start() {
    this.#close();
    const turn = this.#turn;
    if (this.#settings.servers.length === 0) {
      this.#serve('failed', 'the settings name no SIP server (wss://…)');
      return;
    }
    this.#serve('connecting', '');
    this.#host.credentials().then(
      (credentials) => turn === this.#turn && this.#connect(credentials),
      (error) => turn === this.#turn && this.#serve('failed', `no sign-in: ${error?.message ?? error}`),
    );
  }

  stop() {
    this.#close();
    this.#serve('stopped', '');
  }

  sync() {
    this.#report({ type: 'sync', calls: [...this.#calls.values()].map((call) => call.describe()) });
  }

  command(id, command) {
    const refuse = (reason, detail) => this.#report({ type: 'refused', request: id, reason, detail });
    Promise.resolve()
      .then(() => this.#carryOut(id, command))
      .then(
        (answer) => (answer ? refuse(answer.reason, answer.detail) : this.#report({ type: 'done', request: id })),
        (error) => {
          if (error instanceof NoMicrophone) this.#tellMedia(error.media);
          refuse(error instanceof NoMicrophone ? 'media' : 'notNow', String(error?.message ?? error));
        },
      );
  }

  /** @returns {Promise<import('./sip/call.js').Answer> | import('./sip/call.js').Answer} */
  #carryOut(id, command) {
    switch (command.type) {
      case 'sync':
        this.sync();
        return null;
      case 'setAgentState':
        return { reason: 'notSupported', detail: 'SIP knows no agent states' };
      case 'makeCall':
        return this.#makeCall(id, command);
      default:
    }
    const call = this.#calls.get(command.call);
    if (!call) return { reason: 'unknownCall', detail: 'no such call' };
    switch (command.type) {
      // Ending and muting work without a server; the first is told to it later.
      case 'clearConnection':
        return call.hangUp();
      case 'setMute':
        return call.mute(command.on);
      case 'answer':
        return this.#online() ? this.#withMicrophone(() => call.answer()) : OFFLINE;
      case 'decline':
        if (!call.alerting) return { reason: 'notNow', detail: 'the call is not ringing' };
        call.decline(command.cause === 'busy' ? 486 : 603);
        return null;
      case 'generateDigits':
        return this.#online() || this.#settings.digits === 'rfc4733' ? call.sendDigits(command.digits) : OFFLINE;
      case 'hold':
        return call.hold();
      case 'retrieve':
        return call.retrieve();
      default:
        return { reason: 'notSupported', detail: `SIP does not know the command ${command.type}` };
    }
  }

  async #makeCall(id, { to, record }) {
    if (this.#state !== 'ready') return OFFLINE;
    const uri = targetUri(to, this.#domain);
    if (!uri) return { reason: 'notSupported', detail: 'this cannot be dialed over SIP' };
    const voice = await this.#withMicrophone(openMicrophone);
    if (!this.#online()) {
      stop(voice);
      return OFFLINE;
    }
    const extraHeaders = this.#route();
    if (this.#settings.recordHeader && recordOf(record)) extraHeaders.push(`${this.#settings.recordHeader}: ${recordOf(record)}`);
    const session = this.#ua.call(uri, { mediaStream: voice, mediaConstraints: { audio: true, video: false }, pcConfig: this.#pcConfig, extraHeaders });
    const number = to.trim();
    const kind = isInternal(number, this.#settings.internalLength) ? 'internal' : 'outbound';
    const call = this.#add(session, 'out', { party: { number, name: '' }, called: number, queue: '', segment: '', kind, record: recordOf(record) }, voice);
    this.#report({ type: 'originated', request: id, call: call.ref });
    return null;
  }

  async #withMicrophone(work) {
    const result = await work();
    this.#tellMedia('usable');
    return result;
  }

  #connect(credentials) {
    const account = readAccount(credentials?.user ?? '', this.#settings.domain);
    if (!account || !credentials.password) {
      this.#serve('failed', 'no sign-in: account and password are needed');
      return;
    }
    this.#domain = account.domain;
    this.#account = account.user;
    this.#pcConfig = {
      iceServers: [...this.#settings.iceServers, ...(credentials.iceServers ?? [])],
      iceTransportPolicy: this.#settings.iceTransportPolicy,
    };
    try {
      this.#ua = this.#userAgent(account, credentials);
    } catch (error) {
      this.#serve('failed', `the SIP settings cannot be used: ${error.message}`);
      return;
    }
    this.#report({ type: 'account', identity: `${account.user}@${account.domain}` });
    this.#report({ type: 'capabilities', capabilities: CAPABILITIES });
    addEventListener('pagehide', this.#leave);
    this.#ua.start();
  }

  #close() {
    this.#turn += 1;
    if (!this.#ua) return;
    this.#goAway();
    removeEventListener('pagehide', this.#leave);
    clearTimeout(this.#registerTimer);
    clearTimeout(this.#patience);
    const ua = this.#ua;
    this.#ua = null;
    ua.stop();
    this.#untold.clear();
  }

  #userAgent(account, credentials) {
    const { servers, realm, registerSeconds, sessionTimers } = this.#settings;
    const ua = new JsSIP.UA({
      // JsSIP takes the heaviest that works: the order of the settings, already drawn by their weights.
      sockets: servers.map((url, index) => ({ socket: new JsSIP.WebSocketInterface(url), weight: servers.length - index })),
      uri: `sip:${account.user}@${account.domain}`,
      authorization_user: credentials.authUser || account.user,
      password: credentials.password,
      realm,
      display_name: credentials.displayName || null,
      register_expires: registerSeconds,
      session_timers: sessionTimers,
      no_answer_timeout: RING_SECONDS,
      connection_recovery_min_interval: RECONNECT_SECONDS.least,
      connection_recovery_max_interval: RECONNECT_SECONDS.most,
      user_agent: 'hookswitch',
    });
    ua.registrator().setExtraHeaders(this.#route());
    // A user agent that was stopped still winds up for a while; what it says no longer counts.
    const on = (event, handle) => ua.on(event, (data) => ua === this.#ua && handle(data));
    on('connecting', () => this.#wait());
    on('disconnected', ({ socket, error }) => this.#lost(error ? `cannot reach ${socket?.url}` : `${socket?.url} closed the connection`));
    on('registered', () => this.#registered());
    on('unregistered', () => this.#online() && this.#serve('reconnecting', 'the registration ended'));
    on('registrationFailed', ({ response, cause }) => this.#notRegistered(response, cause));
    on('newRTCSession', ({ originator, session, request }) => originator === 'remote' && this.#arrives(session, request));
    return ua;
  }

  #arrives(session, request) {
    const own = [this.#account, this.#ua.contact.uri.user];
    const facts = readInvite((name) => request.getHeaders(name), { ...this.#settings, own });
    const call = this.#add(session, 'in', facts);
    const { party, called, queue, segment, kind, record } = facts;
    this.#report({ type: 'delivered', call: call.ref, from: party, called, queue, segment, kind, record, ownsLog: call.ownsLog });
  }

  #add(session, direction, facts, voice = null) {
    this.#named += 1;
    // Unique beyond this page, so that a call of an earlier one is not taken for it.
    const ref = `sip-${Math.trunc(performance.timeOrigin).toString(36)}-${this.#named}`;
    const env = {
      settings: this.#settings,
      pcConfig: this.#pcConfig,
      online: () => this.#online(),
      report: (report) => this.#report(report),
      play: (name, stream) => this.#play(name, stream),
      ended: (call) => this.#ended(call),
      tellLater: (ended) => this.#untold.add(ended),
    };
    const call = new Call(ref, session, direction, facts, env, voice);
    this.#calls.set(ref, call);
    return call;
  }

  #ended(call) {
    this.#calls.delete(call.ref);
    if (this.#played !== call.ref) return;
    this.#played = '';
    this.#audio.srcObject = null;
  }

  #play(ref, stream) {
    this.#played = ref;
    this.#audio.srcObject = stream;
    // A browser that wants a click first says so here; the shell watches the element and tells the agent.
    this.#audio.play().catch(() => {});
  }

  /** Gives the server now being connected its time, and after it takes the way a broken connection would. */
  #wait() {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      const socket = this.#ua?.transport.socket;
      socket?.disconnect();
      socket?.ondisconnect(true, 4000, 'no answer');
    }, PATIENCE_MS);
  }

  #registered() {
    clearTimeout(this.#patience);
    clearTimeout(this.#registerTimer);
    this.#serve('ready', '');
    if (!this.#outage) return;
    this.#outage = false;
    for (const session of this.#untold) if (!session.isEnded()) session.terminate();
    this.#untold.clear();
    for (const call of this.#calls.values()) call.verify();
  }

  #notRegistered(response, cause) {
    const detail = response ? `${response.status_code} ${response.reason_phrase}` : cause;
    if (response && [401, 403, 404, 407].includes(response.status_code)) {
      // Trying again with the same password would lock the account; JsSIP would, at every reconnect.
      this.#close();
      this.#serve('failed', `the sign-in was refused: ${detail}`);
      return;
    }
    if (!this.#online()) return;
    this.#serve('reconnecting', `not registered: ${detail}`);
    clearTimeout(this.#registerTimer);
    this.#registerTimer = setTimeout(() => this.#online() && this.#ua.register(), REGISTER_AGAIN_MS);
  }

  #lost(detail) {
    clearTimeout(this.#registerTimer);
    clearTimeout(this.#patience);
    this.#outage = true;
    this.#serve('reconnecting', detail);
    // A call that is not answered yet does not survive: neither side can tell the other any more. One that is answered has its sound.
    for (const call of [...this.#calls.values()]) if (!call.established) call.giveUp('networkLost');
  }

  /** Leaving: the caller must not wait for a page that is gone. Also the polite end of everything else. */
  #goAway() {
    for (const call of [...this.#calls.values()]) call.hangUp();
  }

  #online() {
    return this.#ua?.isConnected() ?? false;
  }

  #route() {
    return this.#settings.outboundProxy ? [`Route: <${this.#settings.outboundProxy.replace(/[<>\s]/g, '')};lr>`] : [];
  }

  #tellMedia(media) {
    if (this.#media === media) return;
    this.#media = media;
    this.#report({ type: 'media', media });
  }

  /** @param {PhoneState} state @param {string} detail */
  #serve(state, detail) {
    if (this.#state === state && this.#detail === detail) return;
    this.#state = state;
    this.#detail = detail;
    this.#report({ type: 'service', state, detail });
  }

  /** Reports leave in order, and never from inside a call of the host's. @param {PhoneReport} report */
  #report(report) {
    this.#reports.push(report);
    if (this.#reports.length > 1) return;
    queueMicrotask(() => {
      const reports = this.#reports;
      this.#reports = [];
      for (const each of reports) this.#host.report(each);
    });
  }
}

const OFFLINE = Object.freeze({ reason: /** @type {const} */ ('offline'), detail: 'no connection to the server' });
