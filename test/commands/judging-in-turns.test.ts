import * as fc from 'fast-check'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Accounts, type JudgingSettings, NOTHING_READ } from '../../src/commands/accounts.ts'
import { NO_OVERRIDES } from '../../src/core/override.ts'
import { BUILT_IN_LIMITS } from '../../src/settings/defaults.ts'
import { LEDGER_FILE } from '../../src/system/ledger-place.ts'
import { type OpenLedger, systemLedger } from '../../src/system/ledger.ts'
import { systemPrices } from '../../src/system/shipped-prices.ts'
import { aBudget } from '../kit/a-budget.ts'
import { instant, usage } from '../kit/fold-lines.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

const BUDGETS = [aBudget('daily', '1'), aBudget('weekly', '2', { tool: 'codex' }), aBudget('monthly', '3')]
const SETTINGS: JudgingSettings = { ...BUILT_IN_LIMITS, budgets: BUDGETS, timezone: 'UTC', prices: [] }
const START = instant('2025-12-15T14:30:00Z')
const MINUTE = 60_000

/** Minutes go by, a line is written (maybe of a record that is known), or all lines become dearer. */
const step = fc.oneof(
  fc.integer({ min: 1, max: 2000 }).map((minutes) => ({ kind: 'wait' as const, minutes })),
  fc.constant({ kind: 'rewrite' as const }),
  fc.record({
    kind: fc.constant('line' as const),
    id: fc.integer({ min: 0, max: 5 }),
    ago: fc.integer({ min: 0, max: 4000 }),
    dollars: fc.integer({ min: 1, max: 90 }),
    tool: fc.constantFrom('codex', 'claude-code'),
    session: fc.constantFrom('s1', 's2', undefined),
    isRefused: fc.boolean(),
  }),
)

describe('a pane that judges again and again', () => {
  it('shows what somebody would see who opens it just then', () => {
    const box = temporaryDirectory()
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const directory = mkdtempSync(join(box, 'ledger-'))
        const path = join(directory, LEDGER_FILE)
        const open = (asOf: number) => {
          const accounts = new Accounts(SETTINGS, NOTHING_READ, () => 'UTC', systemPrices)
          return { accounts, reader: systemLedger.reader(directory, accounts.foldAt(asOf, null)) }
        }
        const pane = open(START)
        let now = START
        for (const one of steps) {
          if (one.kind === 'wait') now += one.minutes * MINUTE
          else if (one.kind === 'rewrite') makeDearer(path)
          else appendFileSync(path, lineAt(now, one))
          const other = open(now)
          expect(seenBy(pane, now)).toEqual(seenBy(other, now))
          other.reader.close()
        }
        pane.reader.close()
      }),
    )
  })
})

/** As many lines as there were, in a file of their own. */
function makeDearer(path: string): void {
  if (!existsSync(path)) return
  const lines = readFileSync(path, 'utf8').replaceAll(/"cost_usd":0/g, '"cost_usd":1')
  writeFileSync(`${path}.new`, lines)
  renameSync(`${path}.new`, path)
}

type LineStep = Extract<typeof step extends fc.Arbitrary<infer Step> ? Step : never, { kind: 'line' }>

function lineAt(now: number, { id, ago, dollars, tool, session, isRefused }: LineStep): string {
  const timestamp = new Date(now - ago * MINUTE).toISOString()
  const cost_usd = isRefused ? -1 : dollars / 100
  return `${usage({ id: `r${id}`, timestamp, session_id: session, tool, cost_usd })}\n`
}

function seenBy(
  { accounts, reader }: { readonly accounts: Accounts; readonly reader: OpenLedger },
  asOf: number,
) {
  reader.fold.asOf = asOf
  reader.look()
  const ground = { asOf, overrides: { active: NO_OVERRIDES, notes: [] }, notes: [], ledgerPath: '/l' }
  const judgement = accounts.judge(reader, ground)
  return { judgement, dashboard: accounts.dashboard(reader, judgement, null, []) }
}
