import { type Fields, countOf, fieldsOf } from './fields.ts'

/**
 * Tokens as Codex counts them: cached and written input are part of the input, reasoning is part of the output. A type
 * and no interface, so that it is plain JSON.
 */
export type CodexUsage = {
  readonly input: number
  readonly cached: number
  readonly written: number
  readonly output: number
}

export const NO_USAGE: CodexUsage = { input: 0, cached: 0, written: 0, output: 0 }

const NAMES = [
  'input_tokens',
  'cached_input_tokens',
  'cache_read_input_tokens',
  'cache_write_input_tokens',
  'output_tokens',
]

/** The counts of a usage object; null when it has none. What can be no count is NaN. */
export function codexUsageOf(value: unknown): CodexUsage | null {
  const fields = fieldsOf(value)
  if (fields === null || !NAMES.some((name) => fields[name] !== undefined)) return null
  const usage = {
    input: countOf(fields['input_tokens']),
    cached: cachedOf(fields),
    written: countOf(fields['cache_write_input_tokens']),
    output: countOf(fields['output_tokens']),
  }
  // A full or compacted context is stated as a sum without parts: nobody used it.
  return isSameUsage(usage, NO_USAGE) && countOf(fields['total_tokens']) > 0 ? null : usage
}

/** The cached input has two names; a usage with both says the same twice. */
function cachedOf(fields: Fields): number {
  return Math.max(countOf(fields['cached_input_tokens']), countOf(fields['cache_read_input_tokens']))
}

export function sumOf(a: CodexUsage, b: CodexUsage): CodexUsage {
  return {
    input: a.input + b.input,
    cached: a.cached + b.cached,
    written: a.written + b.written,
    output: a.output + b.output,
  }
}

/** What `a` has more than `b`; its counts may be negative. */
export function differenceOf(a: CodexUsage, b: CodexUsage): CodexUsage {
  return {
    input: a.input - b.input,
    cached: a.cached - b.cached,
    written: a.written - b.written,
    output: a.output - b.output,
  }
}

export function isSameUsage(a: CodexUsage, b: CodexUsage): boolean {
  return a.input === b.input && a.cached === b.cached && a.written === b.written && a.output === b.output
}

/** Whether every count is a count: neither negative nor NaN. */
export function isUsage({ input, cached, written, output }: CodexUsage): boolean {
  return input >= 0 && cached >= 0 && written >= 0 && output >= 0
}

export function tokensOf({ input, output }: CodexUsage): number {
  return input + output
}

/** The counts that go into a record: no token in two of them. */
export interface BilledTokens {
  readonly inputTokens: number
  readonly cacheReadTokens: number
  readonly cacheWriteTokens: number
  readonly outputTokens: number
}

/** Takes the cached and the written part out of the input; no part can be larger than what it is a part of. */
export function billedTokens({ input, cached, written, output }: CodexUsage): BilledTokens {
  const read = Math.min(cached, input)
  const rest = input - read
  // Written input that does not fit was not counted as input.
  const isPart = written <= rest
  return {
    inputTokens: isPart ? rest - written : rest,
    cacheReadTokens: read,
    cacheWriteTokens: written,
    outputTokens: output,
  }
}

/** Reads back what JSON kept; null when it is no usage. */
export function restoreUsage(value: unknown): CodexUsage | null {
  const fields = fieldsOf(value)
  if (fields === null) return null
  const usage = {
    input: Number(fields['input']),
    cached: Number(fields['cached']),
    written: Number(fields['written']),
    output: Number(fields['output']),
  }
  return isUsage(usage) ? usage : null
}
