import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { CLI } from './run.ts'
import { NOW, type Sandbox, line, sandbox } from './sandbox.ts'

/** Enough that a second thread reads the half of it. */
const RECORDS = 110_000
const PROGRAM = 'later/second-reader.cjs'
const TIMEOUT = { timeout: 60_000 }

const COSTS = ['check', '--json', '--now', NOW]
let box: Sandbox
let alone: string
let copies = 0

beforeAll(async () => {
  box = sandbox()
  const lines = Array.from({ length: RECORDS }, (_, nth) =>
    line({
      // A few come twice, some of them in the other half.
      id: `r${nth % (RECORDS - 50)}`,
      session_id: `s${nth % 997}`,
      timestamp: `2025-12-${String(1 + (nth % 15)).padStart(2, '0')}T10:00:00Z`,
      output_tokens: nth,
      cost_usd: (nth % 1000) / 1e6,
      note: 'n'.repeat(60),
      ...(nth % 100 === 0 && { model: 'some-unpriced-model', cost_usd: undefined }),
    }),
  )
  lines.splice(RECORDS - 5, 0, 'no JSON')
  box.write('.ai-costs/sessions.jsonl', `${lines.join('\n')}\n`)
  box.write(
    '.ai-config/cost-limits.yaml',
    'budgets: { daily: 3, scoped: [{ model: claude-*, weekly: 90, per_session: 1 }] }\ntimezone: Asia/Tokyo\n',
  )
  alone = await answer(withProgram(null))
}, TIMEOUT.timeout)

describe('a large ledger', () => {
  it('comes out alike from one thread and from two', TIMEOUT, async () => {
    expect(await answer(CLI)).toBe(alone)
    expect(JSON.parse(alone)).toMatchObject({
      records: expect.any(Number),
      data_quality: { bad_lines: 1, notes: expect.anything() },
    })
  })

  it('is read by two', TIMEOUT, async () => {
    const mark = join(box.temporary, 'has-run')
    const original = readFileSync(join(dirname(CLI), PROGRAM), 'utf8')
    const cli = withProgram(`require('node:fs').writeFileSync(${JSON.stringify(mark)}, '');${original}`)
    expect(await answer(cli)).toBe(alone)
    expect(existsSync(mark)).toBe(true)
  })

  it.concurrent.each([
    ['cannot be loaded', 'this is no JavaScript'],
    ['throws', 'throw new Error("on purpose")'],
    ['ends without an answer', 'console.log("not for the user"); console.error("nor this")'],
    ['ends itself', 'process.exit(1)'],
    ['never ends', 'for (;;);'],
    ['answers nonsense', nonsense('null')],
  ])('comes out alike when the program of the second thread %s', TIMEOUT, async (_, program) => {
    expect(await answer(withProgram(program))).toBe(alone)
  })
})

/** Says that it has an answer. */
function nonsense(message: string): string {
  return `const { workerData: { port, shared } } = require('node:worker_threads')
    port.postMessage(${message})
    Atomics.store(new Int32Array(shared), 0, 1)
    Atomics.notify(new Int32Array(shared), 0)`
}

async function answer(cli: string): Promise<string> {
  const { code, stderr, stdout } = await box.run(COSTS, { cli })
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' })
  return stdout
}

/** The command line of a copy of the program whose second thread runs something else, or nothing at all. */
function withProgram(program: string | null): string {
  const folder = join(box.temporary, `cli-${++copies}`)
  cpSync(dirname(CLI), join(folder, 'dist'), { recursive: true })
  for (const name of ['config', 'package.json', 'node_modules']) {
    symlinkSync(join(dirname(CLI), '..', name), join(folder, name))
  }
  const path = join(folder, 'dist', PROGRAM)
  mkdirSync(dirname(path), { recursive: true })
  rmSync(path)
  if (program !== null) writeFileSync(path, program)
  return join(folder, 'dist', basename(CLI))
}
