// One re-INVITE that may be refused without harm.
//
// JsSIP's own hold() ends the call when the server refuses it, and leaves the browser's half of the negotiation hanging. This one uses
// JsSIP for the request alone and puts everything back. It touches three of JsSIP's private fields, for session timers, which is why the
// version is pinned exactly.

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
  const before = audio.direction;
  audio.direction = direction;
  let outcome;
  try {
    await pc.setLocalDescription(await pc.createOffer({ iceRestart }));
    if (pc.iceGatheringState !== 'complete') await gathered(pc, iceWaitMs);
    outcome = session.isEnded() ? refused(481, 'the call is over') : await ask(session, pc);
  } catch (error) {
    outcome = refused(488, String(error.message ?? error));
  }
  if (!outcome.ok && pc.signalingState !== 'closed') {
    if (pc.signalingState === 'have-local-offer') await pc.setLocalDescription({ type: 'rollback' });
    audio.direction = before;
  }
  return outcome;
}

/** Sends the local description and sets what comes back. */
function ask(session, pc) {
  return new Promise((done) => {
    const timers = session._sessionTimers;
    const extraHeaders = [`Contact: ${session.contact}`, 'Content-Type: application/sdp'];
    if (timers.running) extraHeaders.push(`Session-Expires: ${timers.currentExpires};refresher=${timers.refresher ? 'uac' : 'uas'}`);
    let answered = false;
    session.sendRequest('INVITE', {
      extraHeaders,
      body: pc.localDescription.sdp,
      eventHandlers: {
        onSuccessResponse(response) {
          session.sendRequest('ACK');
          // The server repeats its 200 until the ACK arrives.
          if (answered) return;
          answered = true;
          session._handleSessionTimersInIncomingResponse(response);
          pc.setRemoteDescription({ type: 'answer', sdp: response.body ?? '' }).then(
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
