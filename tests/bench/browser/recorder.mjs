// What runs inside the panel's page before anything of the panel does: it notes when something comes in, goes out, or is on the screen.
//
// Its own work is a few microseconds per message, and counts against us.

/** Given to the page as text: it must not use anything outside. */
export function record() {
  if (!location.pathname.startsWith('/panel')) return;
  /** What is waited for: which message begins it, what ends it. @type {any} */
  let run = null;
  const { port1, port2 } = new MessageChannel();

  /** @param {string} kind @param {string} text */
  const begin = (kind, text) => {
    // Only the first fitting message begins a run: what comes in behind it may delay what we measure, and must not shorten it.
    if (run && run.from === undefined && run.begins === kind && text.includes(run.with)) run.from = performance.now();
  };
  /** @param {string} kind */
  const end = (kind) => {
    if (!run || run.from === undefined || !run.ends.includes(kind)) return;
    globalThis.measured.found = { ms: performance.now() - run.from, by: kind };
    run = null;
  };

  globalThis.WebSocket = class extends WebSocket {
    /** @param {string | URL} url @param {string | string[]} [protocols] */
    constructor(url, protocols) {
      super(url, protocols ?? []);
      // Added first, so it hears first.
      this.addEventListener('message', ({ data }) => begin('report', String(data)));
    }

    /** @param {string} data */
    send(data) {
      super.send(data);
      if (data.includes('"command"')) end('command');
    }
  };

  addEventListener('message', ({ data }) => begin('message', String(data?.methodName)), { capture: true });

  // A frame is painted when a task runs behind the animation frame that follows the change.
  port2.onmessage = () => end('painted');
  new MutationObserver(() => {
    if (run?.phase === undefined || run.from === undefined || run.framed) return;
    const call = document.querySelector('[data-testid=call]');
    if ((call?.getAttribute('data-phase') ?? '') !== run.phase) return;
    run.framed = true;
    requestAnimationFrame(() => port1.postMessage(null));
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

  globalThis.measured = {
    /** Puts itself around every method of Salesforce's script; the message has gone when the method returns. */
    wrap() {
      const script = globalThis.sforce.opencti;
      for (const [name, method] of Object.entries(script)) {
        if (typeof method !== 'function') continue;
        script[name] = (...given) => {
          const returned = method.apply(script, given);
          end(name);
          end('message');
          return returned;
        };
      }
    },
    /** What was measured last; null while it is waited for. @type {{ ms: number, by: string } | null} */
    found: null,
    /** @param {{ begins: string, with: string, ends: string[], phase?: string }} what */
    arm(what) {
      globalThis.measured.found = null;
      run = what;
    },
  };
}
