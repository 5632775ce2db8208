// A TCP relay in front of the server's WebSocket that a test can cut: the network going away without anybody saying goodbye.
import net from 'node:net';

/**
 * @param {() => number} target the port to relay to, asked for each connection because a restarted server may have moved
 */
export async function openRelay(target) {
  const pairs = new Set();
  let open = true;
  const server = net.createServer((near) => {
    if (!open) return near.destroy();
    const far = net.connect(target(), '127.0.0.1');
    const pair = [near, far];
    pairs.add(pair);
    near.pipe(far);
    far.pipe(near);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    return undefined;
  });
  await new Promise((done, failed) => server.once('error', failed).listen(0, '127.0.0.1', done));
  const drop = () => pairs.forEach((pair) => pair.forEach((socket) => socket.destroy()));
  return {
    port: server.address().port,
    /** How many connections stand. */
    count: () => pairs.size,
    /** Ends every connection and takes no new one. */
    cut() {
      open = false;
      drop();
    },
    /** Takes connections again. */
    mend() {
      open = true;
    },
    async close() {
      open = false;
      drop();
      await new Promise((done) => server.close(done));
    },
  };
}
