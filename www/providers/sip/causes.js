// SIP's many ways to say no, in the causes the core knows (CSTA's). Pure.

/** @typedef {import('../provider.d.ts').Cause} Cause */

/** Final answers to an INVITE that mean something of their own; the rest goes by its hundred. @type {Record<number, Cause>} */
const BY_STATUS = {
  401: 'notAuthorized',
  403: 'rejected',
  404: 'invalidNumber',
  407: 'notAuthorized',
  408: 'noAnswer',
  410: 'invalidNumber',
  414: 'invalidNumber',
  415: 'mediaFailure',
  416: 'invalidNumber',
  480: 'noAnswer',
  481: 'lost',
  484: 'invalidNumber',
  485: 'invalidNumber',
  486: 'busy',
  487: 'abandoned',
  488: 'mediaFailure',
  503: 'congestion',
  600: 'busy',
  604: 'invalidNumber',
  606: 'mediaFailure',
};

/** Q.850 causes, as servers carry them in the Reason header. @type {Record<number, Cause>} */
const BY_Q850 = {
  1: 'invalidNumber',
  2: 'invalidNumber',
  3: 'invalidNumber',
  16: 'normal',
  17: 'busy',
  18: 'noAnswer',
  19: 'noAnswer',
  20: 'noAnswer',
  21: 'rejected',
  22: 'invalidNumber',
  26: 'answeredElsewhere',
  27: 'systemFailure',
  28: 'invalidNumber',
  31: 'normal',
  34: 'congestion',
  38: 'systemFailure',
  41: 'systemFailure',
  42: 'congestion',
  44: 'congestion',
  58: 'mediaFailure',
  88: 'mediaFailure',
  102: 'systemFailure',
};

/** JsSIP's own words for what happened on this side of the network. @type {Record<string, Cause>} */
const BY_WORD = {
  'Bad Media Description': 'mediaFailure',
  'Connection Error': 'networkLost',
  'Dialog Error': 'lost',
  'Expires': 'noAnswer',
  'Incompatible SDP': 'mediaFailure',
  'Internal Error': 'systemFailure',
  'Missing SDP': 'mediaFailure',
  'No ACK': 'networkLost',
  'No Answer': 'noAnswer',
  'RTP Timeout': 'mediaFailure',
  'Request Timeout': 'networkLost',
  'User Denied Media Access': 'mediaFailure',
  'WebRTC Error': 'mediaFailure',
};

/**
 * Why a dialed call did not come about, by the final answer.
 *
 * @param {number} status
 * @returns {Cause}
 */
export function causeOfStatus(status) {
  const own = BY_STATUS[status];
  if (own) return own;
  return status >= 300 && status < 500 || status >= 600 ? 'rejected' : 'systemFailure';
}

/**
 * What the Reason headers of a request or answer say (RFC 3326); null: nothing that means more than "it is over".
 *
 * @param {readonly string[]} headers values, one per header; a value may hold several reasons
 * @returns {Cause | null}
 */
export function causeOfReason(headers) {
  let found = null;
  for (const reason of headers.flatMap(splitReasons)) {
    const protocol = /^\s*([\w.-]+)/.exec(reason)?.[1]?.toUpperCase();
    const number = Number(/;\s*cause\s*=\s*(\d+)/i.exec(reason)?.[1]);
    // RFC 3326 has no number for it: a fork that lost is cancelled with 200 and this text.
    if (/completed elsewhere/i.test(reason) || (protocol === 'SIP' && number === 200)) return 'answeredElsewhere';
    if (protocol === 'Q.850' && BY_Q850[number]) found = BY_Q850[number];
    else if (protocol === 'SIP' && number >= 300) found ??= causeOfStatus(number);
  }
  return found;
}

/**
 * Why a call is over that this side did not mean to end, from what JsSIP tells in `ended` and `failed`.
 *
 * @param {{cause: string, status: number | null, reasons: readonly string[], answered: boolean}} end
 *   `status` of the final answer if there was one
 * @returns {Cause}
 */
export function causeOfEnd({ cause, status, reasons, answered }) {
  // The sound stopped although signalling went on: that is the network, once it has worked.
  if (cause === 'RTP Timeout' && answered) return 'networkLost';
  if (BY_WORD[cause] && status === null) return BY_WORD[cause];
  const told = causeOfReason(reasons);
  if (answered) return told ?? 'normal';
  if (told && told !== 'normal') return told;
  if (status !== null) return causeOfStatus(status);
  return cause === 'Canceled' ? 'abandoned' : 'systemFailure';
}

/** Commas separate reasons, except inside a quoted text. */
function splitReasons(value) {
  return value.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? [];
}
