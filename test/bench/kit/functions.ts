import { RecordScanner } from '../../../src/core/record-scanner.ts'
import { readFileSync } from 'node:fs'

import { Bench as Timer } from 'tinybench'

import { Accounts, NOTHING_READ } from '../../../src/commands/accounts.ts'
import { HISTORY_DAYS } from '../../../src/core/build-dashboard.ts'
import { amountOf } from '../../../src/core/cost.ts'
import { Fold } from '../../../src/core/fold.ts'
import { detailFrom } from '../../../src/core/take-snapshot.ts'
import type { LayerFiles } from '../../../src/settings/resolution.ts'
import { settingsForCheck } from '../../../src/settings/resolution.ts'
import { resolveSettings } from '../../../src/settings/resolve.ts'
import { SETTINGS_FILES } from '../../../src/settings/problem.ts'
import { systemPrices } from '../../../src/system/shipped-prices.ts'
import type { Bench, Measure } from '../benchmark.ts'
import { estimate } from '../statistics.ts'
import { usageLines } from './usage-lines.ts'

const RECORDS = 10_000
const ROUNDS = 21
const MS_PER_ROUND = 100

/** The instant of the last of the lines. */
export const END = Date.UTC(2025, 11, 15, 14, 30)

/** Ten thousand lines of a ledger, always the same. */
export function tenThousandLines(): readonly string[] {
  return Array.from(usageLines(1, { records: RECORDS, end: END, days: 400 }), ({ text }) => text)
}

/**
 * How long a function takes as a multiple of JSON.parse of ten thousand lines, in one process and in turns.
 * It is given what it makes, so that no compiler may leave the work out.
 */
export function functionRatio(bench: Bench, work: () => unknown): readonly Measure[] {
  const lines = tenThousandLines()
  const parse = (): unknown => lines.map((line) => JSON.parse(line) as unknown).length
  const ratios: number[] = []
  for (let round = 0; round < (bench.rounds ?? ROUNDS); round++) {
    const [ours, theirs] = medians(work, parse)
    ratios.push(ours / theirs)
  }
  return [{ name: 'ratio', unit: 'ratio', estimate: estimate(ratios) }]
}

/** The settings that people begin with, as text. */
export function exampleFiles(): LayerFiles {
  return Object.fromEntries(
    SETTINGS_FILES.map((name) => [
      name,
      readFileSync(new URL(`../../../.ai-config.example/${name}`, import.meta.url), 'utf8'),
    ]),
  )
}

/** What `check` judges by under those settings. */
export function exampleAccounts(): Accounts {
  const resolution = resolveSettings({
    layers: [{ trust: 'user', directory: '.ai-config', files: exampleFiles() }],
  })
  const settings = settingsForCheck(resolution)
  if (settings.kind === 'broken')
    throw new Error(`the example settings are broken: ${settings.problems.join()}`)
  return new Accounts(settings.value, NOTHING_READ, () => 'UTC', systemPrices)
}

/** Folds a ledger that lies in memory as `check` does, but by the scanner from its first line on. */
export function folded(bytes: Uint8Array, { calendar, prices, settings }: Accounts): Fold {
  const fold = new Fold({
    dayOf: calendar.dayOf,
    detailFrom: detailFrom(calendar, END, HISTORY_DAYS),
    sessionBudgets: [],
    costOf: (record, recorded) => amountOf(record, recorded, prices, settings.costMode),
    lineAt: (location) => bytes.subarray(location),
    until: null,
    asOf: END,
    scanner: (rows) => new RecordScanner(rows),
    coldBytes: 0,
  })
  const cursor = { name: 'sessions.jsonl', base: 0, offset: 0, lines: 0, skipping: false }
  fold.feed(cursor, bytes, bytes.length, true)
  return fold
}

/** Milliseconds that a call takes, by function: the median of as many as fit in a round. */
function medians(...functions: readonly [() => unknown, () => unknown]): readonly [number, number] {
  const timer = new Timer({
    time: MS_PER_ROUND,
    iterations: 1,
    warmupTime: MS_PER_ROUND / 4,
    warmupIterations: 1,
  })
  for (const [nth, work] of functions.entries()) timer.add(String(nth), work, { async: false })
  const [first = NaN, second = NaN] = timer.runSync().map(({ result }) => {
    if (result.state !== 'completed') throw new Error(`a measured function ended as ${result.state}`)
    return result.latency.p50
  })
  return [first, second]
}
