import { troubleText } from '../core/answers/check-text.ts'
import { type Allow, type End, type Override, type Raise, activeOverrides } from '../core/override.ts'
import { EXIT, type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { ulid } from '../core/ulid.ts'
import { subjectText } from '../formats/override-text.ts'
import { Unreadable } from '../system/file-system.ts'
import type { System } from '../system/system.ts'
import { type Invocation, UsageError } from './command.ts'
import { troubleOf } from './trouble.ts'
import { readOverrides } from './overrides-file.ts'
import { placeOf } from './place.ts'
import { saveOverrides } from './save-overrides.ts'

type EndingSystem = Pick<System, 'clock' | 'environment' | 'files' | 'ledger'>

/** `allow end [ID]`, `raise end [ID|BUDGET]`: without a name all that are active. Throws `UsageError`. */
export function endOverrides(
  kind: 'allow' | 'raise',
  name: string | undefined,
  invocation: Invocation,
  system: EndingSystem,
): Result {
  const place = placeOf(invocation, system)
  let overrides: readonly Override[]
  try {
    overrides = readOverrides(place, system)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { stdout: '', stderr: troubleText([troubleOf(error)]), exitCode: EXIT.notSaved }
  }
  const now = system.clock.now()
  const { allows, raises } = activeOverrides(overrides, now)
  const active = kind === 'allow' ? allows : raises
  const meant = name === undefined ? active : active.filter((one) => goesBy(one, name))
  if (meant.length === 0 && name !== undefined) {
    throw new UsageError(`there is no active ${kind} "${name}": see ai-costs ${kind} list`)
  }
  if (meant.length === 0) return success('', `ai-costs: no ${kind} is active, there is nothing to end\n`)
  const ends = meant.map((one): End => ({
    kind: 'end',
    id: ulid(now, system.clock.random(16)),
    timestamp: now,
    ends: one.id,
  }))
  const said = meant.map((one) => `Ended: ${safeText(`${kind} ${subjectText(one)}`)} (${safeText(one.id)})\n`)
  return saveOverrides(ends, said.join(''), place, system)
}

/** A raise goes by its budget, too, and an allow by its session. */
function goesBy(override: Allow | Raise, name: string): boolean {
  return override.id === name || (override.kind === 'raise' ? override.budget : override.sessionId) === name
}
