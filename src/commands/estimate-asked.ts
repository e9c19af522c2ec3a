import { resolve } from 'node:path'
import { type CallTokens, estimatedTokens } from '../core/call-cost.ts'
import { InputTooLarge } from '../system/standard-input.ts'
import type { System } from '../system/system.ts'
import { type Invocation, type OptionSpec, UsageError, valueOf } from './command.ts'

/** Options that say what is to be estimated. */
export const CALL_OPTIONS = {
  in: countOption('TOKENS', 'input tokens of a call that no cache has; with files, besides them'),
  out: countOption('TOKENS', 'output tokens of a call'),
  'cache-read': countOption('TOKENS', 'tokens that a call reads from the cache'),
  'cache-write': countOption('TOKENS', 'tokens that a call writes to the cache'),
  calls: countOption('N', 'how many such calls; default: 1'),
  'per-day': countOption('N', 'so many calls a day: tells what a day and a month of 30 days cost'),
  shared: countOption(
    'TOKENS',
    'of the input, what is the same in every call: tells what batching and caching save',
  ),
  'prune-to': countOption('TOKENS', 'tells what pruning the input to so many tokens saves'),
} as const satisfies Record<string, OptionSpec>

/** What was asked about: one kind of call, and how often. */
export interface AskedCalls {
  readonly tokens: CallTokens
  readonly calls: number
  readonly callsADay: number | null
  readonly shared: number | null
  readonly prunedTo: number | null
}

/** More text than any model reads at once. */
const MOST_BYTES = 64 << 20

/** What a call asks to estimate; null when it names neither tokens nor files. Throws `UsageError` and `Unreadable`. */
export function askedCalls(
  invocation: Invocation,
  system: Pick<System, 'environment' | 'files' | 'standardInput'>,
): AskedCalls | null {
  const named = Object.keys(CALL_OPTIONS).filter((option) => valueOf(invocation, option) !== null)
  if (named.length === 0 && invocation.arguments.length === 0) return null
  const ofFiles = invocation.arguments.map((path) => estimatedTokens(textOf(path, system)))
  const input = ofFiles.reduce((sum, tokens) => sum + tokens, numberOf(invocation, 'in') ?? 0)
  const tokens: CallTokens = {
    input,
    output: numberOf(invocation, 'out') ?? 0,
    cacheRead: numberOf(invocation, 'cache-read') ?? 0,
    cacheWrite: numberOf(invocation, 'cache-write') ?? 0,
  }
  if (Object.values(tokens).every((one) => one === 0)) {
    throw new UsageError('there are no tokens to estimate: name --in and --out, or a file')
  }
  return {
    tokens,
    calls: atLeastOne(invocation, 'calls') ?? 1,
    callsADay: atLeastOne(invocation, 'per-day'),
    shared: partOf(input, invocation, 'shared'),
    prunedTo: partOf(input, invocation, 'prune-to'),
  }
}

/** The text is counted, and never kept or shown. */
function textOf(
  path: string,
  { environment, files, standardInput }: Pick<System, 'environment' | 'files' | 'standardInput'>,
): string {
  if (path === '-') {
    const text = readInput(standardInput)
    if (text === null) throw new UsageError('there is nothing on standard input: pipe a text into ai-costs')
    return text
  }
  const text = files.readText(resolve(environment.workingDirectory, path), MOST_BYTES, 'follow')
  if (text === undefined)
    throw new UsageError(`there is no file ${path}: name one that exists, or - for standard input`)
  return text
}

function readInput(standardInput: System['standardInput']): string | null {
  try {
    return standardInput.read(MOST_BYTES)
  } catch (error) {
    if (error instanceof InputTooLarge)
      throw new UsageError(`${error.message}: ${MOST_BYTES >> 20} MiB is the most`)
    throw error
  }
}

function partOf(input: number, invocation: Invocation, option: string): number | null {
  const part = numberOf(invocation, option)
  if (part !== null && part > input) {
    throw new UsageError(`--${option} ${part} is more than the ${input} input tokens: it is a part of them`)
  }
  return part
}

function atLeastOne(invocation: Invocation, option: string): number | null {
  const number = numberOf(invocation, option)
  if (number === 0) throw new UsageError(`--${option} must be 1 or more`)
  return number
}

/** Throws `UsageError` for anything but digits. */
function numberOf(invocation: Invocation, option: string): number | null {
  const text = valueOf(invocation, option)
  if (text === null) return null
  if (!/^\d{1,9}$/.test(text)) {
    throw new UsageError(`--${option} must be a whole number below 1,000,000,000, such as 2000`)
  }
  return Number(text)
}

function countOption(placeholder: string, summary: string): OptionSpec {
  return { kind: 'value', placeholder, summary }
}
