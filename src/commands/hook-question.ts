import { HOOK_AGENTS, type HookEvent, readHookEvent } from '../agents/hook-event.ts'
import { isObjectText } from '../agents/json-object.ts'
import type { StandardInput } from '../system/standard-input.ts'
import { type Invocation, valueOf } from './command.ts'

/** An event is small, even with a long prompt in it; whatever is larger is none. */
const LARGEST_EVENT = 4 << 20

/** Agents write at once. With what an answer takes, an agent waits less than a second, whatever happens. */
const PATIENCE_MS = 500

/** The event of a call, from its argument or from standard input; null for none that concerns us. Throws `InputTooLarge`. */
export function hookQuestion(invocation: Invocation, standardInput: StandardInput): HookEvent | null {
  const named = valueOf(invocation, 'agent')
  const agent = HOOK_AGENTS.find((one) => one === named) ?? null
  // Whoever was told to call us this way has an event to tell.
  const isAll = agent === null ? undefined : isObjectText
  const text = invocation.arguments[0] ?? standardInput.read(LARGEST_EVENT, PATIENCE_MS, isAll)
  return text === null ? null : readHookEvent(text, agent)
}
