// Lets Node 20, which runs no TypeScript, run these files as they lie there:
//
//   node --import ./test/bench/typescript.mjs FILE.ts
//
// Types are stripped file by file, not checked (`npm run types` does), and stack traces name the real lines.

import { readFile } from 'node:fs/promises'
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'

import { transform } from 'esbuild'

// Node loads this file a second time, in the thread where its hooks run.
if (isMainThread) {
  process.setSourceMapsEnabled(true)
  register(import.meta.url)
}

/** Node's hook for loading a module. */
export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context)
  const path = fileURLToPath(url)
  const { code } = await transform(await readFile(path, 'utf8'), {
    loader: 'ts',
    target: 'node20.19',
    sourcemap: 'inline',
    sourcefile: path,
  })
  return { format: 'module', source: code, shortCircuit: true }
}
