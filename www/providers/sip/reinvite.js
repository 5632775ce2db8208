// One re-INVITE that may be refused without harm.
//
// JsSIP's own hold() ends the call when the server refuses it. Taking a refused offer back is no way out either: Chromium 156 lets go of
// the media path on a rollback, and the call falls silent. So the offer goes out before the browser is told of it, and the browser takes
// it up when the server has agreed. JsSIP sends the request; three of its private fields are touched, for session timers, which is why
// its version is pinned exactly.

import { setTimeout, clearTimeout } from '../worker-timers.js';

/**
 * @typedef {object} Outcome
 * @property {boolean} ok
 * @property {number} status final status; 0: none came
 * @property {'' | 'offline' | 'timeout'} missing why none came
 * @property {string} detail in the server's words
 */

/**
 * Offers the call's audio anew and waits for the answer.
 *
 * @param {any} session JsSIP's RTCSession, established
 * @param {{direction: RTCRtpTransceiverDirection, iceRestart?: boolean, iceWaitMs: number}} options
 * @returns {Promise<Outcome>}
 */
export async function reinvite(session, { direction, iceRestart = false, iceWaitMs }) {
  const pc = session.connection;
  const audio = pc.getTransceivers().find((each) => each.receiver.track.kind === 'audio');
  // Another offer is under way, ours or theirs: the same as the answer 491.
  if (!audio || !session.isReadyToReOffer() || pc.signalingState !== 'stable') return refused(491, 'another change is under way');
  try {
    // A new ICE session does need the browser's candidates first; it is only asked for when the old one is broken anyway.
    if (iceRestart) {
      audio.direction = direction;
      await pc.setLocalDescription(await pc.createOffer({ iceRestart }));
      if (pc.iceGatheringState !== 'complete') await gathered(pc, iceWaitMs);
      return await ask(session, pc.localDescription.sdp, (sdp) => pc.setRemoteDescription({ type: 'answer', sdp }));
    }
    const before = audio.direction;
    audio.direction = direction;
    const offer = await pc.createOffer();
    audio.direction = before;
    return await ask(session, withPath(offer.sdp, pc.localDescription.sdp), async (sdp) => {
      audio.direction = direction;
      await pc.setLocalDescription();
      await pc.setRemoteDescription({ type: 'answer', sdp });
    });
  } catch (error) {
    return refused(488, String(error.message ?? error));
  }
}

/**
 * An offer has no candidates until the browser takes it up; those of the description in force still hold.
 *
 * @param {string} offer with one medium
 * @param {string} current the description in force
 */
export function withPath(offer, current) {
  const path = (text) => /^m=\S+ (\d+) [^]*?^(c=.*)$/m.exec(text);
  const [, port, connection] = path(current) ?? [];
  if (!port) return offer;
  const candidates = current.match(/^a=(candidate:.*|end-of-candidates.*)$/gm) ?? [];
  const moved = offer.replace(/^(m=\S+) \d+ /m, `$1 ${port} `).replace(/^c=.*$/m, connection.trim());
  return `${moved.trimEnd()}\r\n${candidates.map((line) => `${line.trim()}\r\n`).join('')}`;
}

/** Sends an offer; `accept` is given the answer. */
function ask(session, body, accept) {
  if (session.isEnded()) return refused(481, 'the call is over');
  return new Promise((done) => {
    const timers = session._sessionTimers;
    const extraHeaders = [`Contact: ${session.contact}`, 'Content-Type: application/sdp'];
    if (timers.running) extraHeaders.push(`Session-Expires: ${timers.currentExpires};refresher=${timers.refresher ? 'uac' : 'uas'}`);
    let answered = false;
    session.sendRequest('INVITE', {
      extraHeaders,
      body,
      eventHandlers: {
        onSuccessResponse(response) {
          session.sendRequest('ACK');
          // The server repeats its 200 until the ACK arrives.
          if (answered) return;
          answered = true;
          session._handleSessionTimersInIncomingResponse(response);
          accept(response.body ?? '').then(
            () => done({ ok: true, status: response.status_code, missing: '', detail: '' }),
            (error) => done(refused(488, error.message)),
          );
        },
        onErrorResponse: (response) => done(refused(response.status_code, `${response.status_code} ${response.reason_phrase}`)),
        // JsSIP's name for 408 and 481.
        onDialogError: (response) => done(refused(response.status_code, `${response.status_code} ${response.reason_phrase}`)),
        onTransportError: () => done({ ...refused(0, 'the connection was lost'), missing: 'offline' }),
        onRequestTimeout: () => done({ ...refused(0, 'no answer from the server'), missing: 'timeout' }),
      },
    });
    session.once('ended', () => done(refused(481, 'the call is over')));
  });
}

/** Resolves when all candidates are known, or when waiting longer would be heard. */
function gathered(pc, ms) {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      pc.removeEventListener('icegatheringstatechange', look);
      done();
    };
    const look = () => {
      if (pc.iceGatheringState === 'complete') end();
    };
    const timer = setTimeout(end, ms);
    pc.addEventListener('icegatheringstatechange', look);
  });
}

/** @returns {Outcome} */
function refused(status, detail) {
  return { ok: false, status, missing: '', detail };
}
