// The other side of a call: a plain JsSIP phone that sends one steady tone. It shares no line with the provider under test.
import JsSIP from 'jssip';

import { levels, tone } from './ear.js';

const calls = [];
let agent;
let voice;
let domain;

function keep(session, direction, request) {
  const call = { session, state: direction === 'in' ? 'ringing' : 'dialing', status: 0, heard: null, headers: {} };
  calls.push(call);
  for (const name of ['From', 'P-Asserted-Identity', 'X-Record']) call.headers[name] = request?.getHeader?.(name) ?? '';
  const listen = (pc) =>
    pc.addEventListener('track', ({ track }) => {
      call.heard = new MediaStream([track]);
      // Chromium decodes what arrives only for an element that plays it.
      const element = new Audio();
      element.srcObject = call.heard;
      element.muted = true;
      element.play().catch(() => {});
    });
  if (session.connection) listen(session.connection);
  session.on('peerconnection', ({ peerconnection }) => listen(peerconnection));
  session.on('progress', ({ originator }) => {
    if (originator === 'remote') call.state = 'ringing';
  });
  session.on('confirmed', () => (call.state = 'talking'));
  session.on('ended', ({ originator }) => (call.state = originator === 'local' ? 'hung up' : 'was hung up'));
  session.on('failed', ({ originator, message }) => {
    call.state = originator === 'local' ? 'given up' : 'failed';
    call.status = message?.status_code ?? 0;
    call.endedAt = Date.now();
  });
  return calls.length - 1;
}

const media = () => ({ mediaStream: voice.clone(), mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } });

globalThis.farEnd = {
  async start({ ws, user, password, hz }) {
    domain = '127.0.0.1';
    voice = tone(hz);
    agent = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(ws)],
      uri: `sip:${user}@${domain}`,
      password,
      register_expires: 120,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 2,
    });
    agent.on('newRTCSession', ({ originator, session, request }) => originator === 'remote' && keep(session, 'in', request));
    agent.start();
  },
  registered: () => agent.isRegistered() && agent.isConnected(),
  call: (to) => keep(agent.call(`sip:${to}@${domain}`, media()), 'out'),
  answer: (call) => calls[call].session.answer(media()),
  decline: (call, status) => calls[call].session.terminate({ status_code: status }),
  hangUp: (call) => calls[call].session.terminate(),
  hold: (call, on) => calls[call].session[on ? 'hold' : 'unhold'](),
  count: () => calls.length,
  state: (call) => calls[call].state,
  status: (call) => calls[call].status,
  headers: (call) => calls[call].headers,
  levels: (call, frequencies, ms) => levels(calls[call].heard, frequencies, ms),
};
