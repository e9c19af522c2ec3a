import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { aResponse, responseLines } from '../kit/transcripts.ts'
import { pause } from './eventually.ts'
import { EARLY_IN_A_MINUTE, LIMITS, openPane, shows } from './pane.ts'
import { type Sandbox, sandbox } from './sandbox.ts'

const SECOND_MS = 1000
/** Enough looks to have seen something. */
const LOOKS_MS = 700

/** A project with a ledger, in which an agent begins to work. */
function projectWithAgent(): Sandbox {
  const box = sandbox()
  box.limits(LIMITS)
  mkdirSync(box.costs)
  return box
}

/** An agent's answer of $3. */
function answer(box: Sandbox, message: string, cwd = box.project): void {
  const path = join(box.home, '.claude', 'projects', 'my-app', 'session.jsonl')
  mkdirSync(dirname(path), { recursive: true })
  const three = { input: 1_000_000, output: 0, read: 0, written5m: 0, written1h: 0 }
  const at = Date.parse(EARLY_IN_A_MINUTE)
  const lines = responseLines(aResponse({ message, cwd, at, model: 'claude-sonnet-4', ...three }))
  appendFileSync(path, lines.map((line) => `${line}\n`).join(''))
}

describe('watch --collect', () => {
  it('moves within a second of every answer, and leaves the ledger behind', async () => {
    const box = projectWithAgent()
    const pane = openPane(box, { args: ['watch', '--collect'] })
    await pane.until(shows('$0.00 / $10.00'))
    await pause(LOOKS_MS)
    for (const [nth, spent] of ['$3.00', '$6.00', '$9.00'].entries()) {
      const start = performance.now()
      answer(box, `m${nth}`)
      // oxlint-disable-next-line no-await-in-loop -- one answer after the other
      const moved = await pane.until(shows(`${spent} / $10.00`))
      expect(moved - start).toBeLessThan(SECOND_MS)
    }
    answer(box, 'elsewhere', join(box.home, 'other'))
    pane.press('q')
    expect(await pane.ended()).toEqual({ code: 0, signal: 0 })
    expect(box.readLedger().trimEnd().split('\n')).toHaveLength(3)
    expect(readFileSync(join(box.costs, 'state', 'imported'), 'utf8')).toContain('session.jsonl')
  })
})

describe('watch', () => {
  it.each([
    ['without being told to', ['watch']],
    ['as of some instant', ['watch', '--collect', '--now', EARLY_IN_A_MINUTE]],
  ])('%s collects nothing', async (_, args) => {
    const box = projectWithAgent()
    const pane = openPane(box, { args })
    await pane.until(shows('$0.00 / $10.00'))
    answer(box, 'm')
    await pause(LOOKS_MS)
    expect(pane.screen()).toContain('$0.00')
    expect(() => box.readLedger()).toThrow('ENOENT')
  })
})

describe('a program without a terminal', () => {
  it('collects nothing, whatever it is told', async () => {
    const box = projectWithAgent()
    answer(box, 'm')
    expect((await box.run(['watch', '--collect'])).code).toBe(0)
    expect(() => box.readLedger()).toThrow('ENOENT')
  })
})
