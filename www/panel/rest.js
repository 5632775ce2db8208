// The rest of the panel's wasm: what is not needed until the first call has rung. It is fetched once the phone is idle; the instance
// asks for it at once, and waits, if it needs something of it before. Each new instance after a trap is given the same module again.
// The looks of what it draws come along.

/** Thrown into the instance, which is lost with it: what it was about to do cannot be done. */
export class RestMissing extends Error {
  /** @param {unknown} cause */
  constructor(cause) {
    super('A part of the phone could not be loaded: check the network.', { cause });
  }
}

/** How long the page may still be busy with its start after the provider is there. */
const SETTLES_MS = 2000;
/** A page that never becomes idle gets the rest all the same. */
const PATIENCE_MS = 2000;

/**
 * @param {object} given
 * @param {() => void} given.whole  told once the running instance has all of itself
 * @param {string} given.address  of the module; empty where the panel is not split
 * @param {string} given.looks  address of the styles of what it draws
 * @param {(module: WebAssembly.Module) => void} given.join  gives it to the running instance
 * @param {(error: RestMissing) => void} given.missing  told when the instance needs the rest and it cannot be had
 */
export function createRest({ address, looks, join, whole, missing }) {
  /** @type {WebAssembly.Module | null} */
  let module = null;
  let joined = !address;
  let planned = joined;

  let dressed = false;
  const dress = () => {
    if (dressed) return;
    dressed = true;
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: looks }));
  };
  if (joined) dress();

  const give = () => {
    if (!module || joined) return;
    join(module);
    joined = true;
  };

  /** Fetches it without keeping anybody waiting. */
  const fetched = async () => {
    dress();
    if (!module) {
      const response = await fetch(address);
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      // Read whole before it is compiled: a host may serve it under any type.
      const made = await WebAssembly.compile(await response.arrayBuffer());
      module ??= made;
    }
    if (joined) return;
    give();
    whole();
  };

  return {
    /** The instance is in need of it: it is here, in the running instance, when this returns. */
    now() {
      dress();
      try {
        module ??= new WebAssembly.Module(read(address));
        join(module);
        joined = true;
        // Not from within what the instance is doing.
        setTimeout(whole);
      } catch (cause) {
        const error = new RestMissing(cause);
        // Told here too: what is thrown from here may be caught by a script that the instance was called by.
        missing(error);
        throw error;
      }
    },
    /** Fetches it once the page is idle. */
    soon() {
      if (planned) return;
      planned = true;
      const idle = globalThis.requestIdleCallback ?? ((due) => setTimeout(due));
      // Should it fail, the instance asks again when it needs it.
      setTimeout(() => idle(() => fetched().catch(() => {}), { timeout: PATIENCE_MS }), SETTLES_MS);
    },
    fetched,
    /** Whether the running instance has all of itself. */
    joined: () => joined,
    /** There is a new instance, which has nothing of it yet. */
    anew() {
      joined = !address;
      // It is told to be whole once it has begun.
      give();
    },
  };
}

/** Reads a file while the page waits. @param {string} address */
function read(address) {
  const request = new XMLHttpRequest();
  request.open('GET', address, false);
  // Bytes as letters: a page may not ask for anything else while it waits.
  request.overrideMimeType('text/plain; charset=x-user-defined');
  request.send();
  if (request.status !== 200) throw new Error(`${request.status} ${request.statusText}`);
  return Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0) & 0xff);
}
