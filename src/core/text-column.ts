import { numberColumn, withRoom } from './columns.ts'

const FIRST_BYTES = 4096

/** What a `TextColumn` holds, as data that another thread can be handed. */
export interface TextParts {
  readonly bytes: Uint8Array
  readonly ends: Float64Array
}

/** A column of texts as UTF-8 bytes in one array: a string object would take more than twice the room. */
export class TextColumn {
  #bytes = new Uint8Array(FIRST_BYTES)
  /** By row: where its text ends, and the next begins. */
  #ends = numberColumn()
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Adds a row. A half of a surrogate pair, which UTF-8 cannot spell, becomes U+FFFD. */
  push(text: string): void {
    const start = this.#start(this.#length)
    this.#makeRoom(start + 3 * text.length)
    this.#ends = withRoom(this.#ends, this.#length)
    this.#ends[this.#length++] = this.#write(text, start)
  }

  /** Makes room for so many rows, and so many bytes in all. */
  expect(rows: number, bytes: number): void {
    this.#ends = withRoom(this.#ends, rows - 1)
    this.#makeRoom(bytes)
  }

  /** Bytes of all texts. */
  get size(): number {
    return this.#start(this.#length)
  }

  /** Adds rows of another column, from `first` up to `end`. */
  pushFrom({ bytes, ends }: TextParts, first: number, end: number): void {
    const from = first === 0 ? 0 : ends[first - 1]!
    const to = ends[end - 1]!
    const start = this.#start(this.#length)
    this.expect(this.#length + end - first, start + to - from)
    this.#bytes.set(bytes.subarray(from, to), start)
    for (let row = first; row < end; row++) this.#ends[this.#length++] = start + ends[row]! - from
  }

  at(row: number): string {
    return decoder.decode(this.#bytes.subarray(this.#start(row), this.#ends[row]!))
  }

  /** Whether a row holds this text, as far as UTF-8 can spell it. */
  is(row: number, text: string): boolean {
    const start = this.#start(row)
    const { length } = text
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i)
      if (code > ASCII) return this.at(row) === decoder.decode(utf8.encode(text))
      if (this.#bytes[start + i] !== code) return false
    }
    return this.#ends[row] === start + length
  }

  /** Whether a row holds the same bytes as a row of another column. */
  isSame(row: number, { bytes, ends }: TextParts, other: number): boolean {
    const start = this.#start(row)
    const from = other === 0 ? 0 : ends[other - 1]!
    const length = ends[other]! - from
    if (this.#ends[row]! - start !== length) return false
    for (let i = 0; i < length; i++) if (this.#bytes[start + i] !== bytes[from + i]) return false
    return true
  }

  /** What it holds; whoever changes that afterwards changes the column. */
  parts(): TextParts {
    return { bytes: this.#bytes, ends: this.#ends }
  }

  /** Returns where the text ends. ASCII is most of what there is, and quicker by hand. */
  #write(text: string, start: number): number {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code > ASCII) return start + utf8.encodeInto(text, this.#bytes.subarray(start)).written
      this.#bytes[start + i] = code
    }
    return start + text.length
  }

  #start(row: number): number {
    return row === 0 ? 0 : this.#ends[row - 1]!
  }

  #makeRoom(bytes: number): void {
    if (bytes <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(bytes, 2 * this.#bytes.length))
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}

const ASCII = 0x7f
const utf8 = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
