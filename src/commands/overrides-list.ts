import { troubleText } from '../core/answers/check-text.ts'
import { jsonText } from '../core/json.ts'
import { type Override, overrideJson } from '../core/override.ts'
import { type PastOverride, overrideHistory } from '../core/override-history.ts'
import { EXIT, type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { overrideText } from '../formats/override-text.ts'
import { Unreadable } from '../system/file-system.ts'
import type { System } from '../system/system.ts'
import { type Invocation, hasFlag } from './command.ts'
import { troubleOf } from './trouble.ts'
import { clockOf } from './instant-option.ts'
import { readOverrides } from './overrides-file.ts'
import { placeOf } from './place.ts'

type ListingSystem = Pick<System, 'clock' | 'environment' | 'files'>

/** `allow list`, `raise list`: the newest first; with `--now` those of before. Throws `UsageError`. */
export function listOverrides(
  kind: 'allow' | 'raise',
  invocation: Invocation,
  system: ListingSystem,
): Result {
  const place = placeOf(invocation, system)
  const { clock } = clockOf(invocation, system.clock)
  let overrides: readonly Override[]
  try {
    overrides = readOverrides(place, system)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { stdout: '', stderr: troubleText([troubleOf(error)]), exitCode: EXIT.cannotTell }
  }
  const history = overrideHistory(overrides, clock.now()).filter(({ override }) => override.kind === kind)
  if (hasFlag(invocation, 'json')) return success(asJson(kind, history))
  return history.length === 0
    ? success('', `ai-costs: no ${kind} is on record in ${safeText(place.directory)}\n`)
    : success(history.map(overrideText).join(''))
}

function asJson(kind: 'allow' | 'raise', history: readonly PastOverride[]): string {
  const entries = history.map(({ override, state }) => ({ ...overrideJson(override), state }))
  return `${jsonText({ schema: 1, [`${kind}s`]: entries })}\n`
}
