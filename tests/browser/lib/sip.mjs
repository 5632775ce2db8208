// A SIP server inside the test: it lets anybody register, and rings. Nobody can talk over it.

/** Where the page believes it to be. */
export const SERVER = 'wss://sip.example.com/ws';

/** @param {import('playwright-core').Page} page */
export function standInForSip(page) {
  /** @type {import('playwright-core').WebSocketRoute | undefined} */
  let socket;
  let contact = '';
  const ready = page.routeWebSocket(SERVER, (opened) => {
    socket = opened;
    opened.onMessage((data) => {
      const text = String(data);
      const header = (/** @type {string} */ name) => new RegExp(`^${name}: *(.*)$`, 'im').exec(text)?.[1].trim() ?? '';
      if (!text.startsWith('REGISTER ')) return;
      contact = /<([^>]+)>/.exec(header('Contact'))?.[1] ?? '';
      const kept = ['Via', 'From', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(name)}`);
      opened.send(
        ['SIP/2.0 200 OK', ...kept, `To: ${header('To')};tag=there`, `Contact: ${header('Contact')};expires=600`, 'Content-Length: 0', '', ''].join('\r\n'),
      );
    });
  });
  return {
    ready,
    /** Rings at whoever registered last. @param {string} number none: the caller does not say who it is */
    calls(number) {
      const from = number ? `<sip:${number.replaceAll(' ', '')}@example.com>` : '"Anonymous" <sip:anonymous@anonymous.invalid>';
      socket?.send(
        [
          `INVITE ${contact} SIP/2.0`,
          'Via: SIP/2.0/WSS sip.example.com;branch=z9hG4bKring1',
          'Max-Forwards: 70',
          `From: ${from};tag=outside`,
          'To: <sip:1001@example.com>',
          'Call-ID: ring1@example.com',
          'CSeq: 1 INVITE',
          'Contact: <sip:outside@sip.example.com;transport=ws>',
          'Content-Type: application/sdp',
          `Content-Length: ${OFFER.length}`,
          '',
          OFFER,
        ].join('\r\n'),
      );
    },
  };
}

const OFFER = ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0', 'm=audio 4000 UDP/TLS/RTP/SAVPF 0', 'a=rtpmap:0 PCMU/8000', 'a=sendrecv', ''].join('\r\n');
