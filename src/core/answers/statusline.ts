import type { Judgement, Trouble } from '../judgement.ts'
import { type Result, success } from '../result.ts'
import { safeText } from '../safe-text.ts'
import type { StatusEvent } from '../status-event.ts'
import { type StatusFacts, statusFacts } from './status-facts.ts'
import { statusJson, statusTroubleJson } from './status-json.ts'
import { type LinePiece, type StatusPaper, joinedLine, writtenLine } from './status-line.ts'
import { statusParts } from './status-parts.ts'
import { type TemplatePiece, statusValue } from './status-template.ts'
import { type Signs, signsFor } from './status-words.ts'

export const STATUS_FORMATS = ['text', 'tmux', 'plain', 'json'] as const
export type StatusFormat = (typeof STATUS_FORMATS)[number]

/** What was asked, and by whom. */
export interface StatusQuestion {
  /** What the agent says; null without one. */
  readonly event: StatusEvent | null
  readonly format: StatusFormat
  /** Null for the line as we would have it. */
  readonly template: readonly TemplatePiece[] | null
  /** Of `text` only. */
  readonly colour: boolean
  /** How much room there is; null for as much as it takes. */
  readonly columns: number | null
  readonly isAscii: boolean
}

/** What an answer stands on besides the judgement. */
export interface StatusGround {
  /** How many turns a provider has stopped today; null when nobody knows. */
  readonly stops: number | null
}

/** One line for a status bar; always a success, because a bar leaves out what fails. */
export function answerStatusline(
  question: StatusQuestion,
  judgement: Judgement,
  { stops }: StatusGround,
): Result {
  const facts = statusFacts(judgement, question.event, stops)
  if (question.format === 'json') return success(statusJson(facts))
  const signs = signsFor(question.isAscii)
  const paper = paperOf(question)
  const { template } = question
  const line =
    template === null
      ? joinedLine(statusParts(facts, signs), signs, paper)
      : writtenLine(filled(template, facts, signs), signs, paper)
  return success(`${line}\n`)
}

/** The answer when something keeps us from telling: the bar says where to look. */
export function answerStatusTrouble(question: StatusQuestion, troubles: readonly Trouble[]): Result {
  if (question.format === 'json') return success(statusTroubleJson(troubles))
  const isSettings = troubles.some(({ file }) => file?.endsWith('.yaml') === true)
  const text = isSettings
    ? 'ai-costs: settings broken (ai-costs check says where)'
    : 'ai-costs: cannot tell (ai-costs check says why)'
  const signs = signsFor(question.isAscii)
  return success(`${writtenLine([{ text, tone: 'unknown' }], signs, paperOf(question))}\n`)
}

function paperOf({ format, colour, columns }: StatusQuestion): StatusPaper {
  return { format: format === 'json' ? 'plain' : format, colour, columns }
}

function filled(template: readonly TemplatePiece[], facts: StatusFacts, signs: Signs): readonly LinePiece[] {
  return template.map((piece) =>
    piece.kind === 'value'
      ? statusValue(piece.name, facts, signs)
      : { text: safeText(piece.text), tone: 'plain', isOwn: true },
  )
}
