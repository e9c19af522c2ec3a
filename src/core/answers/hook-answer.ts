import { EXIT, type Result, success } from '../result.ts'
import { jsonLine } from '../json.ts'
import { safeText } from '../safe-text.ts'

/** Who asks, and how it is answered. */
export interface HookForm {
  /** The name of the agent that asks. */
  readonly agent: string
  /** What the agent calls the moment. */
  readonly name: string
  readonly moment: 'tool' | 'prompt' | 'start' | 'request'
  /** `''` when the agent does not say. */
  readonly sessionId: string
}

/** What an agent is told. The text is a sentence without its full stop, for its user. */
export type HookAnswer =
  | { readonly kind: 'silence' }
  /** It goes on, and its user reads this. */
  | { readonly kind: 'say'; readonly text: string }
  /** Its user decides. */
  | { readonly kind: 'ask'; readonly text: string }
  /** It may not go on. */
  | { readonly kind: 'block'; readonly text: string }

/** Another model for a request, in the agent's own name for it. */
export interface RoutedModel {
  readonly model: string
  /** Who is asked, as the agent called it; null where only one can be. */
  readonly provider: string | null
}

export const SILENCE: HookAnswer = { kind: 'silence' }

/** Whether an agent can let its user decide on a tool. The others fail on an answer that says so, or pass over it. */
export function canAsk(agent: string): boolean {
  return agent === 'claude-code' || agent === 'gemini-cli'
}

/**
 * An answer as the agent understands it. `directory` is the ledger's, where it was named. Nothing goes to stdout beside
 * exit 2: some versions of Claude Code let pass whatever has an odd word there.
 */
export function hookResult(
  answer: HookAnswer,
  form: HookForm,
  directory: string | null,
  routed: RoutedModel | null = null,
): Result {
  if (answer.kind === 'block') return blocked(answer.text, form, directory)
  const members = { ...told(answer, form), ...(routed === null ? {} : modelMembers(routed, form)) }
  return success(Object.keys(members).length === 0 ? '' : `${jsonLine(members)}\n`)
}

function told(answer: Exclude<HookAnswer, { kind: 'block' }>, { agent, name }: HookForm) {
  if (answer.kind === 'silence') return {}
  const text = messageOf(answer.text)
  if (answer.kind === 'say') return { systemMessage: text }
  if (agent === 'gemini-cli') return { decision: 'ask', reason: text, systemMessage: text }
  const decision = { permissionDecision: 'ask', permissionDecisionReason: text }
  return { hookSpecificOutput: { hookEventName: name, ...decision } }
}

/** Gemini CLI takes a part of a request, the plugin for OpenCode a model as OpenCode names it. */
function modelMembers({ model, provider }: RoutedModel, { agent, name }: HookForm) {
  return agent === 'gemini-cli'
    ? { hookSpecificOutput: { hookEventName: name, llm_request: { model } } }
    : { model: { providerID: provider, modelID: model } }
}

/** The agent reads this too, so it says who may decide otherwise. */
function blocked(text: string, form: HookForm, directory: string | null): Result {
  const lines = [
    `${messageOf(text)}: this ${form.moment === 'tool' ? 'tool' : 'prompt'} is blocked`,
    `ai-costs: the user can let it go on: ${allowCommand(form.sessionId, directory)}`,
  ]
  return { stdout: '', stderr: lines.map((line) => `${line}\n`).join(''), exitCode: EXIT.critical }
}

function messageOf(text: string): string {
  return `ai-costs: ${safeText(text)}`
}

function allowCommand(sessionId: string, directory: string | null): string {
  const session = sessionId === '' ? '' : optionText('session', sessionId)
  const dir = directory === null ? '' : optionText('dir', directory)
  return `ai-costs allow${session}${dir} --during 30m --why "…"`
}

/** As a shell takes it for one word and we for a value, whatever it looks like. */
function optionText(name: string, value: string): string {
  return ` --${name}${value.startsWith('-') ? '=' : ' '}${quoted(value)}`
}

function quoted(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${safeText(text).replaceAll("'", `'\\''`)}'`
}
