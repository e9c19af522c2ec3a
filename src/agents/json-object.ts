/** A JSON object of which nothing is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>

/** The object that a text spells; null when it is no JSON, or something else. */
export function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a text is all of an object: some agents keep the connection when they have told everything. */
export function isObjectText(text: string): boolean {
  return /\}\s*$/.test(text.slice(-8)) && parseObject(text) !== null
}
