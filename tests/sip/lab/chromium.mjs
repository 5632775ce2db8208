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
 * @param {{microphoneHz?: number | null, allow?: boolean, flags?: string[]}} options the tone the microphone hears all day, null for a
 *   machine without microphone; whether pages get the microphone without asking
 */
export async function startChromium({ microphoneHz = null, allow = true, flags = [] } = {}) {
  const program = await findChromium();
  const profile = await fs.mkdtemp(path.join(os.tmpdir(), 'hookswitch-chromium-'));
  const own = [...FLAGS, ...flags, `--user-data-dir=${profile}`, '--remote-debugging-port=0'];
  if (allow) own.push('--use-fake-ui-for-media-stream');
  if (microphoneHz !== null) {
    const file = path.join(profile, 'microphone.wav');
    await fs.writeFile(file, bursts(microphoneHz, 48_000));
    own.push('--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${file}`);
  }
  const child = spawn(program, [...own, 'about:blank'], { stdio: 'ignore' });
  const leave = () => child.kill('SIGKILL');
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
    async close() {
      await browser.close().catch(() => {});
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await gone;
      clearTimeout(late);
      process.off('exit', leave);
      await fs.rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function findChromium() {
  const names = [process.env.HOOKSWITCH_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  for (const name of names) if (name && (await fs.access(name).then(() => true, () => false))) return name;
  throw new NoServer('no Chromium on this machine: run cargo xtask setup, or set HOOKSWITCH_CHROMIUM to its program');
}
