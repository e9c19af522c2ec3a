import { troubleText } from '../core/answers/check-text.ts'
import { breakdownOf } from '../core/cost-breakdown.ts'
import { type ExplainedRecord, summariesOf } from '../core/cost-summary.ts'
import { type Json, jsonText } from '../core/json.ts'
import type { Judgement } from '../core/judgement.ts'
import type { UsageRecord } from '../core/record.ts'
import { cannotTell, type Result, success } from '../core/result.ts'
import { explainedJson, summaryJson } from '../formats/explanation-json.ts'
import type { Explanation } from '../formats/explanation-text.ts'
import { Unreadable } from '../system/file-system.ts'
import type { System } from '../system/system.ts'
import type { Accounts } from './accounts.ts'
import { collectRecords } from './collect-records.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, JSON_OPTION, UsageError, hasFlag } from './command.ts'
import { type Call, type JudgingSystem, callOf, judgeOnce, open } from './desk.ts'
import { sessionNamed } from './session-named.ts'
import { troubleOf } from './trouble.ts'

export const grammar: Grammar = {
  name: 'explain',
  summary: 'how a cost came about: tokens, prices, tiers and factors of a record or a session',
  arguments: [
    {
      name: '[ID]',
      summary:
        'a session, also by the short name that check prints, or a record; default: the current session',
    },
  ],
  options: { ...JSON_OPTION, ...COMMON_OPTIONS },
  examples: ['ai-costs explain', 'ai-costs explain abc123 --json'],
}

type ExplainingSystem = JudgingSystem & Pick<System, 'terminal'>

/** What was asked about: a record with all that corrects it, or a session. */
interface Subject {
  readonly kind: 'record' | 'session'
  readonly id: string
  readonly records: readonly UsageRecord[]
}

/** Throws `UsageError`. */
export async function run(invocation: Invocation, system: ExplainingSystem): Promise<Result> {
  const call = callOf(invocation, system)
  try {
    const opened = await open(call, system)
    if (opened.kind === 'trouble') return cannotTell(troubleText(opened.troubles))
    opened.reader.close()
    const [id] = invocation.arguments
    const subject = (id === undefined ? null : exactly(id, call, system)) ?? (await byName(id, call, system))
    if ('stderr' in subject) return subject
    return answer(explanationOf(subject, opened.accounts), hasFlag(invocation, 'json'), system)
  } catch (error) {
    if (error instanceof Unreadable) return cannotTell(troubleText([troubleOf(error)]))
    throw error
  }
}

/** A record by its id, else a session by its whole one. */
function exactly(id: string, call: Call, { ledger }: ExplainingSystem): Subject | null {
  const found = collectRecords(
    ledger,
    call.place.directory,
    call.until,
    (record) => record.id === id || record.corrects === id || record.sessionId === id,
  )
  if (found.some((record) => record.id === id)) {
    return { kind: 'record', id, records: found.filter((one) => one.id === id || one.corrects === id) }
  }
  const records = found.filter(({ sessionId }) => sessionId === id)
  return records.length === 0 ? null : { kind: 'session', id, records }
}

/** The current session, or the one of today that has such a short name. */
async function byName(
  name: string | undefined,
  call: Call,
  system: ExplainingSystem,
): Promise<Subject | Result> {
  return judgeOnce<Subject | Result>(
    call,
    system,
    (judgement) => {
      const id =
        name === undefined ? currentSession(judgement) : sessionNamed(name, judgement.snapshot.sessions)
      const { directory } = call.place
      const records = collectRecords(
        system.ledger,
        directory,
        call.until,
        ({ sessionId }) => sessionId === id,
      )
      return { kind: 'session', id, records }
    },
    (troubles) => cannotTell(troubleText(troubles)),
  )
}

function currentSession({ snapshot }: Judgement): string {
  if (snapshot.currentSessionId !== null) return snapshot.currentSessionId
  throw new UsageError('there is no record of today: name a session or a record, ai-costs explain ID')
}

function explanationOf({ kind, id, records }: Subject, accounts: Accounts): Explanation {
  const catalog = accounts.catalog()
  const { costMode } = accounts.settings
  const explained = records.map((record): ExplainedRecord => ({
    record,
    breakdown: breakdownOf(record, catalog.table, costMode),
  }))
  return {
    kind,
    id,
    records: explained,
    summaries: summariesOf(explained),
    costMode,
    layerOf: (price) => catalog.layerOf(price),
  }
}

async function answer(
  explanation: Explanation,
  json: boolean,
  { terminal }: ExplainingSystem,
): Promise<Result> {
  if (json) return success(`${jsonText(asJson(explanation))}\n`)
  const { explanationText } = await import('../formats/explanation-text.ts')
  return success(explanationText(explanation, terminal.page()))
}

function asJson({ kind, id, records, summaries, costMode, layerOf }: Explanation): Json {
  const whole = { schema: 1, [kind]: id, cost_mode: costMode, models: summaries.map(summaryJson) }
  return { ...whole, records: records.map((one) => explainedJson(one, layerOf)) }
}
