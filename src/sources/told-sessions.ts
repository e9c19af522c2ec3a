import { type UsageRecord, UNKNOWN } from '../core/record.ts'
import { SOURCES } from './index.ts'
import type { Seen } from './seen.ts'

/** The sources that print what the transcripts of another one hold, by that other one. */
const COPIES: ReadonlyMap<string, readonly string[]> = new Map(
  SOURCES.flatMap(({ copyOf }) => copyOf ?? []).map((name) => [
    name,
    SOURCES.filter(({ copyOf }) => copyOf === name).map((copy) => copy.name),
  ]),
)
/** Only of these does it matter. */
const TELLERS: ReadonlySet<string> = new Set([...COPIES.keys(), ...[...COPIES.values()].flat()])

/** What a source printed of a session. */
export interface CopiedSession {
  readonly source: string
  readonly sessionId: string
}

/**
 * Which sources told the ledger of which sessions, as marks among the ids that it holds: what a tool prints at the end of
 * a run stands in its transcripts, too.
 */
export class ToldSessions {
  readonly #seen: Seen
  /** What was noted last: neighbouring records mostly share it. */
  #source = ''
  #sessionId = ''

  constructor(seen: Seen) {
    this.#seen = seen
  }

  /** Notes who told of a record that the ledger holds; the first part of an id names the source. */
  noteSaved({ id, sessionId, adjustment }: UsageRecord): void {
    if (!adjustment) this.note(id.slice(0, id.indexOf(':')), sessionId)
  }

  /** Notes that a source tells of a session; false when it was noted just now. */
  note(source: string, sessionId: string): boolean {
    if (sessionId === this.#sessionId && source === this.#source) return false
    this.#source = source
    this.#sessionId = sessionId
    if (!TELLERS.has(source) || sessionId === UNKNOWN) return false
    this.#seen.note(markOf(source, sessionId), 0, 0)
    return true
  }

  has(source: string, sessionId: string): boolean {
    return sessionId !== UNKNOWN && this.#seen.has(markOf(source, sessionId))
  }

  /** What was printed of a session of which the transcripts of a source tell, as far as it still counts. */
  copiesOf(source: string, sessionId: string): readonly CopiedSession[] {
    const copies = (COPIES.get(source) ?? []).map((copy) => ({ source: copy, sessionId }))
    return copies.filter(
      (copy) => this.has(copy.source, sessionId) && !this.#seen.has(withdrawnMark(copy.source, sessionId)),
    )
  }

  /** Notes that what a source printed of a session counts no more. */
  noteWithdrawn({ source, sessionId }: CopiedSession): void {
    this.#seen.note(withdrawnMark(source, sessionId), 0, 0)
  }
}

/** No id has such a character. */
function markOf(source: string, sessionId: string): string {
  return `\0${source} ${sessionId}`
}

function withdrawnMark(source: string, sessionId: string): string {
  return `${markOf(source, sessionId)}\0`
}
