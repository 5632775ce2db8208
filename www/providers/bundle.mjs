// Bundles a provider for the browser: `node bundle.mjs OUTFILE [--minify]`, or `bundleSip` from another script.
//
// What is special about it: every timer in the bundle, JsSIP's included, becomes one of worker-timers.js, and JsSIP's `global` is the page.
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { build } from 'esbuild';

/**
 * esbuild's options for the SIP provider, without an output.
 *
 * @param {{minify?: boolean}} options
 * @returns {import('esbuild').BuildOptions}
 */
export function sipOptions({ minify = true } = {}) {
  return {
    entryPoints: [path.join(import.meta.dirname, 'sip.js')],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    inject: [path.join(import.meta.dirname, 'worker-timers.js')],
    define: { global: 'globalThis' },
    legalComments: 'none',
    logLevel: 'warning',
    minify,
  };
}

/**
 * Writes the bundle.
 *
 * @param {string} outfile
 * @param {{minify?: boolean}} options
 */
export async function bundleSip(outfile, options) {
  await build({ ...sipOptions(options), outfile });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [outfile] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  if (!outfile) {
    console.error('usage: node bundle.mjs OUTFILE [--minify]');
    process.exit(2);
  }
  await bundleSip(outfile, { minify: process.argv.includes('--minify') });
}
