// Digits, sent one after another however fast they are typed: as RTP events (RFC 4733) or as INFO requests.

import { clearTimeout, setTimeout } from '../worker-timers.js';

/** Shorter tones are missed by slow machines, longer ones try a person's patience. */
const TONE_MS = 120;
const GAP_MS = 80;

/** Sound that takes longer than this to find its way is not coming. */
const SOUND_MS = 5_000;

/** The queue of one call. */
export class Digits {
  #session;
  #mode;
  #sent;
  #closed = false;
  #last = Promise.resolve();
  /** Ends the wait for a tone that will not come, because the call is over. */
  #giveUp = () => {};

  /**
   * @param {any} session JsSIP's RTCSession
   * @param {'rfc4733' | 'info'} mode
   * @param {(digit: string) => void} sent told about each digit when it is on its way
   */
  constructor(session, mode, sent) {
    this.#session = session;
    this.#mode = mode;
    this.#sent = sent;
  }

  /**
   * Sends digits after all those asked for before.
   *
   * @param {string} digits
   * @returns {Promise<{reason: import('../provider.d.ts').RefusedReason, detail: string} | null>} null: all were sent
   */
  send(digits) {
    const turn = this.#last.then(() => (this.#mode === 'info' ? this.#asInfo(digits) : this.#asTones(digits)));
    this.#last = turn.then(() => {});
    return turn;
  }

  /** The call is over: what was not sent is not sent. */
  close() {
    this.#closed = true;
    this.#giveUp();
  }

  async #asTones(digits) {
    const over = { reason: /** @type {const} */ ('unknownCall'), detail: 'the call is over' };
    // A call counts as answered a moment before its sound has found its way; a tone sent then would reach nobody.
    await this.#soundFlows();
    if (this.#closed) return over;
    const dtmf = this.#session.connection?.getSenders().find((sender) => sender.dtmf)?.dtmf;
    if (!dtmf?.canInsertDTMF) return { reason: /** @type {const} */ ('notNow'), detail: 'no tones can be sent while the call sends no sound' };
    return new Promise((done) => {
      const end = (answer) => {
        dtmf.removeEventListener('tonechange', hear);
        this.#giveUp = () => {};
        done(answer);
      };
      const hear = ({ tone }) => (tone === '' ? end(null) : this.#sent(tone));
      this.#giveUp = () => end(over);
      dtmf.addEventListener('tonechange', hear);
      dtmf.insertDTMF(digits, TONE_MS, GAP_MS);
    });
  }

  #soundFlows() {
    const pc = this.#session.connection;
    if (!pc || pc.connectionState === 'connected') return Promise.resolve();
    return new Promise((done) => {
      const end = () => {
        clearTimeout(timer);
        pc.removeEventListener('connectionstatechange', look);
        this.#giveUp = () => {};
        done();
      };
      const look = () => {
        if (pc.connectionState === 'connected') end();
      };
      const timer = setTimeout(end, SOUND_MS);
      this.#giveUp = end;
      pc.addEventListener('connectionstatechange', look);
    });
  }

  async #asInfo(digits) {
    for (const digit of digits) {
      if (this.#closed) return { reason: 'unknownCall', detail: 'the call is over' };
      const refused = await this.#info(digit);
      if (refused) return refused;
      this.#sent(digit);
      await new Promise((done) => setTimeout(done, TONE_MS + GAP_MS));
    }
    return null;
  }

  #info(digit) {
    return new Promise((done) => {
      const refuse = (reason) => (response) => done({ reason, detail: response ? `${response.status_code} ${response.reason_phrase}` : '' });
      this.#giveUp = refuse('unknownCall');
      this.#session.sendRequest('INFO', {
        extraHeaders: ['Content-Type: application/dtmf-relay'],
        body: `Signal=${digit}\r\nDuration=${TONE_MS}\r\n`,
        eventHandlers: {
          onSuccessResponse: () => done(null),
          onErrorResponse: (response) => refuse([405, 415, 501].includes(response.status_code) ? 'notSupported' : 'notNow')(response),
          onDialogError: refuse('unknownCall'),
          onTransportError: refuse('offline'),
          onRequestTimeout: refuse('timeout'),
        },
      });
    });
  }
}
