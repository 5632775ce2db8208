// The provider's settings, read once into what the rest uses. Pure.

import { userOf } from './headers.js';

/** The longest wait for ICE candidates by default: longer is heard as a dead line. */
const ICE_WAIT_MS = 1500;

/**
 * A registration may be shorter than this for nobody's good: JsSIP itself takes no less than ten seconds.
 * The default is short because a closed page cannot say goodbye.
 */
const REGISTER_SECONDS = 120;

/** What kind of customer or matter a call center takes a call for: no standard has a header for that. */
const SEGMENT_HEADER = 'X-Segment';

/**
 * @param {Readonly<Record<string, string>>} settings see `SipSettings` in provider.d.ts
 * @param {() => number} random from 0 to below 1
 */
export function readSettings(settings, random = Math.random) {
  const text = (key) => (settings[key] ?? '').trim();
  const primary = readServers(text('primaryServers'));
  const backup = readServers(text('backupServers'));
  const servers = [...shuffle(primary, random), ...shuffle(backup, random)];
  return {
    /** Addresses in the order to try them. */
    servers: servers.map((server) => server.url),
    domain: text('domain') || hostOf((primary[0] ?? backup[0])?.url ?? ''),
    realm: text('realm') || null,
    outboundProxy: text('outboundProxy') || null,
    iceServers: list(text('iceServers')).map((urls) => ({ urls })),
    iceTransportPolicy: text('iceRelayOnly') === 'true' ? 'relay' : 'all',
    iceWaitMs: count(text('iceWaitMs'), ICE_WAIT_MS, 0, 10_000),
    registerSeconds: count(text('registerSeconds'), REGISTER_SECONDS, 10, 86_400),
    sessionTimers: text('sessionTimers') !== 'false',
    codecs: list(text('codecs')).map((name) => name.toLowerCase()),
    digits: text('digits').toLowerCase() === 'info' ? 'info' : 'rfc4733',
    recordHeader: headerName(text('recordHeader')),
    queueHeader: headerName(text('queueHeader')),
    segmentHeader: settings.segmentHeader === undefined ? SEGMENT_HEADER : headerName(text('segmentHeader')),
    internalLength: count(text('internalLength'), 0, 0, 15),
  };
}

/**
 * `1001`, `1001@example.com` or `sip:1001@example.com`, as user and domain.
 *
 * @param {string} user
 * @param {string} domain the settings', for a user that names none
 */
export function readAccount(user, domain) {
  const plain = user.trim().replace(/^sips?:/i, '');
  const at = plain.lastIndexOf('@');
  const account = at < 0 ? { user: plain, domain } : { user: plain.slice(0, at), domain: plain.slice(at + 1) };
  return userOf(`sip:${account.user}@${account.domain}`) && account.domain ? account : null;
}

/** `wss://a.example.com/ws 3, wss://b.example.com/ws`: addresses with weights, 1 where none is given. */
function readServers(text) {
  return list(text).flatMap((entry) => {
    const [url, weight] = entry.split(/\s+/);
    return /^wss?:\/\/[^\s/]+/i.test(url) ? [{ url, weight: count(weight ?? '', 1, 1, 100) }] : [];
  });
}

/** A random order in which a server comes first as often as its weight says. */
function shuffle(servers, random) {
  const left = [...servers];
  const order = [];
  while (left.length > 0) {
    let at = random() * left.reduce((sum, server) => sum + server.weight, 0);
    const index = left.findIndex((server) => (at -= server.weight) < 0);
    order.push(...left.splice(index < 0 ? left.length - 1 : index, 1));
  }
  return order;
}

function list(text) {
  return text.split(/[,\n]/).map((entry) => entry.trim()).filter(Boolean);
}

function count(text, otherwise, least, most) {
  const number = /^\d+$/.test(text) ? Number(text) : otherwise;
  return Math.min(Math.max(number, least), most);
}

/** A header's name may hold only a token's characters; anything else would let a setting write whole headers. */
function headerName(text) {
  return /^[A-Za-z0-9!%*_+'~.-]+$/.test(text) ? text : '';
}

function hostOf(url) {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}
