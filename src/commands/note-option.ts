import { looksSecret } from '../core/secrets.ts'
import { type Invocation, UsageError, valueOf } from './command.ts'

const LONGEST_NOTE = 512

/** A few words that go on record, or null when none were given. Throws `UsageError`, also for what looks secret. */
export function noteOf(invocation: Invocation, option: string): string | null {
  const text = valueOf(invocation, option)
  if (text === null) return null
  if (text.trim() === '') throw new UsageError(`--${option} is empty: write a few words, or leave it out`)
  if (text.length > LONGEST_NOTE) {
    throw new UsageError(`--${option} is longer than ${LONGEST_NOTE} characters: shorten it`)
  }
  if (looksSecret(text)) throw new UsageError(`--${option} looks like a secret key: leave it out`)
  return text
}
