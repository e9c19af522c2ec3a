import type { CodexLine } from './codex-line.ts'
import { type CodexUsage, differenceOf, isUsage, restoreUsage, tokensOf } from './codex-usage.ts'
import { type Fields, countOf, fieldsOf, instantOf, nameOf } from './fields.ts'

/** What is known of a session that was forked from another one. Plain JSON. */
export type Fork = {
  /** The sessions it may repeat. */
  readonly parents: readonly string[]
  readonly startedAt: number | null
  /** Everything before this place in the session is the parent's; null when the session does not say. */
  readonly firstOrdinal: number | null
}

/** An event that counts tokens, taken apart. Plain JSON. */
export type TokenCount = {
  readonly timestamp: number | null
  readonly total: CodexUsage | null
  readonly last: CodexUsage | null
  /** How many tokens a single response can have. */
  readonly largest: number
}

/** While a fork may still repeat its parent. Plain JSON. */
export type Opening = {
  /** When it last did; null when it has not. */
  readonly repeatedAt: number | null
  /** The first event, until the next line shows whether it was the begin of a burst. */
  readonly held: TokenCount | null
}

/** Repeated lines are written in one go; no response comes within a second of the one before. */
export const BURST_MS = 1000

/** Reads whether a session is a fork from its first line; null when it begins on its own. */
export function forkOf({ payload, timestamp }: CodexLine): Fork | null {
  const source = fieldsOf(payload['source'])
  const spawn = fieldsOf(fieldsOf(source?.['subagent'])?.['thread_spawn'])
  const parents = [payload['forked_from_id'], payload['parent_thread_id'], spawn?.['parent_thread_id']]
    .map(nameOf)
    .filter((name) => name !== '')
  const firstOrdinal =
    ordinalOf(payload['subagent_history_start_ordinal']) ??
    ordinalOf(fieldsOf(payload['history_base'])?.['end_ordinal_exclusive'])
  if (parents.length === 0 && firstOrdinal === null) return null
  return { parents, startedAt: timestamp ?? instantOf(payload['timestamp']), firstOrdinal }
}

/** Some versions write the ordinal as text. */
function ordinalOf(value: unknown): number | null {
  const ordinal = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  return typeof ordinal === 'number' && Number.isSafeInteger(ordinal) && ordinal >= 0 ? ordinal : null
}

/** Whether a line is the parent's for sure, the child's for sure, or cannot tell by itself. */
export function ownerOf(fork: Fork, opening: Opening, line: CodexLine): 'parent' | 'child' | 'unclear' {
  if (fork.firstOrdinal !== null && line.ordinal !== null) {
    return line.ordinal < fork.firstOrdinal ? 'parent' : 'child'
  }
  if (fork.parents.includes(nameOf(line.payload['thread_id']))) return 'parent'
  if (line.timestamp === null) return 'unclear'
  const repeatedUntil = Math.max(opening.repeatedAt ?? -Infinity, fork.startedAt ?? -Infinity)
  if (line.timestamp < repeatedUntil + BURST_MS) return 'parent'
  return opening.repeatedAt === null ? 'unclear' : 'child'
}

/**
 * What a fork that repeats nothing had from its parent when it began: all that its first total is more than its last
 * response, or a total that no single response can have; null when it counts from zero.
 */
export function inheritedTotal({ total, last, largest }: TokenCount): CodexUsage | null {
  if (total === null) return null
  if (last === null) return tokensOf(total) > largest ? total : null
  const inherited = differenceOf(total, last)
  return isUsage(inherited) && tokensOf(inherited) > 0 ? inherited : null
}

/** Reads back what JSON kept. */
export function restoreFork(value: unknown): Fork | null {
  const fields = fieldsOf(value)
  if (fields === null) return null
  const parents: unknown = fields['parents']
  return {
    parents: Array.isArray(parents) ? parents.map(nameOf) : [],
    startedAt: numberOf(fields['startedAt']),
    firstOrdinal: numberOf(fields['firstOrdinal']),
  }
}

/** Reads back what JSON kept. */
export function restoreOpening(value: unknown): Opening | null {
  const fields = fieldsOf(value)
  if (fields === null) return null
  return { repeatedAt: numberOf(fields['repeatedAt']), held: restoreHeld(fieldsOf(fields['held'])) }
}

function restoreHeld(fields: Fields | null): TokenCount | null {
  if (fields === null) return null
  return {
    timestamp: numberOf(fields['timestamp']),
    total: restoreUsage(fields['total']),
    last: restoreUsage(fields['last']),
    largest: countOf(fields['largest']) || 0,
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
