import { platform } from 'node:process'
import notifier from 'node-notifier'
import { escapeMarkup } from '../core/escape-markup.ts'
import type { DesktopOutcome, Notice } from '../core/notice.ts'

/** Hands a notice to the desktop, and waits for its notifier, which may never answer. Never throws. */
export function notify({ title, body }: Notice): Promise<DesktopOutcome> {
  // Services of the Linux desktop take the text for a kind of HTML.
  const message = platform === 'linux' ? escapeMarkup(body) : body
  return new Promise((resolve) => {
    try {
      // On macOS a timeout would keep the notifier waiting for a click.
      notifier.notify({ title, message, timeout: false }, (error) => resolve(outcomeOf(error)))
    } catch (error) {
      resolve(outcomeOf(error))
    }
  })
}

/** What the notifier wrote to stderr counts as an error, nothing as none. */
function outcomeOf(error: unknown): DesktopOutcome {
  const told = error instanceof Error ? error.message : String(error ?? '')
  if (told.trim() === '' || told === 'null') return { kind: 'shown' }
  if (/not found: notify-send|must be installed/.test(told)) return { kind: 'missing' }
  // Of what it says after repeating the command, the first line is enough to know it by.
  const reason = told.replace(/^Command failed:.*\n?/, '').trim()
  return { kind: 'failed', reason: reason.split('\n')[0] || 'the notifier refused' }
}
