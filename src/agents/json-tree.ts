/** Where a value stands in a text: the offset of its first character, and that behind its last. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface JsonMember {
  readonly key: string
  /** Where its key begins. */
  readonly start: number
  readonly value: JsonNode
}

export type JsonTable = Span & { readonly kind: 'table'; readonly members: readonly JsonMember[] }
export type JsonList = Span & { readonly kind: 'list'; readonly items: readonly JsonNode[] }
export type JsonScalar = Span & { readonly kind: 'scalar'; readonly value: unknown }

/** A JSON value and where it stands, so that a text can be edited around it. */
export type JsonNode = JsonTable | JsonList | JsonScalar

/** What is wrong with a text, and where. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault'
  readonly offset: number
  readonly fix: string

  constructor(offset: number, message: string, fix: string) {
    super(message)
    this.offset = offset
    this.fix = fix
  }
}

/** Reads JSON as its standard has it: no comments, no trailing commas. Throws `JsonFault`. */
export function readJsonTree(text: string): JsonNode {
  const reader = new JsonReader(text)
  const root = reader.value(0)
  reader.end()
  return root
}

/** The value of a member, null when there is none. Of two with one key JSON takes the last. */
export function memberOf(table: JsonTable, key: string): JsonNode | null {
  return table.members.findLast((member) => member.key === key)?.value ?? null
}

/** The text of a member; null when it is none. */
export function textOf(table: JsonTable, key: string): string | null {
  const node = memberOf(table, key)
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : null
}

const BYTE_ORDER_MARK = '\ufeff'
const MOST_DEPTH = 200

class JsonReader {
  readonly #text: string
  #at: number

  constructor(text: string) {
    this.#text = text
    this.#at = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0
  }

  value(depth: number): JsonNode {
    if (depth > MOST_DEPTH) throw this.#fault('is nested too deeply', 'make it flatter')
    this.#skipBlanks()
    const character = this.#text[this.#at]
    if (character === '{') return this.#table(depth)
    if (character === '[') return this.#list(depth)
    return this.#scalar()
  }

  end(): void {
    this.#skipBlanks()
    if (this.#at < this.#text.length) throw this.#unexpected()
  }

  #table(depth: number): JsonTable {
    const start = this.#at++
    const members: JsonMember[] = []
    this.#skipBlanks()
    while (!this.#takes('}')) {
      if (members.length > 0) this.#expect(',')
      this.#skipBlanks()
      const key = this.#scalar()
      if (typeof key.value !== 'string') throw this.#unexpected(key.start)
      this.#skipBlanks()
      this.#expect(':')
      members.push({ key: key.value, start: key.start, value: this.value(depth + 1) })
      this.#skipBlanks()
    }
    return { kind: 'table', start, end: this.#at, members }
  }

  #list(depth: number): JsonList {
    const start = this.#at++
    const items: JsonNode[] = []
    this.#skipBlanks()
    while (!this.#takes(']')) {
      if (items.length > 0) this.#expect(',')
      items.push(this.value(depth + 1))
      this.#skipBlanks()
    }
    return { kind: 'list', start, end: this.#at, items }
  }

  #scalar(): JsonScalar {
    const start = this.#at
    SCALAR.lastIndex = start
    const [spelling] = SCALAR.exec(this.#text) ?? []
    if (spelling === undefined) throw this.#unexpected()
    this.#at += spelling.length
    try {
      return { kind: 'scalar', start, end: this.#at, value: JSON.parse(spelling) as unknown }
    } catch {
      // A control character or an escape that JSON does not know.
      throw this.#unexpected(start)
    }
  }

  #takes(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #expect(character: string): void {
    if (!this.#takes(character)) throw this.#unexpected()
  }

  #skipBlanks(): void {
    BLANKS.lastIndex = this.#at
    this.#at += BLANKS.exec(this.#text)?.[0].length ?? 0
  }

  #unexpected(at = this.#at): JsonFault {
    this.#at = at
    const rest = this.#text.slice(at, at + 2)
    if (rest === '//' || rest === '/*') {
      return this.#fault('has a comment, which JSON does not know', 'take it out')
    }
    const before = this.#text.slice(0, at).trimEnd()
    if (/^[}\]]/.test(rest) && before.endsWith(',')) {
      return this.#fault('has a comma behind the last one of a list', 'take it out')
    }
    return this.#fault(rest === '' ? 'ends too early' : 'is no JSON from here on', 'mend it')
  }

  #fault(message: string, fix: string): JsonFault {
    return new JsonFault(this.#at, message, fix)
  }
}

const BLANKS = /[ \t\r\n]*/y
const SCALAR = /"(?:[^"\\\n]|\\.)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
