import { safeText } from '../core/safe-text.ts'

/** HTML that may be put into a page as it is. */
export interface Markup {
  readonly html: string
}

/** Fits text into HTML: what is inserted is escaped, unless it is HTML itself. */
export function markup(strings: TemplateStringsArray, ...inserted: readonly Insert[]): Markup {
  const parts = inserted.map((insert, nth) => `${htmlOf(insert)}${strings[nth + 1]!}`)
  return { html: `${strings[0]!}${parts.join('')}` }
}

type Insert = string | number | Markup | readonly Markup[]

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function htmlOf(insert: Insert): string {
  if (typeof insert === 'number') return String(insert)
  if (typeof insert === 'string') return escaped(insert)
  return 'html' in insert ? insert.html : insert.map((one) => one.html).join('')
}

function escaped(text: string): string {
  return safeText(text).replace(/[&<>"']/g, (character) => ESCAPES[character]!)
}
