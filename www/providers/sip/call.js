// One call: JsSIP's session on one side, CSTA's connections on the other.

import { setTimeout } from '../worker-timers.js';
import { causeOfEnd } from './causes.js';
import { Digits } from './digits.js';
import { openMicrophone } from './microphone.js';
import { reinvite } from './reinvite.js';

/** @typedef {import('../provider.d.ts').PhoneReport} PhoneReport */
/** @typedef {import('../provider.d.ts').RefusedReason} RefusedReason */
/** @typedef {{reason: RefusedReason, detail: string} | null} Answer null: done */

/** Lives from the INVITE to `ended`; what happens to it goes out as reports. */
export class Call {
  #session;
  #env;
  #digits;
  /** The agent's microphone, opened for this call. @type {MediaStream | null} */
  #voice;
  #mute = false;
  #reported = false;
  #byAgent = false;
  #byParty = false;
  #answeredAt = null;
  #rings = false;
  #over = false;
  /** Set when this side ends the call, because JsSIP cannot know what for. @type {import('../provider.d.ts').Cause | null} */
  #cause = null;
  #last = Promise.resolve();
  #startedAt = performance.now();
  #facts;

  /**
   * @param {string} ref names the call in reports
   * @param {any} session JsSIP's RTCSession
   * @param {'in' | 'out'} direction
   * @param {object} facts party, called, queue, segment, kind, record
   * @param {object} env what calls share: report, settings, pcConfig, audio, online, ended
   * @param {MediaStream | null} voice for a dialed call, whose microphone is open already
   */
  constructor(ref, session, direction, facts, env, voice = null) {
    this.ref = ref;
    this.direction = direction;
    this.#session = session;
    this.#facts = facts;
    this.#env = env;
    this.#voice = voice;
    this.#digits = new Digits(session, env.settings.digits, (digits) => this.#tell({ type: 'digitsGenerated', call: ref, digits }));
    this.#listen();
  }

  get alerting() {
    return this.direction === 'in' && this.#answeredAt === null && !this.#over;
  }

  /** This page logs the call if nobody answers: nobody else can have it, unless a queue offered it to several. */
  get ownsLog() {
    return !this.#facts.queue;
  }

  get established() {
    return this.#answeredAt !== null && !this.#over;
  }

