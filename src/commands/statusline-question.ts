import { isObjectText } from '../agents/json-object.ts'
import { readStatusEvent } from '../agents/status-input.ts'
import { STATUS_NAMES, type TemplatePiece, parseTemplate } from '../core/answers/status-template.ts'
import { STATUS_FORMATS, type StatusQuestion } from '../core/answers/statusline.ts'
import type { StatusEvent } from '../core/status-event.ts'
import type { Environment } from '../system/environment.ts'
import { needsAscii } from '../system/locale.ts'
import { InputTooLarge, type StandardInput } from '../system/standard-input.ts'
import { type Invocation, UsageError, choiceOf, valueOf } from './command.ts'

/** An agent's JSON is a few kilobytes; whatever is larger is none. */
const LARGEST_EVENT = 1 << 20

/** A pipe that nobody closes: a bar that is drawn late is better than none. */
const PATIENCE_MS = 300

/** What an agent says about itself on standard input; null where none does. */
export function readStatusInput(invocation: Invocation, standardInput: StandardInput): StatusEvent | null {
  // Tmux hands over a socket on which it never says anything: what is not there at once will not come.
  const patience = valueOf(invocation, 'format') === 'tmux' ? 0 : PATIENCE_MS
  // Whoever was told to call us this way has something to tell.
  const isAll = valueOf(invocation, 'agent') === null ? undefined : isObjectText
  try {
    const text = standardInput.read(LARGEST_EVENT, patience, isAll)
    return text === null ? null : readStatusEvent(text)
  } catch (error) {
    if (error instanceof InputTooLarge) return null
    throw error
  }
}

/** What was asked, by an agent or by nobody. Throws `UsageError`. */
export function statusQuestion(
  invocation: Invocation,
  event: StatusEvent | null,
  { variables }: Pick<Environment, 'variables'>,
): StatusQuestion {
  const format = choiceOf(invocation, 'format', STATUS_FORMATS, 'text')
  const template = valueOf(invocation, 'template')
  if (template !== null && format === 'json') {
    throw new UsageError('--template shapes a line, and --format json is none: leave one of them out')
  }
  return {
    event,
    format,
    template: template === null ? null : piecesOf(template),
    colour: isColoured(event, variables),
    columns: columnsOf(variables['COLUMNS']),
    isAscii: needsAscii(variables),
  }
}

/** A longer line fits nowhere. */
const LONGEST_TEMPLATE = 4096

function piecesOf(text: string): readonly TemplatePiece[] {
  if (text.length > LONGEST_TEMPLATE) {
    throw new UsageError(`--template is longer than ${LONGEST_TEMPLATE} characters: shorten it`)
  }
  const template = parseTemplate(text)
  if (template.kind === 'template') return template.pieces
  const names = STATUS_NAMES.map((name) => `{${name}}`).join(' ')
  const { stray } = template
  throw new UsageError(
    `--template has ${stray.length === 1 ? `a ${stray} by itself` : `${stray}, which is no name`}: use ${names}, and {{ or }} for a brace`,
  )
}

/** An agent paints what its command prints, though that is no terminal; whoever else reads it says so. */
function isColoured(event: StatusEvent | null, variables: Environment['variables']): boolean {
  if ((variables['NO_COLOR'] ?? '') !== '') return false
  const forced = variables['FORCE_COLOR']
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false'
  return event !== null && variables['TERM'] !== 'dumb'
}

/** Null where nobody says how much room there is. */
function columnsOf(columns: string | undefined): number | null {
  return columns !== undefined && /^[1-9]\d{0,3}$/.test(columns) ? Number(columns) : null
}
