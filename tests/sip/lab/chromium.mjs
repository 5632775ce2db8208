// Starts a Chromium of our own and joins it over its debugging protocol, so that nothing is switched off that users have switched on.
import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

import { NoServer } from './fetch.mjs';
import { until } from './wait.mjs';
import { bursts } from './wav.mjs';

// The packages of the pages are those of the tests.
const require = createRequire(new URL('../../../www/package.json', import.meta.url));

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Both ends and the server are this machine, and nobody clicks before the first call.
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
];

/**
 * @param {{microphoneHz?: number | null, allow?: boolean, flags?: string[], profile?: string}} options the tone the microphone hears all day,
 *   null for a machine without microphone; whether pages get the microphone without asking; a folder to live in, which is kept: for a browser
 *   that is killed, and the one after it
 */
export async function startChromium({ microphoneHz = null, allow = true, flags = [], profile: given = '' } = {}) {
  const program = await findChromium();
  const profile = given || (await fs.mkdtemp(path.join(os.tmpdir(), 'hookswitch-chromium-')));
  // The port of the one before.
  await fs.rm(path.join(profile, 'DevToolsActivePort'), { force: true });
  const own = [...FLAGS, ...flags, `--user-data-dir=${profile}`, '--remote-debugging-port=0'];
  if (allow) own.push('--use-fake-ui-for-media-stream');
  if (microphoneHz !== null) {
    const file = path.join(profile, 'microphone.wav');
    await fs.writeFile(file, bursts(microphoneHz, 48_000));
    own.push('--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${file}`);
  }
  // One that is to be killed has a process group of its own, so that all of it dies at once.
  const child = spawn(program, [...own, 'about:blank'], { stdio: 'ignore', detached: given !== '' });
  const leave = () => {
    if (!given || !child.pid) return child.kill('SIGKILL');
    try {
      return process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It is gone already.
      return false;
    }
  };
  process.once('exit', leave);
  const gone = new Promise((done) => child.once('exit', done));
  const endpoint = await until('Chromium opens its debugging port', async () => {
    const [port, place] = (await fs.readFile(path.join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
    return place && `ws://127.0.0.1:${port}${place}`;
  }, 30_000);
  const { chromium } = require('playwright-core');
  const browser = await chromium.connectOverCDP(endpoint);
  return {
    browser,
    context: browser.contexts()[0],
    /** Ends every process of it in this instant, as a power failure would. Only for one that was given its profile. */
    async kill() {
      leave();
      await gone;
      await browser.close().catch(() => {});
      process.off('exit', leave);
    },
    async close() {
      await browser.close().catch(() => {});
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await gone;
      clearTimeout(late);
      process.off('exit', leave);
      if (!given) await fs.rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function findChromium() {
  const names = [process.env.HOOKSWITCH_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  for (const name of names) if (name && (await fs.access(name).then(() => true, () => false))) return name;
  throw new NoServer('no Chromium on this machine: run cargo xtask setup, or set HOOKSWITCH_CHROMIUM to its program');
}
