// The microphone, and what is wrong with it in words the core tells apart.

/** @typedef {import('../provider.d.ts').MediaState} MediaState */

/** The microphone could not be had. */
export class NoMicrophone extends Error {
  /**
   * @param {MediaState} media
   * @param {string} detail
   */
  constructor(media, detail) {
    super(detail);
    this.name = 'NoMicrophone';
    /** What to do about it. */
    this.media = media;
  }
}

/**
 * Opens the microphone for one call.
 *
 * @returns {Promise<MediaStream>}
 * @throws {NoMicrophone}
 */
export async function openMicrophone() {
  if (!globalThis.isSecureContext || !navigator.mediaDevices) {
    throw new NoMicrophone('insecure', 'the page is not served over https');
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true, video: false });
  } catch (error) {
    throw new NoMicrophone(mediaStateOf(error, policyAllows()), `${error.name}: ${error.message}`);
  }
}

/**
 * Tells the causes of a refused microphone apart.
 *
 * @param {{name?: string}} error what getUserMedia threw
 * @param {boolean} allowed whether the pages around this one hand the microphone on
 * @returns {MediaState}
 */
export function mediaStateOf(error, allowed) {
  switch (error?.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return allowed ? 'denied' : 'blockedByPolicy';
    case 'TypeError':
      return 'insecure';
    // NotFoundError, OverconstrainedError, and NotReadableError or AbortError for one that is there but cannot be opened.
    default:
      return 'noDevice';
  }
}

/** Browsers that cannot say count as allowing: then the agent's own permission is the likelier cause. */
function policyAllows() {
  const policy = document.permissionsPolicy ?? document.featurePolicy;
  return policy?.allowsFeature?.('microphone') ?? true;
}
