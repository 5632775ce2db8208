// What must outlive a wasm instance. After a trap the instance is dead, and with it every closure it handed out; the provider, its
// calls and its sound live on here, and the next instance takes them over. For that reason nothing outside ever holds a function of
// the instance itself: providers are given the functions below, which find the instance of the day.

/**
 * What the running instance hears.
 *
 * @typedef {object} Sink
 * @property {(report: unknown) => void} report  the provider told something
 * @property {() => void} wanted  the provider asks for credentials, and there are none
 */

/** Reports that tell how things are, not what happened: a new instance has to hear the last of each, in this order. */
const LASTING = ['account', 'capabilities', 'agentState', 'media', 'service'];

/**
 * @param {string} clockWorker  address of the clock's script
 * @param {(error: unknown) => void} trapped  told of everything the instance throws when it is called from here
 */
export function createKeep(clockWorker, trapped) {
  const clock = createClock(clockWorker, trapped);
  const instanceTimers = new Set();
  const lasting = new Map();
  /** @type {Sink | null} */
  let sink = null;
  /** @type {{ user: string, password: string } | null} */
  let credentials = null;
  /** @type {((credentials: { user: string, password: string }) => void)[]} */
  let waiting = [];
  /** Which provider it is by now; an earlier one is not listened to. */
  let turn = 0;

  /** @param {keyof Sink} name @param {any} [value] */
  const tell = (name, value) => {
    try {
      sink?.[name](value);
    } catch (error) {
      trapped(error);
    }
  };

  const keep = {
    /** @type {any} the provider in use */
    provider: null,
    /** What it was made from: the same again means that it can stay. */
    made: '',
    /** @type {(() => void) | null} gives the phone's lock back; null: the lock is not held */
    release: null,
    audio: typeof document === 'undefined' ? null : Object.assign(document.createElement('audio'), { autoplay: true }),

    /** What an instance stored last: at hand where the browser refuses to store anything, and newer than what is being written. */
    /** @type {Uint8Array | null} */
    journal: null,
    /** @type {string | null} */
    copy: null,
    /** @type {AudioContext | null} what rings; it would ring on without the instance that started it */
    context: null,
    /** @type {HTMLAudioElement | null} a ring of the admin's own */
    ring: null,

    /** @param {Sink | null | undefined} next */
    attach(next) {
      sink = next ?? null;
    },
    /** Lets a new instance hear how things are. */
    replay() {
      for (const type of LASTING) if (lasting.has(type)) tell('report', lasting.get(type));
    },
    /** The instance is gone: nothing of it may be called again. */
    reset() {
      sink = null;
      for (const id of instanceTimers) clock.clearTimeout(id);
      instanceTimers.clear();
      keep.context?.close().catch(() => {});
      keep.context = null;
      keep.ring?.pause();
      keep.ring = null;
    },
    /** Lets go of the provider. */
    drop() {
      const { provider } = keep;
      turn += 1;
      keep.provider = null;
      keep.made = '';
      lasting.clear();
      waiting = [];
      try {
        provider?.stop();
      } catch (error) {
        console.warn('hookswitch: the provider did not stop cleanly', error);
      }
    },

    /** Tries once more to let the other side be heard, after a click of the agent. */
    play() {
      if (keep.audio?.srcObject && keep.audio.paused) keep.audio.play().catch(() => {});
    },

    /** @param {number} ms @param {() => void} due */
    after(ms, due) {
      const id = clock.setTimeout(() => {
        instanceTimers.delete(id);
        due();
      }, ms);
      instanceTimers.add(id);
      return id;
    },
    /** @param {number} id */
    cancel(id) {
      instanceTimers.delete(id);
      clock.clearTimeout(id);
    },
    /** @param {number} ms */
    sleep: (ms) => new Promise((resolve) => keep.after(ms, () => resolve(undefined))),

    /**
     * What a provider is given.
     *
     * @param {Record<string, string>} settings
     * @returns {import('../providers/provider.d.ts').ProviderHost}
     */
    host(settings) {
      const mine = turn;
      return {
        settings,
        clock: { setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout },
        audio: keep.audio,
        report(report) {
          // A provider that was let go of may still have something to say; nobody listens.
          if (mine !== turn) return;
          // Copied before it waits, so that a provider may reuse its objects; and told later, so that it is never told within a command.
          const copy = copied(report);
          if (copy && LASTING.includes(copy.type)) lasting.set(copy.type, copy);
          queueMicrotask(() => tell('report', copy));
        },
        credentials() {
          if (credentials) return Promise.resolve({ ...credentials });
          tell('wanted');
          return new Promise((resolve) => waiting.push(resolve));
        },
      };
    },
    /** @param {string} user @param {string} password @returns {boolean} whether somebody was waiting for them */
    signIn(user, password) {
      credentials = { user, password };
      const given = waiting;
      waiting = [];
      for (const resolve of given) resolve({ ...credentials });
      return given.length > 0;
    },
    /** The credentials were refused, or the agent signs out. */
    forget() {
      credentials = null;
    },

  };
  // Browsers let no page make a sound before its first click or key press. After that no ring may be missed for it.
  for (const kind of ['pointerup', 'keydown']) {
    globalThis.addEventListener?.(kind, () => {
      if (keep.context?.state === 'suspended') keep.context.resume().catch(() => {});
      keep.play();
    }, { capture: true });
  }
  return keep;
}

/** A copy of plain data; what cannot be copied is given as nothing, which no reader accepts. */
function copied(report) {
  try {
    return structuredClone(report);
  } catch {
    return null;
  }
}

/**
 * Timers in the Worker, or in the page where there can be no Worker.
 *
 * @param {string} script
 * @param {(error: unknown) => void} trapped
 */
function createClock(script, trapped) {
  /** @type {Map<number, { callback: () => void, ms: number }>} */
  const due = new Map();
  let last = 0;
  /** @type {Worker | null} */
  let worker = null;
  /** @param {number} id */
  const ring = (id) => {
    const timer = due.get(id);
    due.delete(id);
    try {
      timer?.callback();
    } catch (error) {
      trapped(error);
    }
  };
  /** @param {number} id @param {number} ms */
  const here = (id, ms) => void globalThis.setTimeout(ring, ms, id);
  try {
    worker = new Worker(script);
    worker.addEventListener('message', ({ data }) => ring(data));
    // Blocked by a policy, or not found: what was set already starts anew here.
    worker.addEventListener('error', () => {
      worker = null;
      for (const [id, { ms }] of due) here(id, ms);
    });
  } catch {
    worker = null;
  }
  return {
    /** @param {() => void} callback @param {number} [ms] */
    setTimeout(callback, ms = 0) {
      last += 1;
      due.set(last, { callback, ms });
      if (worker) worker.postMessage([last, ms]);
      else here(last, ms);
      return last;
    },
    /** @param {number} id */
    clearTimeout(id) {
      if (due.delete(id)) worker?.postMessage([id]);
    },
  };
}
