/** The members of a line of one of our own files. */
export type LineFields = Readonly<Record<string, unknown>>

/** Null for a line that is damaged, or no object. */
export function fieldsOf(line: string): LineFields | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    return null
  }
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** A number as text, from which exact decimals are parsed; `''`, which is none, for anything else. */
export function numberText(value: unknown): string {
  return typeof value === 'number' ? String(value) : ''
}
