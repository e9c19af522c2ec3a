import { DAY_MS, parseTimestamp } from '../core/timestamp.ts'
import { type Invocation, UsageError, valueOf } from './command.ts'

/** The civil day that an option names, by its number; null when it was not given. Throws `UsageError`. */
export function dayOption(invocation: Invocation, name: string, today: number): number | null {
  const text = valueOf(invocation, name)
  return text === null ? null : dayNamed(text, today, `--${name}`)
}

/** The civil day of `2025-12-15`, `today` or `yesterday`. Throws `UsageError`, which names where it was said. */
export function dayNamed(text: string, today: number, where: string): number {
  if (text === 'today') return today
  if (text === 'yesterday') return today - 1
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseTimestamp(text) : null
  if (midnight === null) {
    throw new UsageError(`${where} is no day: write it like 2025-12-15, or today, or yesterday`)
  }
  return midnight / DAY_MS
}

/** The first day of the month that an option names as `2025-12`; null when it was not given. Throws `UsageError`. */
export function monthOption(invocation: Invocation, name: string): number | null {
  const text = valueOf(invocation, name)
  if (text === null) return null
  const first = /^\d{4}-\d{2}$/.test(text) ? parseTimestamp(`${text}-01`) : null
  if (first === null) throw new UsageError(`--${name} is no month: write it like 2025-12`)
  return first / DAY_MS
}
