// Fetches Asterisk from Debian with apt alone: no root, nothing installed, this system's packages untouched.
//
// Debian 12 and 13 have no Asterisk, so it comes from sid, else from bullseye. The packages are kept in a cache folder; once they are there
// the network is not asked again. `node tests/sip/lab/fetch.mjs` fetches and prints what is there.
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Beside the repository's own folders, ignored by git, kept between runs. */
export const CACHE = path.resolve(import.meta.dirname, '../../../.cache/sip');

const PACKAGES = {
  sid: ['asterisk', 'asterisk-core-sounds-en-gsm', 'asterisk-moh-opsound-gsm'],
  // There the Opus codec is a package of its own.
  bullseye: ['asterisk', 'asterisk-core-sounds-en-gsm', 'asterisk-moh-opsound-gsm', 'asterisk-opus'],
};

/** Written last, so that a fetch that was cut short is never taken for a whole one. */
const STAMP = 'ready.json';

/** Asterisk could not be had; the message says what was tried and what to do. */
export class NoServer extends Error {
  constructor(message) {
    super(message);
    this.name = 'NoServer';
  }
}

/**
 * Gives the folder of an unpacked Asterisk, fetching it first when it is not cached.
 *
 * @param {(line: string) => void} say told about each long step
 * @returns {Promise<{suite: string, version: string, root: string, fetched: boolean}>}
 */
export async function fetchAsterisk(say = () => {}) {
  const suites = process.env.HOOKSWITCH_SIP_SUITE ? [process.env.HOOKSWITCH_SIP_SUITE] : Object.keys(PACKAGES);
  for (const suite of suites) {
    const found = await cached(suite);
    if (found) return { ...found, fetched: false };
  }
  if (process.platform !== 'linux' || !(await exists('/usr/bin/apt-get'))) {
    throw new NoServer('the SIP tests fetch Asterisk with apt-get, which this machine does not have: run them on Debian or Ubuntu');
  }
  const unlock = await lock();
  const failures = [];
  try {
    for (const suite of suites) {
      // Another test file may have fetched it while this one waited.
      const found = await cached(suite);
      if (found) return { ...found, fetched: false };
      try {
        return { ...(await fetchSuite(suite, say)), fetched: true };
      } catch (error) {
        failures.push(`${suite}: ${String(error.stderr || error.message).trim().split('\n').slice(-2).join(' ')}`);
      }
    }
  } finally {
    await unlock();
  }
  throw new NoServer(`Asterisk could not be fetched (${failures.join('; ')}): check the network, then run apt-get update and try again`);
}

/** One fetch at a time: test files run side by side and would unpack into each other's folder. */
async function lock() {
  await fs.mkdir(CACHE, { recursive: true });
  const file = path.join(CACHE, 'fetching');
  for (;;) {
    const made = await fs.writeFile(file, String(process.pid), { flag: 'wx' }).then(() => true, () => false);
    if (made) return () => fs.rm(file, { force: true });
    const owner = Number(await fs.readFile(file, 'utf8').catch(() => '0'));
    // A fetch that was killed leaves its file behind; whoever waits takes it away.
    if (owner && !(await exists(`/proc/${owner}`))) await fs.rm(file, { force: true });
    await new Promise((done) => setTimeout(done, 200));
  }
}

async function cached(suite) {
  const root = path.join(CACHE, suite, 'root');
  try {
    const stamp = JSON.parse(await fs.readFile(path.join(CACHE, suite, STAMP), 'utf8'));
    await fs.access(path.join(root, 'usr/sbin/asterisk'));
    return { ...stamp, root };
  } catch {
    return null;
  }
}