  /** This call as a `sync` lists it. @returns {import('../provider.d.ts').PhoneCall} */
  describe() {
    const began = this.direction === 'in' ? 'alerting' : 'initiated';
    const far = this.direction === 'in' ? 'connected' : this.#rings ? 'alerting' : 'null';
    return {
      call: this.ref,
      ...this.#facts,
      direction: this.direction,
      state: this.#answeredAt === null ? began : this.#byAgent ? 'held' : 'connected',
      farState: this.#answeredAt === null ? far : this.#byParty ? 'held' : 'connected',
      muted: this.#truth(),
      ageMs: Math.round(performance.now() - this.#startedAt),
      answeredMs: this.#answeredAt === null ? null : Math.round(performance.now() - this.#answeredAt),
      ownsLog: this.ownsLog,
    };
  }

  /** @returns {Promise<Answer>} */
  async answer() {
    if (!this.alerting || this.#voice) return { reason: 'notNow', detail: 'the call is not ringing' };
    const voice = await openMicrophone();
    // The caller may have given up while the browser asked for permission.
    if (this.#over) {
      stop(voice);
      return { reason: 'unknownCall', detail: 'the call is over' };
    }
    this.#voice = voice;
    this.#apply();
    return new Promise((done) => {
      this.#session.once('accepted', () => done(null));
      this.#session.once('failed', () => done({ reason: 'media', detail: 'the call could not be set up' }));
      this.#session.answer({ mediaStream: voice, mediaConstraints: { audio: true, video: false }, pcConfig: this.#env.pcConfig });
    });
  }

  /** @param {number} status final answer to the caller: 603 nobody here wants it, 486 busy, 480 not reachable now. */
  decline(status) {
    this.#cause = 'declined';
    this.#session.terminate({ status_code: status });
  }

  /**
   * Ends the call, whatever it is doing. Without a connection it ends here at once and there as soon as it can be told.
   *
   * @returns {Answer}
   */
  hangUp() {
    if (this.alerting) {
      this.decline(480);
      return null;
    }
    this.#cause = this.established ? 'normal' : 'abandoned';
    if (this.#env.online()) this.#session.terminate();
    else this.giveUp(this.#cause);
    return null;
  }

  /**
   * The call is over for the agent although the other side cannot be told now.
   *
   * @param {import('../provider.d.ts').Cause} cause
   */
  giveUp(cause) {
    this.#finish(cause);
    this.#env.tellLater(this.#session);
  }

  /** @returns {Promise<Answer>} */
  hold() {
    return this.#inTurn(async () => {
      if (this.#byAgent) return null;
      // Silent at once: until the server agrees, the agent may already be talking to somebody in the room.
      this.#byAgent = true;
      this.#apply();
      const outcome = await reinvite(this.#session, { direction: this.#byParty ? 'inactive' : 'sendonly', iceWaitMs: this.#env.settings.iceWaitMs });
      if (outcome.ok) {
        this.#tell({ type: 'held', call: this.ref, by: 'agent' });
        return null;
      }
      this.#byAgent = false;
      this.#apply();
      return this.#refusal(outcome);
    });
  }

  /** @returns {Promise<Answer>} */
  retrieve() {
    return this.#inTurn(async () => {
      if (!this.#byAgent) return null;
      const outcome = await reinvite(this.#session, { direction: 'sendrecv', iceWaitMs: this.#env.settings.iceWaitMs });
      if (!outcome.ok) return this.#refusal(outcome);
      this.#byAgent = false;
      this.#apply();
      this.#tell({ type: 'retrieved', call: this.ref, by: 'agent' });
      this.#tellMute(false);
      return null;
    });
  }

  /**
   * Asks the server whether it still knows the call, after an outage; a call it does not know is over.
   *
   * @returns {Promise<void>}
   */
  async verify() {
    await this.#inTurn(async () => {
      const broken = ['disconnected', 'failed'].includes(this.#session.connection.iceConnectionState);
      const direction = this.#byAgent ? (this.#byParty ? 'inactive' : 'sendonly') : 'sendrecv';
      const outcome = await reinvite(this.#session, { direction, iceRestart: broken, iceWaitMs: this.#env.settings.iceWaitMs });
      return outcome.ok ? null : this.#refusal(outcome);
    });
  }

  /** @param {boolean} on @returns {Answer} */
  mute(on) {
    this.#mute = on;
    this.#apply();
    // The answer to a mute is the track's word even if that did not change: the agent is waiting for it.
    this.#tellMute(true);
    return null;
  }

  /** @param {string} digits @returns {Promise<Answer>} */
  async sendDigits(digits) {
    if (!/^[0-9*#A-D]+$/i.test(digits)) return { reason: 'notSupported', detail: 'digits are 0-9, *, # and A-D' };
    return this.#digits.send(digits.toUpperCase());
  }

  #listen() {
    const session = this.#session;
    const media = (pc) => pc.addEventListener('track', (event) => this.#hear(event));
    // A dialed call has its connection already, an answered one gets it later.
    if (session.connection) media(session.connection);
    session.on('peerconnection', ({ peerconnection }) => media(peerconnection));
    session.on('connecting', () => this.#preferCodecs());
    let waiting = false;
    session.on('icecandidate', ({ ready }) => {
      if (!waiting) setTimeout(ready, this.#env.settings.iceWaitMs);
      waiting = true;
    });
    session.on('progress', ({ originator, response }) => {
      if (originator !== 'remote') return;
      this.#rings = true;
      this.#tell({ type: 'networkReached', call: this.ref, earlyMedia: Boolean(response?.body) });
    });
    session.on('confirmed', () => {
      if (this.#answeredAt !== null) return;
      this.#answeredAt = performance.now();
      this.#apply();
      this.#tell({ type: 'established', call: this.ref, party: null });
      this.#tellMute(false);
    });
    session.on('hold', ({ originator }) => this.#partyHolds(originator, true));
    session.on('unhold', ({ originator }) => this.#partyHolds(originator, false));
    session.on('ended', (end) => this.#finish(this.#causeOf(end)));
    session.on('failed', (end) => this.#finish(this.#causeOf(end)));
  }

  #partyHolds(originator, held) {
    if (originator !== 'remote') return;
    // JsSIP has just switched the microphone by its own idea of hold and mute, which knows nothing of ours.
    this.#apply();
    if (this.#byParty === held) return;
    this.#byParty = held;
    this.#tell({ type: held ? 'held' : 'retrieved', call: this.ref, by: 'party' });
  }

  #hear({ track, streams }) {
    if (track.kind !== 'audio') return;
    track.enabled = !this.#byAgent;
    // Also comes with a retrieve, so that the call that goes on is the one that is heard.
    this.#env.play(this.ref, streams[0] ?? new MediaStream([track]));
  }

  /** The agent's order of codecs first, the browser's after it: leaving one out would break a call that needs it. */
  #preferCodecs() {
    const wanted = this.#env.settings.codecs;
    const known = RTCRtpReceiver.getCapabilities?.('audio')?.codecs;
    if (wanted.length === 0 || !known) return;
    const rank = ({ mimeType }) => {
      const at = wanted.indexOf(mimeType.toLowerCase().replace('audio/', ''));
      return at < 0 ? wanted.length : at;
    };
    const order = [...known].sort((a, b) => rank(a) - rank(b));
    for (const transceiver of this.#session.connection.getTransceivers()) transceiver.setCodecPreferences?.(order);
  }

  /** Makes the tracks what hold and mute say. */
  #apply() {
    for (const track of this.#voice?.getAudioTracks() ?? []) {
      track.enabled = !this.#mute && !this.#byAgent;
      track.onmute = track.onunmute = () => this.#tellMute(false);
    }
    for (const receiver of this.#session.connection?.getReceivers() ?? []) receiver.track.enabled = !this.#byAgent;
  }

  /** Whether the other side hears nothing, by the track's own word; what hold does to the track is not the agent's mute. */
  #truth() {
    const track = this.#voice?.getAudioTracks()[0];
    if (!track) return this.#mute;
    return track.muted || (this.#byAgent ? this.#mute : !track.enabled);
  }

  #tellMute(always) {
    const on = this.#truth();
    if (!always && on === this.#reported) return;
    this.#reported = on;
    this.#tell({ type: 'muted', call: this.ref, on });
  }

  /** One change of the media at a time. */
  #inTurn(work) {
    const turn = this.#last.then(() => {
      if (!this.established) return { reason: /** @type {const} */ ('notNow'), detail: 'the call is not connected' };
      if (!this.#env.online()) return { reason: /** @type {const} */ ('offline'), detail: 'no connection to the server' };
      return work();
    });
    this.#last = turn.then(() => {}, () => {});
    return turn;
  }

  /** @param {import('./reinvite.js').Outcome} outcome @returns {Answer} */
  #refusal(outcome) {
    if (outcome.status === 481 && !this.#over) {
      // The server has forgotten the call. Telling it so again does no harm and ends JsSIP's half.
      this.#cause = 'lost';
      this.#session.terminate();
    }
    if (outcome.status === 481) return { reason: 'unknownCall', detail: outcome.detail };
    if (outcome.missing) return { reason: outcome.missing, detail: outcome.detail };
    const reasons = { 403: 'notPermitted', 405: 'notSupported', 408: 'timeout', 415: 'notSupported', 488: 'notSupported', 501: 'notSupported' };
    return { reason: reasons[outcome.status] ?? 'notNow', detail: outcome.detail };
  }

  #causeOf({ originator, message, cause }) {
    if (this.#cause) return this.#cause;
    // JsSIP calls it cancelled, too, when the server never answered the INVITE.
    const silent = originator === 'local' && cause === 'Canceled';
    const reasons = message?.getHeaders?.('Reason') ?? [];
    return causeOfEnd({ cause: silent ? 'Request Timeout' : cause, status: message?.status_code ?? null, reasons, answered: this.established });
  }

  #finish(cause) {
    if (this.#over) return;
    this.#over = true;
    this.#digits.close();
    stop(this.#voice);
    this.#env.ended(this);
    const type = this.direction === 'out' && this.#answeredAt === null && cause !== 'abandoned' ? 'failed' : 'connectionCleared';
    this.#tell({ type, call: this.ref, cause });
  }

  /** @param {PhoneReport} report */
  #tell(report) {
    if (this.#over && report.type !== 'connectionCleared' && report.type !== 'failed') return;
    this.#env.report(report);
  }
}

/** Switches the microphone's light off. @param {MediaStream | null} voice */
export function stop(voice) {
  for (const track of voice?.getTracks() ?? []) {
    track.onmute = track.onunmute = null;
    track.stop();
  }
}
