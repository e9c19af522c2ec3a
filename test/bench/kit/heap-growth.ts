import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const PROCESS = fileURLToPath(new URL('pane-heap.ts', import.meta.url))

export interface HeapGrowth {
  /** Bytes of the heap that stay of one update. */
  readonly slope: number
  /** What React has noted down for developers, which would stay for ever. */
  readonly measures: number
}

/** What stays on the heap of a pane that is updated so many times. Throws when it breaks. */
export function heapGrowth(updates: number): HeapGrowth {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--expose-gc', '--import', './test/bench/typescript.mjs', PROCESS, String(updates)],
    {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production', CI: undefined, NODE_EXTRA_CA_CERTS: undefined },
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(`the pane ended with ${status}:\n${stderr}`)
  return JSON.parse(stderr)
}