async function fetchSuite(suite, say) {
  const packages = PACKAGES[suite];
  if (!packages) throw new NoServer(`no package list for the Debian suite ${suite}: use sid or bullseye`);
  const folder = path.join(CACHE, suite);
  const root = path.join(folder, 'root');
  const apt = path.join(folder, 'apt');
  for (const name of ['lists/partial', 'archives/partial', 'etc']) await fs.mkdir(path.join(apt, name), { recursive: true });
  await fs.rm(root, { recursive: true, force: true });
  await fs.mkdir(root, { recursive: true });
  // An empty status file: every package Asterisk needs is fetched, the C library included, so that nothing of this system is mixed in.
  await fs.writeFile(path.join(apt, 'status'), '');
  const mirror = await mirrorInUse();
  const line = `deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror} ${suite} main\n`;
  await fs.writeFile(path.join(apt, 'etc/sources.list'), line);
  say(`fetching Asterisk from Debian ${suite}, about 80 MB`);
  const options = aptOptions(apt);
  await run('apt-get', [...options, '-qq', 'update']);
  await run('apt-get', [...options, '-y', '-qq', '--download-only', 'install', ...packages], { maxBuffer: 1 << 26 });
  const archives = (await fs.readdir(path.join(apt, 'archives'))).filter((name) => name.endsWith('.deb'));
  say(`unpacking ${archives.length} packages`);
  for (const name of archives) await run('dpkg-deb', ['-x', path.join(apt, 'archives', name), root]);
  await mergeUsr(root);
  // The lists are ten times the packages; without them a later fetch asks again, and nothing else needs them.
  await fs.rm(path.join(apt, 'lists'), { recursive: true });
  const stamp = { suite, version: versionOf(archives) };
  await fs.writeFile(path.join(folder, STAMP), JSON.stringify(stamp));
  return { ...stamp, root };
}

/** The mirror this system already uses, because it is the one that can be reached from here. */
async function mirrorInUse() {
  const { stdout } = await run('apt-get', ['indextargets', '--format', '$(REPO_URI)']);
  const count = new Map();
  for (const uri of stdout.split('\n').filter((uri) => uri && !/security/i.test(uri))) count.set(uri, (count.get(uri) ?? 0) + 1);
  const [most] = [...count].sort((a, b) => b[1] - a[1]);
  if (!most) throw new NoServer('apt knows no Debian mirror: run apt-get update first');
  return most[0];
}

/** Every path of apt's is turned into the cache folder; locks and the sandbox user belong to root's installs. */
function aptOptions(apt) {
  const options = {
    'Dir::State::lists': `${apt}/lists`,
    'Dir::State::status': `${apt}/status`,
    'Dir::Cache': apt,
    'Dir::Cache::archives': `${apt}/archives`,
    'Dir::Etc::sourcelist': `${apt}/etc/sources.list`,
    'Dir::Etc::sourceparts': '-',
    'Dir::Etc::preferencesparts': '-',
    'Dir::Etc::main': '-',
    'Dir::Etc::parts': '-',
    'APT::Sandbox::User': '',
    'APT::Install-Recommends': '0',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '20',
    'Debug::NoLocking': '1',
  };
  return Object.entries(options).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
}

/** Older packages still ship /lib and /bin of their own; one tree under /usr is what the loader's path expects. */
async function mergeUsr(root) {
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    const old = path.join(root, name);
    const stat = await fs.lstat(old).catch(() => null);
    if (!stat || stat.isSymbolicLink()) continue;
    await fs.cp(old, path.join(root, 'usr', name), { recursive: true, verbatimSymlinks: true });
    await fs.rm(old, { recursive: true });
    await fs.symlink(`usr/${name}`, old);
  }
}

/** `asterisk_1%3a22.8.2~dfsg-1_amd64.deb` → `22.8.2`. */
function versionOf(archives) {
  const name = archives.find((name) => name.startsWith('asterisk_')) ?? '';
  return /_(?:\d+%3a)?(\d+(?:\.\d+)*)/.exec(name)?.[1] ?? 'unknown';
}

async function exists(file) {
  return fs.access(file).then(() => true, () => false);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const server = await fetchAsterisk((line) => console.log(line));
  console.log(`Asterisk ${server.version} (Debian ${server.suite})${server.fetched ? ', fetched' : ', from the cache'}`);
}
