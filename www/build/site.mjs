/**
 * Bundles the pages with esbuild: `node build/site.mjs --out DIR --glue DIR [--dev]`.
 *
 * Every asset gets a fingerprint in its name, so that a host may let browsers keep it for ever; only the HTML pages keep their names.
 * What pages may import besides files and npm packages:
 *
 *   hookswitch:glue/panel        the glue of a wasm module (also glue/simulator)
 *   hookswitch:wasm/panel        the URL of that module, relative to the page
 *   hookswitch:rest/panel        the URL of what is loaded later of that module; empty if it is whole, as in `--dev`
 *   hookswitch:worker/NAME       the URL, relative to the page, of NAME.worker.js that lies beside its index.html
 *   hookswitch:later/NAME        the URL, relative to the page, of NAME.later.css that lies beside its index.html
 *   hookswitch:provider/NAME     www/providers/NAME.js as a chunk of its own, for `import()`
 *   hookswitch                   the npm module, laid beside the page as it is
 *
 * In an index.html, `src="./x"` and `href="./x"` name files beside it: scripts and styles are bundled, other files are copied.
 */

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import * as esbuild from "esbuild";

import { sipOptions } from "../providers/bundle.mjs";

const www = dirname(dirname(fileURLToPath(import.meta.url)));
const { values: options } = parseArgs({
  options: { out: { type: "string" }, glue: { type: "string" }, dev: { type: "boolean", default: false } },
});
if (!options.out || !options.glue) throw new Error("--out and --glue are needed");
const dist = resolve(options.out);
const glue = resolve(options.glue);

/** @type {esbuild.BuildOptions} */
const common = {
  absWorkingDir: www,
  assetNames: "[name]-[hash]",
  bundle: true,
  chunkNames: "[name]-[hash]",
  entryNames: "[name]-[hash]",
  format: "esm",
  legalComments: "none",
  loader: Object.fromEntries([".mp3", ".ogg", ".png", ".svg", ".wasm", ".wav", ".webp", ".woff2"].map((ending) => [ending, "file"])),
  logLevel: "warning",
  metafile: true,
  minify: !options.dev,
  sourcemap: options.dev ? "linked" : false,
  target: "chrome120",
};

await site("panel", { providers: true });
await site("lightning", {});
await optional(join(www, "opencti/opencti_min.js"), (file) => copy(file, join(dist, "opencti/opencti_min.js")));
await optional(join(glue, "headless", "headless.js"), async (module) => {
  await site("example", {});
  await copy(dirname(module), join(dist, "example", "hookswitch"));
});

/**
 * Bundles `www/NAME` into `dist/NAME`.
 * @param {string} name
 * @param {{ providers?: boolean }} also
 */
