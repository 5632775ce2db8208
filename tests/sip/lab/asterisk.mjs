// Starts and stops one Asterisk on loopback, with the C library and modules of its own packages: no root, no chroot.
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { Ami } from './ami.mjs';
import { fetchAsterisk, NoServer } from './fetch.mjs';
import { freePorts, freeUdpRange } from './ports.mjs';
import { sleep } from './wait.mjs';
import { bursts } from './wav.mjs';

const TEMPLATES = path.resolve(import.meta.dirname, '../asterisk');
const RTP_PORTS = 200;

/** What a held party hears. */
export const HOLD_HZ = 700;

/** A server that runs, or ran: `restart` brings it back on the same ports. */
export class Asterisk {
  #folder;
  #root;
  #child = null;
  /** @type {Ami} */
  ami;
  version;
  suite;
  ports;

  /**
   * Fetches Asterisk when needed and starts it.
   *
   * @param {(line: string) => void} say
   */
  static async start(say = () => {}) {
    const server = new Asterisk();
    const { root, version, suite } = await fetchAsterisk(say);
    const address = await ensureAddress();
    server.#root = root;
    server.version = version;
    server.suite = suite;
    const [ws, ami] = await freePorts(2);
    server.ports = { ws, ami, rtp: await freeUdpRange(RTP_PORTS) };
    server.#folder = await fs.mkdtemp(path.join(os.tmpdir(), 'hookswitch-asterisk-'));
    await server.#configure(address);
    await server.#run();
    return server;
  }

  /** Ends the process, politely or (`SIGKILL`) like a power cut, and starts it again on the same ports. */
  async restart(signal = 'SIGTERM', pause = 300) {
    await this.#end(signal);
    await sleep(pause);
    await this.#run();
  }

  /** Ends the process and removes its folder. */
  async stop() {
    await this.#end('SIGTERM');
    await fs.rm(this.#folder, { recursive: true, force: true });
  }

  /** The last lines of the server's log, for a failed test. */
  async log(lines = 60) {
    const text = await fs.readFile(path.join(this.#folder, 'log/full'), 'utf8').catch(() => '');
    return text.split('\n').slice(-lines).join('\n');
  }

  async #configure(address) {
    for (const name of ['etc', 'log', 'run', 'spool', 'var/keys', 'moh']) await fs.mkdir(path.join(this.#folder, name), { recursive: true });
    await fs.writeFile(path.join(this.#folder, 'moh/hold.wav'), bursts(HOLD_HZ, 8_000));
    const values = {
      RUN: this.#folder,
      ROOT: this.#root,
      // Debian moved them between the two suites.
      MODULES: await first([path.join(await libraries(this.#root), 'asterisk/modules'), path.join(this.#root, 'usr/lib/asterisk/modules')]),
      WS: this.ports.ws,
      AMI: this.ports.ami,
      RTP: this.ports.rtp,
      RTPEND: this.ports.rtp + RTP_PORTS - 1,
      IP: address,
    };
    for (const name of await fs.readdir(TEMPLATES)) {
      const text = await fs.readFile(path.join(TEMPLATES, name), 'utf8');
      await fs.writeFile(path.join(this.#folder, 'etc', name), text.replace(/@([A-Z]+)@/g, (whole, key) => values[key] ?? whole));
    }
  }

  async #run() {
    const lib = await libraries(this.#root);
    const loader = await first([path.join(this.#root, 'usr/lib64/ld-linux-x86-64.so.2'), path.join(lib, 'ld-linux-x86-64.so.2'), path.join(lib, 'ld-linux-aarch64.so.1')]);
    const started = Date.now();
    const output = await fs.open(path.join(this.#folder, 'log/output'), 'a');
    const program = path.join(this.#root, 'usr/sbin/asterisk');
    this.#child = spawn(loader, ['--library-path', [lib, path.join(lib, 'asterisk'), path.join(this.#root, 'usr/lib')].join(':'), program, '-f', '-C', path.join(this.#folder, 'etc/asterisk.conf')], {
      stdio: ['ignore', output.fd, output.fd],
    });
    await output.close();
    const child = this.#child;
    // A test file that dies must not leave its server behind.
    const leave = () => child.kill('SIGKILL');
    process.once('exit', leave);
    child.once('exit', () => process.off('exit', leave));
    while (Date.now() - started < 30_000) {
      if (child.exitCode !== null || child.signalCode !== null) break;
      try {
        this.ami = await Ami.open(this.ports.ami);
        await this.ami.event('Asterisk is fully booted', (event) => event.Event === 'FullyBooted', { ms: 20_000 });
        return;
      } catch {
        await sleep(50);
      }
    }
    const said = await fs.readFile(path.join(this.#folder, 'log/output'), 'utf8').catch(() => '');
    child.kill('SIGKILL');
    throw new Error(`Asterisk ${this.version} did not start:\n${said.split('\n').slice(-15).join('\n')}`);
  }

  async #end(signal) {
    const child = this.#child;
    this.ami?.close();
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await gone;
    clearTimeout(late);
    this.#child = null;
  }
}

async function libraries(root) {
  for (const name of await fs.readdir(path.join(root, 'usr/lib'))) if (name.endsWith('-linux-gnu')) return path.join(root, 'usr/lib', name);
  return path.join(root, 'usr/lib');
}

async function first(files) {
  for (const file of files) if (await fs.access(file).then(() => true, () => false)) return file;
  throw new NoServer(`the fetched packages hold none of ${files.map((file) => path.basename(file)).join(', ')}: remove .cache/sip and try again`);
}

/**
 * An address of this machine besides 127.0.0.0/8, which Asterisk needs to offer media at all (it never offers loopback by itself; the
 * configuration then shows it as loopback). A machine cut off from every network has none: one from the range for documentation is put
 * on the loopback interface for an hour.
 */
async function ensureAddress() {
  const address = () =>
    Object.values(os.networkInterfaces())
      .flat()
      .find((each) => each.family === 'IPv4' && !each.address.startsWith('127.'))?.address;
  const found = address();
  if (found) return found;
  const command = ['addr', 'add', '192.0.2.1/32', 'dev', 'lo', 'valid_lft', '3600', 'preferred_lft', '3600'];
  await promisify(execFile)('ip', command).catch(() => {});
  const added = address();
  if (added) return added;
  throw new NoServer('this machine has no address besides loopback, which Asterisk needs for media: as root run ip addr add 192.0.2.1/32 dev lo');
}
