// The provider alone, without panel or core: commands in, reports kept for the test to read.
import { createProvider } from '../../../www/providers/sip.js';
import { clock } from './clock.js';
import { levels } from './ear.js';

const audio = document.querySelector('audio');
const reports = [];
let provider;
let next = 0;

/** Final answers to forge for the next re-INVITEs, one each: no server refuses a hold on request. */
const forged = [];
const RealSocket = globalThis.WebSocket;
globalThis.WebSocket = class extends RealSocket {
  send(text) {
    const again = /^INVITE .*\r\n(?:.*\r\n)*?To: [^\r]*;tag=/.test(text);
    if (!again || forged.length === 0) return super.send(text);
    const line = forged.shift();
    const headers = text.split('\r\n\r\n')[0].split('\r\n').slice(1);
    const kept = headers.filter((header) => /^(Via|From|To|Call-ID|CSeq):/i.test(header));
    const answer = `SIP/2.0 ${line}\r\n${kept.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`;
    setTimeout(() => this.onmessage({ data: answer }), 50);
    return undefined;
  }
};

globalThis.harness = {
  reports,
  start({ settings, credentials }) {
    provider = createProvider({ settings, credentials: async () => credentials, report: (report) => reports.push(report), clock, audio });
    provider.start();
  },
  stop: () => provider.stop(),
  /** Sends a command and gives its answer. */
  async command(command) {
    next += 1;
    const id = next;
    provider.command(id, command);
    for (;;) {
      const answer = reports.find((report) => report.request === id && report.type !== 'originated');
      if (answer) return answer;
      await new Promise((done) => setTimeout(done, 20));
    }
  },
  forge: (...lines) => forged.push(...lines),
  levels: (frequencies, ms) => levels(audio.srcObject, frequencies, ms),
};