async function site(name, also) {
  const from = join(www, name);
  const out = join(dist, name);
  if (!(await exists(join(from, "index.html")))) return;
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });

  /** What was bundled before the page, by its `hookswitch:` name. @type {Map<string, string>} */
  const ready = new Map();
  /** What was made, for whoever weighs and packs it. @type {{ files: { file: string, part: string }[], inputs: string[] }} */
  const made = { files: [], inputs: [] };

  /** @param {string} to @param {string} file @param {string} part @param {esbuild.BuildOptions} options */
  const bundle = async (to, file, part, options) => {
    const { metafile } = await esbuild.build({ ...common, ...options, entryPoints: [file], outdir: to });
    for (const path of Object.keys(metafile.outputs)) {
      made.files.push({ file: relative(out, resolve(www, path)), part: isRest(path) ? "rest" : part });
    }
    made.inputs.push(...Object.keys(metafile.inputs));
    const entry = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === relative(www, file));
    if (!entry) throw new Error(`esbuild made nothing of ${file}`);
    return { entry: `./${basename(entry[0])}`, needs: entry[1].inputs, outputs: Object.keys(metafile.outputs) };
  };

  for (const file of (await readdir(from)).filter((file) => file.endsWith(".worker.js"))) {
    ready.set(`worker/${basename(file, ".worker.js")}`, (await bundle(out, join(from, file), "page", {})).entry);
  }
  for (const file of (await readdir(from)).filter((file) => file.endsWith(".later.css"))) {
    ready.set(`later/${basename(file, ".later.css")}`, (await bundle(out, join(from, file), "rest", {})).entry);
  }
  if (also.providers) {
    for (const name of ["simulated", "sip"]) {
      const file = join(www, "providers", `${name}.js`);
      if (await exists(file)) ready.set(`provider/${name}`, (await bundle(out, file, `provider/${name}`, providerOptions(name))).entry);
    }
  }

  for (const page of await pages(from)) {
    const folder = dirname(page);
    const to = join(out, relative(from, folder));
    const part = relative(from, page) === "index.html" ? "page" : relative(from, page).split("/")[0];
    let html = await readFile(page, "utf8");
    await mkdir(to, { recursive: true });
    for (const named of new Set([...html.matchAll(/\b(?:src|href)="\.\/([^"#?]+)"/g)].map((match) => match[1]))) {
      const file = join(folder, named);
      if ([".html", ""].includes(extname(file))) continue;
      if (![".css", ".js", ".mjs", ".ts"].includes(extname(file))) {
        const target = await copyHashed(file, to);
        made.files.push({ file: relative(out, join(to, target)), part });
        html = html.replaceAll(`"./${named}"`, `"${target}"`);
        continue;
      }
      const { entry, needs, outputs } = await bundle(to, file, part, { plugins: [inside(ready)], splitting: true });
      html = html.replaceAll(`"./${named}"`, `"${entry}"`);
      // The wasm that a script needs at once starts loading with the page instead of after it.
      for (const input of Object.keys(needs).filter((input) => input.endsWith(".wasm") && !isRest(input))) {
        const wasm = outputs.find((path) => path.endsWith(".wasm") && basename(path).startsWith(`${basename(input, ".wasm")}-`));
        const link = `<link rel="preload" href="./${basename(wasm ?? "")}" as="fetch" type="application/wasm" crossorigin>`;
        if (wasm) html = html.replace("</head>", `  ${link}\n</head>`);
      }
    }
    await writeFile(join(to, basename(page)), html);
    made.files.push({ file: relative(out, join(to, basename(page))), part });
  }
  await optional(join(from, "org-hosts.json"), async (file) => {
    await copy(file, join(out, "org-hosts.json"));
    made.files.push({ file: "org-hosts.json", part: "page" });
  });
  /** @type {Map<string, string>} */
  const parts = new Map(made.files.map(({ file, part }) => [file, part]));
  const files = [...parts].map(([file, part]) => ({ file, part })).sort((one, other) => (one.file < other.file ? -1 : 1));
  await writeFile(join(dist, `${name}.json`), JSON.stringify({ files, inputs: [...new Set(made.inputs)].sort() }, null, 1));
}

/** Resolves `hookswitch:` names. @param {Map<string, string>} ready @returns {esbuild.Plugin} */
function inside(ready) {
  return {
    name: "hookswitch",
    setup(build) {
      build.onResolve({ filter: /^hookswitch$/ }, () => ({ path: "./hookswitch/headless.js", external: true }));
      build.onResolve({ filter: /^hookswitch:/ }, ({ path }) => {
        const [kind, name] = path.slice("hookswitch:".length).split("/");
        if (kind === "glue") return { path: join(glue, name, `${name}.js`) };
        if (kind === "wasm") return { path: join(glue, name, `${name}_bg.wasm`) };
        if (kind === "rest") {
          const path = join(glue, name, `${name}_rest.wasm`);
          return existsSync(path) ? { path } : { path, namespace: "hookswitch-whole" };
        }
        const made = ready.get(`${kind}/${name}`);
        if (!made) return { errors: [{ text: `there is no ${path}` }] };
        return kind === "provider" ? { path: made, external: true } : { path: made, namespace: "hookswitch-url" };
      });
      build.onLoad({ filter: /.*/, namespace: "hookswitch-whole" }, () => ({ contents: '""', loader: "json" }));
      build.onLoad({ filter: /.*/, namespace: "hookswitch-url" }, ({ path }) => ({ contents: JSON.stringify(path), loader: "json" }));
    },
  };
}

/** Whether it is the part of a module that is loaded later. @param {string} path */
function isRest(path) {
  return /_rest(-\w+)?\.wasm$/.test(path);
}

/** How a provider is bundled; SIP's own rules lie beside it. @param {string} name @returns {esbuild.BuildOptions} */
function providerOptions(name) {
  if (name !== "sip") return {};
  const { define, inject, platform } = sipOptions();
  return { define, inject, platform };
}

/** The HTML pages below a folder. @param {string} folder @returns {Promise<string[]>} */
async function pages(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const deeper = await Promise.all(entries.filter((entry) => entry.isDirectory() && entry.name !== "test").map((entry) => pages(join(folder, entry.name))));
  return [...entries.filter((entry) => entry.name.endsWith(".html")).map((entry) => join(folder, entry.name)), ...deeper.flat()];
}

/** Copies a file under its fingerprint. @param {string} file @param {string} to */
async function copyHashed(file, to) {
  const content = await readFile(file);
  const mark = createHash("sha256").update(content).digest("base64url").replace(/[^A-Za-z0-9]/g, "").slice(0, 8).toUpperCase();
  const name = `${basename(file, extname(file))}-${mark}${extname(file)}`;
  await writeFile(join(to, name), content);
  return `./${name}`;
}

/** @param {string} from @param {string} to */
async function copy(from, to) {
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to, { recursive: true });
}

/** @param {string} path @param {(path: string) => Promise<void>} work */
async function optional(path, work) {
  if (await exists(path)) await work(path);
}

/** @param {string} path */
async function exists(path) {
  return stat(path).then(() => true, () => false);
}
