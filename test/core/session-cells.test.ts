import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Rollup } from '../../src/core/rollup.ts'
import { Fold } from '../../src/core/fold.ts'
import type { SessionCellOptions } from '../../src/core/session-cells.ts'
import { usage } from '../kit/fold-lines.ts'

const DAY = 86_400_000

function foldOf(lines: readonly string[], sessionCells: SessionCellOptions): Fold {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
  const fold = new Fold({
    dayOf: (at) => Math.floor(at / DAY),
    detailFrom: -Infinity,
    sessionBudgets: [],
    sessionCells,
    costOf: ({ costUsd }) => costUsd,
    lineAt: (location) => bytes.subarray(location),
    until: null,
    asOf: 0,
  })
  const cursor = { name: 'sessions.jsonl', base: 0, offset: 0, lines: 0, skipping: false }
  fold.feed(cursor, bytes, bytes.length, true)
  return fold
}

function sum(column: ArrayLike<number>): number {
  return Array.from(column).reduce((all, one) => all + one, 0)
}

/** Each line with an id of its own: of lines that are in two parts, one would count. */
function unique(lines: readonly string[], part: string): readonly string[] {
  return lines.map((line, nth) => line.replace('{', `{"id":"${part}${nth}",`))
}

/** What they hold, in words, without what has cancelled itself out. */
function told({ sessionCells, sessions, groups }: Rollup): readonly string[] {
  const { cells } = sessionCells!
  const rows = Array.from({ length: cells.size }, (_, row) => {
    const session = sessionCells!.sessionOf(row)
    const { project, model, task_type } = groups.at(sessionCells!.groupOf(row))
    const labels = [cells.day[row], session < 0 ? '-' : sessions.id.at(session), project, model, task_type]
    return {
      name: labels.join(' '),
      sums: [cells.records[row], cells.usd.at(row), cells.inputTokens[row]].join(' '),
    }
  })
  return rows.map(({ name, sums }) => `${name}: ${sums}`).toSorted()
}

const LINES = fc.array(
  fc
    .record({
      timestamp: fc.constantFrom('2025-12-14T10:00:00Z', '2025-12-15T10:00:00Z', undefined),
      session_id: fc.constantFrom('s1', 's2', undefined),
      project: fc.constantFrom('p', 'q'),
      model: fc.constantFrom('m', 'n'),
      task_type: fc.constantFrom('fix', 'docs'),
      input_tokens: fc.nat(9),
      cost_usd: fc.nat(3),
    })
    .map((fields) => usage(fields)),
  { maxLength: 20 },
)
const ALL: SessionCellOptions = { from: -Infinity, labels: 'all' }

it('sums add up to those of the plain cells', () => {
  fc.assert(
    fc.property(LINES, (lines) => {
      const { rollup } = foldOf(lines, ALL)
      expect(sum(rollup.sessionCells!.cells.records)).toBe(sum(rollup.cells.records))
      expect(sum(rollup.sessionCells!.cells.inputTokens)).toBe(sum(rollup.cells.inputTokens))
    }),
  )
})

it('sums of two parts, one after the other, are those of the whole', () => {
  fc.assert(
    fc.property(LINES, LINES, (head, tail) => {
      const first = foldOf(unique(head, 'a'), ALL)
      first.rollup.absorb(structuredClone(foldOf(unique(tail, 'b'), ALL).rollup.parts()))
      expect(told(first.rollup)).toEqual(
        told(foldOf([...unique(head, 'a'), ...unique(tail, 'b')], ALL).rollup),
      )
    }),
  )
})

it('leave earlier days out, and other labels where they are not wanted; never what has no day', () => {
  const lines = [
    usage({ id: 'a', timestamp: '2025-12-14T10:00:00Z', task_type: 'fix' }),
    usage({ id: 'b', timestamp: '2025-12-15T10:00:00Z', task_type: 'fix' }),
    usage({ id: 'c', timestamp: undefined, task_type: 'fix' }),
  ]
  const { rollup } = foldOf(lines, { from: Math.floor(Date.UTC(2025, 11, 15) / DAY), labels: 'usual' })
  expect(told(rollup)).toEqual([
    '-1000000 s1 (unknown) claude-sonnet-4 (unknown): 1 0 100',
    `${Date.UTC(2025, 11, 15) / DAY} s1 (unknown) claude-sonnet-4 (unknown): 1 0 100`,
  ])
})
