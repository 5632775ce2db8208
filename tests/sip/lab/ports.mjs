// Free ports on loopback, so that several labs and whatever else runs on the machine do not meet.
import dgram from 'node:dgram';
import net from 'node:net';

/** Gives `count` TCP ports nobody listens on. They are all held until the last is found, so that no two are the same. */
export async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => listen()));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

/** The first of `count` neighbouring UDP ports of which first and last are free: Asterisk wants a range for RTP. */
export async function freeUdpRange(count) {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    // Below the range the kernel gives out by itself.
    const first = 12_000 + 2 * Math.floor(Math.random() * 9_000);
    if ((await udpFree(first)) && (await udpFree(first + count - 1))) return first;
  }
  throw new Error('no free range of UDP ports between 12000 and 30000');
}

function listen() {
  return new Promise((done, failed) => {
    const server = net.createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => done(server));
  });
}

function udpFree(port) {
  return new Promise((done) => {
    const socket = dgram.createSocket('udp4');
    socket.once('error', () => done(false));
    socket.bind(port, '127.0.0.1', () => socket.close(() => done(true)));
  });
}
