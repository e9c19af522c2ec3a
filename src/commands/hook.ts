import type { AskingEvent, HookEvent } from '../agents/hook-event.ts'
import { troubleText } from '../core/answers/check-text.ts'
import { type HookAnswer, type RoutedModel, SILENCE, hookResult } from '../core/answers/hook-answer.ts'
import { type Result, success } from '../core/result.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import { type Invocation, directoryOf } from './command.ts'
import { type Call, callOf, judgeOnce } from './desk.ts'
import { environmentOf } from './event-environment.ts'
import { routedModel } from './hook-model.ts'
import { hookQuestion } from './hook-question.ts'
import { answerHookEvent } from './hook-reply.ts'
import { tellTrouble } from './hook-trouble.ts'
import { importSoon } from './import-soon.ts'
import { TooLate } from './look-in-time.ts'
import { ownPlace } from './own-place.ts'
import { placeOf } from './place.ts'
import { raiseAlerts } from './raise-alerts.ts'
import { readSoon } from './read-soon.ts'
import { appendStop } from './stops-file.ts'

export { grammar } from './hook-grammar.ts'

/** Keeps an agent from going on only when a budget says so: whatever trouble we have, it ends well and in silence. */
export async function run(invocation: Invocation, system: System): Promise<Result> {
  // As of some other instant nothing is written.
  if (invocation.options['now'] !== undefined) return QUIET
  let place: LedgerPlace | null = null
  try {
    // Where the agent works is in the event: should that be too large to be read, this is where we tell.
    place = placeOf(invocation, system)
    const event = hookQuestion(invocation, system.standardInput)
    if (event === null) return QUIET
    const there = { ...system, environment: environmentOf(event, system) }
    place = placeOf(invocation, there)
    return await answered(event, invocation, place, there)
  } catch (error) {
    // Without a place there is nowhere to tell.
    if (place !== null) tellTrouble(place, error, system)
    return QUIET
  }
}

const QUIET = success('')

async function answered(
  event: HookEvent,
  invocation: Invocation,
  place: LedgerPlace,
  system: System,
): Promise<Result> {
  if (event.kind === 'ask') return told(event, invocation, system)
  const own = ownPlace(place, system)
  // The last word of a session may come with the reason why it was the last.
  if (event.kind === 'failure') appendStop(event, own, system)
  importSoon(event, invocation, own, system)
  return QUIET
}

/** With what it takes to start and to be heard, an agent waits less than a second, however large a ledger is. */
const READING_MS = 500

async function told(event: AskingEvent, invocation: Invocation, system: System): Promise<Result> {
  const { clock } = system
  const late = clock.now() + READING_MS
  const call: Call = { ...callOf(invocation, system), isLate: () => clock.now() > late }
  try {
    const answer = event.moment === 'request' ? SILENCE : await judged(event, call, system)
    const routed = answer.kind === 'block' ? null : await routedIfAsked(event, call, system)
    return hookResult(answer, event, directoryOf(invocation, 'dir'), routed)
  } catch (error) {
    if (error instanceof TooLate) readSoon(invocation, call.place, system)
    throw error
  }
}

function judged(event: AskingEvent, call: Call, system: System): Promise<HookAnswer> {
  return judgeOnce<HookAnswer>(
    call,
    system,
    (judgement, accounts) => {
      const { notes } = raiseAlerts({ call, judgement, accounts }, system)
      for (const note of notes) tellTrouble(call.place, note, system)
      return answerHookEvent(event, judgement, call.place, system)
    },
    (troubles) => {
      tellTrouble(call.place, troubleText(troubles), system)
      return SILENCE
    },
  )
}

/** Whatever keeps us from choosing a model: the agent has one. */
async function routedIfAsked(event: AskingEvent, call: Call, system: System): Promise<RoutedModel | null> {
  if (event.request === null) return null
  try {
    return await routedModel(event, event.request, call, system)
  } catch (error) {
    if (error instanceof TooLate) throw error
    tellTrouble(call.place, error, system)
    return null
  }
}
