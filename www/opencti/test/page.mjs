// A window just real enough for the stand-in script: it records what is posted to its parent and delivers what a test sends.
import { readFileSync } from "node:fs";

const source = readFileSync(new URL("../opencti_min.js", import.meta.url), "utf8");

export const ORG = "https://acme.lightning.force.com";
export const QUERY = `?clc=1&mode=Lightning&sfdcIframeOrigin=${encodeURIComponent(ORG)}&nonce=ab`;

/** Reads a golden file of crates/opencti. */
export function golden(name) {
  return JSON.parse(readFileSync(new URL(`../../../crates/opencti/tests/golden/${name}.json`, import.meta.url), "utf8"));
}

export class Page {
  posted = [];
  targets = [];
  #handlers = [];

  constructor({ search = QUERY, version = 66, page = "https://phone.acme.example" } = {}) {
    const { protocol, hostname } = new URL(page);
    this.window = {
      location: { search, protocol, hostname },
      parent: {
        postMessage: (message, target) => {
          // Structured clone, as a browser does; the way through JSON drops what is undefined.
          this.posted.push(JSON.parse(JSON.stringify(structuredClone(message))));
          this.targets.push(target);
        },
      },
      addEventListener: (kind, handler) => this.#handlers.push({ kind, handler }),
    };
    try {
      new Function("window", source.replaceAll("__API_VERSION__", String(version)))(this.window);
    } catch (thrown) {
      this.thrown = thrown;
    }
  }

  get opencti() {
    return this.window.sforce.opencti;
  }

  get handlers() {
    return this.#handlers.length;
  }

  send(data, origin = ORG) {
    for (const { kind, handler } of this.#handlers) if (kind === "message") handler({ data: structuredClone(data), origin });
  }
}
