import type { LoggedEntry } from '../core/alert-log.ts'
import { safeText } from '../core/safe-text.ts'
import { formatInstant } from '../core/timestamp.ts'

/** An entry of the alert log as one line, its line feed included. */
export function loggedText({ timestamp, kind, message, fields }: LoggedEntry): string {
  const { silence } = fields
  const aside =
    kind === 'undelivered' ? 'not delivered: ' : typeof silence === 'string' ? `(${safeText(silence)}) ` : ''
  return `${formatInstant(timestamp)}  ${aside}${message}\n`
}
