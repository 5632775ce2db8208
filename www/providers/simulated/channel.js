// The line to a simulated phone system in another page of the same origin, for demos without a server: the BroadcastChannel
// `hookswitch-switch`.
//
//   agent's page -> phone system   { from, text }        a message; `from` is a name the page chose for itself
//                                  { from }              still here, every five seconds
//                                  { from, gone: true }  left
//   phone system -> agent's page   { to, text }          a message
//                                  { to, known }         still here, in answer to each `{ from }`; not known: connect anew
//                                  { begun: true }       the phone system is new: everybody connects anew
//
// `crates/switch/src/channel.rs` is the other end.

const NAME = 'hookswitch-switch';
const BEAT_MS = 5_000;
/** Two beats may get lost in a busy page. */
const SILENCE_MS = 16_000;

/**
 * @param {{ clock: import('../provider.d.ts').Clock, page: typeof globalThis }} where
 * @param {import('../simulated.js').LineEvents} events
 * @returns {import('../simulated.js').Line}
 */
export function openChannel({ clock, page }, events) {
  const channel = new page.BroadcastChannel(NAME);
  const from = page.crypto.randomUUID();
  let silence = 0;

  const beat = () => {
    silence += BEAT_MS;
    if (silence > SILENCE_MS) return events.lost();
    channel.postMessage({ from });
    timer = clock.setTimeout(beat, BEAT_MS);
  };

  channel.onmessage = ({ data }) => {
    if (data?.begun === true) return events.lost();
    if (data?.to !== from) return;
    if (data.known === false) return events.lost();
    silence = 0;
    if (typeof data.text === 'string') events.heard(data.text);
  };

  const leave = () => channel.postMessage({ from, gone: true });
  page.addEventListener?.('pagehide', leave);
  // The first beat follows the hello, which `open` sends.
  let timer = clock.setTimeout(() => {
    events.open();
    timer = clock.setTimeout(beat, BEAT_MS);
  }, 0);

  return {
    send: (text) => channel.postMessage({ from, text }),
    close: () => {
      clock.clearTimeout(timer);
      page.removeEventListener?.('pagehide', leave);
      leave();
      channel.onmessage = null;
      channel.close();
    },
  };
}
