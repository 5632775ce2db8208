// The line to a simulated phone system in a server: one WebSocket.

/**
 * @param {{ address: string, page: typeof globalThis }} where
 * @param {import('../simulated.js').LineEvents} events
 * @returns {import('../simulated.js').Line}
 */
export function openSocket({ address, page }, events) {
  const socket = new page.WebSocket(address);
  socket.onopen = () => events.open();
  socket.onmessage = (event) => {
    if (typeof event.data === 'string') events.heard(event.data);
  };
  // A browser tells `error` and then `close`; the second is enough.
  socket.onclose = () => events.lost();
  return {
    send: (text) => {
      // A socket that is closing throws nothing and sends nothing: its `close` tells the rest.
      if (socket.readyState === 1) socket.send(text);
    },
    close: () => {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    },
  };
}
