// Who calls, whom, through which queue and about which record: read from the headers of an INVITE. Pure; everything from outside is text.

/** @typedef {import('../provider.d.ts').Party} Party */

/** Longer is nothing a person reads, and a header may be as long as the sender likes. */
const MAX_TEXT = 200;

/**
 * One address as headers write it: `"Ada" <sip:+15550100@example.com;user=phone>;tag=1`, `<tel:+15550100>` or a bare URI.
 *
 * @param {string} value
 * @returns {Party}
 */
export function parseAddress(value) {
  const match = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*?))\s*<([^>]*)>/.exec(value);
  if (!match) return { name: '', number: userOf(value.split(';')[0].trim()) };
  const name = match[1] === undefined ? match[2].trim() : match[1].replace(/\\(.)/g, '$1');
  return { name: clean(name), number: userOf(match[3]) };
}

/**
 * The user part of a `sip:` or `tel:` URI, unescaped; empty for anything else and for the ways to write "withheld".
 *
 * @param {string} uri
 */
export function userOf(uri) {
  const match = /^\s*(sips?|tel):([^@;?>]+)(?:@([^;?>]+))?/i.exec(uri);
  if (!match) return '';
  const [, scheme, user, host] = match;
  // Without an @ a sip: URI holds only a host.
  if (scheme.toLowerCase() !== 'tel' && host === undefined) return '';
  if (/^(anonymous|unavailable|restricted)$/i.test(user) || /(^|\.)anonymous\.invalid$/i.test(host ?? '')) return '';
  // A password or parameters inside the user part belong to no number.
  const plain = user.split(/[:;]/)[0];
  try {
    return clean(decodeURIComponent(plain));
  } catch {
    return clean(plain);
  }
}

/**
 * Cuts a header that lists several addresses, not at commas inside quotes or angle brackets.
 *
 * @param {string} value
 */
export function splitAddresses(value) {
  return (value.match(/(?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^,"<])+/g) ?? []).map((part) => part.trim()).filter(Boolean);
}

/**
 * What an INVITE tells about a call.
 *
 * @param {(name: string) => string[]} header all values of a header, in order
 * @param {{own: readonly string[], recordHeader: string, queueHeader: string, segmentHeader: string, internalLength: number}} settings
 */
export function readInvite(header, settings) {
  const addresses = (name) => header(name).flatMap(splitAddresses).map(parseAddress);
  const from = addresses('From')[0] ?? { name: '', number: '' };
  // The network's word counts more than the caller's, but it may name only the number.
  const asserted = addresses('P-Asserted-Identity').find((party) => party.number) ?? addresses('Remote-Party-ID').find((party) => party.number);
  const hidden = header('Privacy').some((value) => /\b(id|user|full)\b/i.test(value));
  const party = hidden ? { name: '', number: '' } : { number: asserted?.number || from.number, name: asserted?.name || from.name };
  const diversions = addresses('Diversion');
  const called = diversions.at(-1)?.number || addresses('P-Called-Party-ID')[0]?.number || addresses('To')[0]?.number || '';
  const queue = settings.queueHeader ? clean(header(settings.queueHeader)[0] ?? '') : diversions[0]?.name ?? '';
  const kind = isInternal(party.number, settings.internalLength) ? 'internal' : 'inbound';
  return {
    party: { number: party.number, name: isNumber(party.name, party.number) ? '' : party.name },
    // One's own account, or the random name it registered under, says nothing that the agent does not know.
    called: settings.own.includes(called) ? '' : called,
    queue,
    segment: settings.segmentHeader ? clean(header(settings.segmentHeader)[0] ?? '') : '',
    kind,
    record: recordOf(settings.recordHeader ? header(settings.recordHeader)[0] ?? '' : ''),
  };
}

/**
 * A colleague's number: digits only, no longer than the settings say.
 *
 * @param {string} number
 * @param {number} internalLength
 */
export function isInternal(number, internalLength) {
  return internalLength > 0 && /^\d+$/.test(number) && number.length <= internalLength;
}

/**
 * A Salesforce record id, or nothing: it goes into a page address and a header later.
 *
 * @param {string} value
 */
export function recordOf(value) {
  const id = value.trim();
  return /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(id) ? id : '';
}

/**
 * The URI to call. Text that cannot stand in one gives null, so that nothing can be smuggled into the request.
 *
 * @param {string} to a number, a name, `user@host` or a whole `sip:` URI
 * @param {string} domain
 */
export function targetUri(to, domain) {
  const text = to.trim().replace(/^sips?:/i, '');
  const [user, host = domain, ...rest] = text.split('@');
  if (rest.length > 0 || !/^[\w+*#.!~'()&=$-]{1,128}$/.test(user) || !/^[\w.:[\]-]{1,255}$/.test(host)) return null;
  return `sip:${user.replace(/#/g, '%23')}@${host}`;
}

/** Many servers write the number where the name should be. */
function isNumber(name, number) {
  return name === number || (/^[+\d\s().-]+$/.test(name) && name.replace(/\D/g, '') === number.replace(/\D/g, ''));
}

/** Control characters have no business in a name, and a name has an end. */
function clean(text) {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim().slice(0, MAX_TEXT);
}
