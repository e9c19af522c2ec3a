// One after the other is what these promises are about.
/* oxlint-disable no-await-in-loop */
import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { buildSync } from 'esbuild'
import { describe, expect, it } from 'vitest'

import { appendLines } from '../../src/system/ledger-append.ts'
import { eventually } from './eventually.ts'
import { NOW, type Sandbox, line, sandbox } from './sandbox.ts'

/** Enough to keep both cores busy with many processes at the same stage of their lives. */
const AT_ONCE = 40

describe('processes that log at once', () => {
  it('200 of them leave 200 whole records', { timeout: 60_000 }, async () => {
    const box = sandbox()
    const answers = await inWaves(200, (nth) =>
      box.run([
        'log',
        'claude-sonnet-4',
        '12000',
        '4500',
        '8000',
        '3000',
        '--session',
        `s${nth}`,
        '--now',
        NOW,
      ]),
    )
    expect(answers.filter(({ code }) => code !== 0)).toEqual([])
    // Who looks while another is in the middle of a write ends a line that was about to end: a blank one is left.
    const records = box.readLedger().split('\n').filter(Boolean).map(parsed)
    expect(records).toHaveLength(200)
    expect(new Set(records.map(({ session_id }) => session_id)).size).toBe(200)
    expect(await totals(box)).toMatchObject({ records: 200, sessions: 200, spent: 23.43, findings: 0 })
  })

  it('make a missing directory together, each losing nothing', { timeout: 30_000 }, async () => {
    const box = sandbox()
    const directory = join(box.home, 'a', 'b', '.ai-costs')
    const answers = await inWaves(24, () => box.run(['log', 'claude-sonnet-4', '1', '1', '--dir', directory]))
    expect(answers.filter(({ code }) => code !== 0)).toEqual([])
    expect(readFileSync(join(directory, 'sessions.jsonl'), 'utf8').match(/\n/g)).toHaveLength(24)
    expect(readdirSync(directory).toSorted()).toEqual(['.gitignore', 'sessions.jsonl'])
  })
})

describe('a writer that is killed', () => {
  it('costs no record that anybody was told is saved', { timeout: 30_000 }, async () => {
    const box = sandbox()
    box.append()
    const writer = bundledWriter(box)
    const told = new Set<string>()
    let kills = 0
    // Padded records make a torn write likely: the kernel copies page by page.
    for (let round = 0; round < 8; round++) {
      const writers = Array.from({ length: 5 }, (_, nth) => startWriter(writer, box, `${round}-${nth}`, told))
      await eventually('every writer has saved something', () =>
        writers.every(({ lines }) => lines.length > 0),
      )
      for (const { child, lines } of writers) {
        const enough = lines.length + 1 + Math.floor(Math.random() * 20)
        await eventually('a few more records', () => lines.length >= enough || child.exitCode !== null)
        child.kill('SIGKILL')
        kills++
      }
      await Promise.all(writers.map(({ gone }) => gone))
    }
    const { ids } = await totals(box)
    console.log(`${kills} writers killed, ${told.size} records acknowledged, ${ids.size} found`)
    expect(told.size).toBeGreaterThan(kills)
    expect([...told].filter((id) => !ids.has(id))).toEqual([])
  })

  const whole = recordOf('torn', 999)

  it('at any byte costs the next record nothing', async () => {
    const box = sandbox()
    box.append()
    for (let length = 1; length < whole.length; length++) {
      appendFileSync(box.ledger, whole.slice(0, length))
      appendLines(box.ledger, recordOf(`after-${length}`, 1), 'none')
    }
    const found = await totals(box)
    expect(found.spent).toBe(whole.length - 1)
    expect(found.ids.size).toBe(whole.length - 1)
  })

  it('at any byte costs a record nothing that landed right behind the fragment', async () => {
    const box = sandbox()
    box.append()
    for (let length = 1; length < whole.length; length++) {
      appendFileSync(box.ledger, `${whole.slice(0, length)}${recordOf(`after-${length}`, 1)}\n`)
    }
    const found = await totals(box)
    expect(found.spent).toBe(whole.length - 1)
    expect(found.ids.size).toBe(whole.length - 1)
  })
})

interface Writer {
  readonly child: ChildProcess
  /** Sessions that this writer has said are saved. */
  readonly lines: string[]
  readonly gone: Promise<void>
}

/** The real append, in a script that does nothing else: it acknowledges each record once `appendLines` returned. */
function bundledWriter(box: Sandbox): string {
  const script = join(box.temporary, 'writer.mjs')
  buildSync({
    stdin: {
      contents: `
        import { writeSync } from 'node:fs'
        import { appendLines } from './src/system/ledger-append.ts'
        const [, , ledger, name, timestamp] = process.argv
        for (let nth = 0; ; nth++) {
          const id = name + '-' + nth
          const record = { v: 1, id, timestamp, session_id: id, model: 'claude-sonnet-4', input_tokens: 1,
            output_tokens: 1, cost_usd: 0.01, note: 'x'.repeat(8000) }
          appendLines(ledger, JSON.stringify(record), 'none')
          writeSync(1, id + '\\n')
        }`,
      resolveDir: fileURLToPath(new URL('../..', import.meta.url)),
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: script,
  })
  return script
}

function startWriter(script: string, box: Sandbox, name: string, told: Set<string>): Writer {
  const child = spawn(process.execPath, [script, box.ledger, name, NOW], { env: box.env })
  const lines: string[] = []
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
    for (const id of parts) told.add(id)
  })
  return { child, lines, gone: new Promise((resolve) => child.on('close', () => resolve())) }
}

function recordOf(id: string, cost: number): string {
  return line({ v: 1, id, session_id: id, cost_usd: cost }).replace(
    /^\{(.*),"v":1,"id":"([^"]*)"/,
    '{"v":1,"id":"$2",$1',
  )
}

/** What `check` makes of the ledger: every session is judged by itself, so its verdicts name all that was found. */
async function totals(box: Sandbox) {
  box.limits('budgets:\n  daily: 1000000\n  per_session: 1000000\n')
  const { stdout } = await box.run(['check', '--json', '--now', NOW])
  const answer = parsed(stdout)
  const verdicts: readonly { id: string; session_id: string | null; spent_usd: number }[] = answer['budgets']
  return {
    records: answer['records'],
    sessions: answer['sessions'],
    spent: verdicts.find(({ id }) => id === 'daily')?.spent_usd,
    findings: answer['data_quality'].bad_lines,
    ids: new Set(verdicts.flatMap(({ session_id }) => session_id ?? [])),
  }
}

// JSON.parse gives `any`, which is what a reader of foreign JSON has.
function parsed(text: string) {
  return JSON.parse(text)
}

/** Runs something `count` times, many at once. */
async function inWaves<Answer>(count: number, start: (nth: number) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = []
  let next = 0
  const runner = async (): Promise<void> => {
    while (next < count) answers.push(await start(next++))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, runner))
  return answers
}
