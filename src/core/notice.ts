/** What a person is told in passing. */
export interface Notice {
  readonly title: string
  /** One line. */
  readonly body: string
}

/** What came of a notification: shown, or why not, as a part of a sentence. */
export type DesktopOutcome =
  | { readonly kind: 'shown' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly reason: string }

/** Notification services cut what is longer, or refuse it. */
const LONGEST_BODY = 256
const MOST_MESSAGES = 3

/** One notice for several messages that came at once: the first few in full, then how many more. */
export function noticeOf(messages: readonly string[]): Notice {
  const shown = messages.slice(0, MOST_MESSAGES)
  const rest = messages.length - shown.length
  const more = rest === 0 ? '' : `; and ${rest} more: ai-costs alerts list`
  return {
    title: messages.length === 1 ? 'ai-costs: budget alert' : `ai-costs: ${messages.length} budget alerts`,
    body: cut(shown.join('; '), LONGEST_BODY - more.length) + more,
  }
}

/** Never between the halves of a character. */
function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
