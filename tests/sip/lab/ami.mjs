// Asterisk's manager interface: the server's own view of calls and registrations, for assertions.
import net from 'node:net';

import { until } from './wait.mjs';

/** One signed-in connection. Events are kept in order, each with the time it came. */
export class Ami {
  #socket;
  #text = '';
  #waiting = new Map();
  #next = 1;
  /** @type {Array<Record<string, string> & {at: number}>} */
  events = [];

  /** Connects and signs in; fails when nobody listens there yet. */
  static async open(port) {
    const ami = new Ami();
    ami.#socket = net.connect(port, '127.0.0.1');
    ami.#socket.on('data', (data) => ami.#read(data.toString()));
    await new Promise((done, failed) => ami.#socket.once('connect', done).once('error', failed));
    ami.#socket.on('error', () => {});
    const answer = await ami.act({ Action: 'Login', Username: 'test', Secret: 'test', Events: 'on' });
    if (answer.Response !== 'Success') throw new Error(`the manager interface refused the sign-in: ${answer.Message}`);
    return ami;
  }

  /** Sends one action and gives its answer; `Output` lines are joined. */
  act(fields) {
    const id = String(this.#next++);
    const lines = Object.entries({ ...fields, ActionID: id }).map(([key, value]) => `${key}: ${value}`);
    return new Promise((done) => {
      this.#waiting.set(id, done);
      this.#socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    });
  }

  /** Runs a command of Asterisk's own console and gives its lines. */
  async command(line) {
    const answer = await this.act({ Action: 'Command', Command: line });
    return (answer.Output ?? '').split('\n').filter(Boolean);
  }

  /** How many contacts an account has registered. */
  async contacts(user) {
    const lines = await this.command('pjsip show contacts');
    return lines.filter((line) => line.includes(`Contact:  ${user}/`)).length;
  }

  /** Names of the channels of an account, that is its legs of calls. */
  async channels(user) {
    const lines = await this.command('core show channels concise');
    return lines.map((line) => line.split('!')[0]).filter((name) => name.startsWith(`PJSIP/${user}-`));
  }

  /** Waits for an event that came after `since` events had come. */
  event(what, test, { since = 0, ms = 10_000 } = {}) {
    return until(what, () => this.events.slice(since).find(test), ms);
  }

  close() {
    this.#socket.destroy();
  }

  #read(data) {
    this.#text += data;
    for (;;) {
      const end = this.#text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const message = parse(this.#text.slice(0, end));
      this.#text = this.#text.slice(end + 4);
      if (message.Response && this.#waiting.has(message.ActionID)) {
        this.#waiting.get(message.ActionID)(message);
        this.#waiting.delete(message.ActionID);
      } else if (message.Event) {
        this.events.push({ ...message, at: Date.now() });
      }
    }
  }
}

function parse(block) {
  const message = {};
  for (const line of block.split('\r\n')) {
    const colon = line.indexOf(': ');
    if (colon < 1) continue;
    const key = line.slice(0, colon);
    const value = line.slice(colon + 2);
    message[key] = key === 'Output' && message.Output !== undefined ? `${message.Output}\n${value}` : value;
  }
  return message;
}
