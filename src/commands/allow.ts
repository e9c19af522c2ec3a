import { type Calendar, createCalendar } from '../core/calendar.ts'
import { jsonText } from '../core/json.ts'
import { type Allow, overrideJson } from '../core/override.ts'
import type { Result } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import type { SessionSpend } from '../core/snapshot.ts'
import { ulid } from '../core/ulid.ts'
import { untilText } from '../formats/until-text.ts'
import {
  COMMON_OPTIONS,
  type Grammar,
  type Invocation,
  JSON_OPTION,
  UsageError,
  hasFlag,
  valueOf,
} from './command.ts'
import { type Call, type JudgingSystem, callOf, judgeOnce } from './desk.ts'
import { noteOf } from './note-option.ts'
import { endOverrides } from './overrides-end.ts'
import { listOverrides } from './overrides-list.ts'
import { saveOverrides } from './save-overrides.ts'
import { sessionNamed, sessionsNamed } from './session-named.ts'
import { UNTIL_OPTIONS, untilOf } from './until-option.ts'
import { refuseOtherOptions } from './verb-options.ts'

export const grammar: Grammar = {
  name: 'allow',
  summary: 'let hooks pass for a while what they would block, on record',
  arguments: [
    { name: '[VERB]', summary: 'none to allow, list, or end', words: ['list', 'end'] },
    { name: '[ID]', summary: 'end: the one to end; default: all' },
  ],
  options: {
    session: { kind: 'value', placeholder: 'ID', summary: 'this session only; default: every session' },
    ...UNTIL_OPTIONS,
    why: { kind: 'value', placeholder: 'TEXT', isVerbatim: true, summary: 'a few words for the record' },
    ...JSON_OPTION,
    ...COMMON_OPTIONS,
  },
  examples: [
    'ai-costs allow --during 30m --why "the release must go out"',
    'ai-costs allow --session 3f9c1d77 --until tonight',
    'ai-costs allow end',
  ],
}

const HALF_AN_HOUR = 30 * 60_000

/** Throws `UsageError`. */
export async function run(invocation: Invocation, system: JudgingSystem): Promise<Result> {
  const [verb, id] = invocation.arguments
  switch (verb) {
    case undefined:
      refuseOtherOptions(invocation, 'allow', ['session', 'during', 'until', 'why', 'json'])
      return allow(invocation, system)
    case 'list':
      refuseOtherOptions(invocation, 'allow list', ['json', 'now'])
      if (id !== undefined) throw new UsageError(`allow list takes no ${id}: leave it out`)
      return listOverrides('allow', invocation, system)
    case 'end':
      refuseOtherOptions(invocation, 'allow end', [])
      return endOverrides('allow', id, invocation, system)
    default:
      throw new UsageError(
        `there is no "allow ${verb}": use list or end, or options alone, such as --during 30m`,
      )
  }
}

async function allow(invocation: Invocation, system: JudgingSystem): Promise<Result> {
  const why = noteOf(invocation, 'why')
  const call = callOf(invocation, system)
  const { calendar, sessions } = await knownFor(call, system)
  const now = call.clock.now()
  const allowed: Allow = {
    kind: 'allow',
    id: ulid(now, call.clock.random(16)),
    timestamp: now,
    sessionId: sessionOf(invocation, sessions),
    until: untilOf(invocation, calendar, now) ?? now + HALF_AN_HOUR,
    why,
  }
  const said = hasFlag(invocation, 'json')
    ? `${jsonText(overrideJson(allowed))}\n`
    : confirmation(allowed, calendar)
  return saveOverrides([allowed], said, call.place, system)
}

interface Known {
  readonly calendar: Calendar
  /** Of the day. */
  readonly sessions: readonly SessionSpend[]
}

/** Whoever is blocked must get on even where settings or ledger are in trouble: then days are those of the machine. */
function knownFor(call: Call, system: JudgingSystem): Promise<Known> {
  return judgeOnce<Known>(
    call,
    system,
    ({ snapshot }, { calendar }) => ({ calendar, sessions: snapshot.sessions }),
    () => ({ calendar: createCalendar(system.environment.zone()), sessions: [] }),
  )
}

/** A session may go by its short name; one that has cost nothing yet is in no ledger, and is what was typed. */
function sessionOf(invocation: Invocation, sessions: readonly SessionSpend[]): string | null {
  const name = valueOf(invocation, 'session')
  if (name === null) return null
  if (name.trim() === '') throw new UsageError('--session is empty: name a session, or leave the option out')
  if (name.length > LONGEST_ID)
    throw new UsageError(`--session is longer than ${LONGEST_ID} characters: name its id`)
  return sessionsNamed(name, sessions).length === 0 ? name : sessionNamed(name, sessions)
}

const LONGEST_ID = 512

function confirmation({ id, sessionId, until }: Allow, calendar: Calendar): string {
  const where = sessionId === null ? '' : ` in session ${safeText(sessionId)}`
  return `Allowed: hooks block nothing${where} until ${untilText(until, calendar)}\nend it sooner with: ai-costs allow end ${id}\n`
}
