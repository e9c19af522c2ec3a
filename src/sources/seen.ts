import { numberColumn, smallColumn, withRoom } from '../core/columns.ts'
import { HashIndex, hashText, otherHash } from '../core/hash-index.ts'

/**
 * The ids that a ledger holds already, with the largest amounts it has of each. A million of them take 40 MB as columns;
 * as a Map of strings they would take 150. Ids are told apart by two hashes, 64 bits together.
 */
export class Seen {
  readonly #index = new HashIndex()
  #others = smallColumn()
  #tokens = numberColumn()
  #cost = numberColumn()
  /** The text that was asked about last, and its hashes: mostly the next question is about it too. */
  #text = ''
  #hash = hashText('')
  #other = otherHash('')
  #wanted = 0
  readonly #isIt = (row: number): boolean => this.#others[row] === this.#wanted

  get size(): number {
    return this.#index.size
  }

  has(id: string): boolean {
    this.#ask(id)
    return this.#find(this.#hash, this.#other) >= 0
  }

  /** Notes an id with its amounts, and says whether that is news. */
  note(id: string, tokens: number, cost: number): 'new' | 'grown' | 'known' {
    this.#ask(id)
    return this.#note(this.#hash, this.#other, tokens, cost)
  }

  /** Whether some record told of this response itself, under an id of its own. */
  hasOriginal(response: string): boolean {
    this.#ask(response)
    return this.#find(this.#hash ^ ORIGINAL, this.#other ^ ORIGINAL) >= 0
  }

  /** Notes that one did; true when it is the first. */
  noteOriginal(response: string): boolean {
    this.#ask(response)
    return this.#note(this.#hash ^ ORIGINAL, this.#other ^ ORIGINAL, 0, 0) === 'new'
  }

  /** Four numbers for each id: its two hashes, tokens and cost. */
  rows(): Float64Array {
    const rows = new Float64Array(ROW * this.size)
    for (let row = 0; row < this.size; row++) {
      rows[ROW * row] = this.#index.hashOf(row)
      rows[ROW * row + 1] = this.#others[row]!
      rows[ROW * row + 2] = this.#tokens[row]!
      rows[ROW * row + 3] = this.#cost[row]!
    }
    return rows
  }

  /** Notes what `rows` said. */
  restore(rows: Float64Array): void {
    this.#index.expect(this.size + rows.length / ROW)
    for (let at = 0; at + ROW <= rows.length; at += ROW) {
      this.#note(rows[at]!, rows[at + 1]!, rows[at + 2]!, rows[at + 3]!)
    }
  }

  #ask(text: string): void {
    if (text === this.#text) return
    this.#text = text
    this.#hash = hashText(text)
    this.#other = otherHash(text)
  }

  #find(hash: number, other: number): number {
    this.#wanted = other
    return this.#index.find(hash, this.#isIt)
  }

  #note(hash: number, other: number, tokens: number, cost: number): 'new' | 'grown' | 'known' {
    const known = this.#find(hash, other)
    if (known < 0) {
      this.#add(hash, other, tokens, cost)
      return 'new'
    }
    const hasGrown = tokens > this.#tokens[known]! || cost > this.#cost[known]!
    if (tokens > this.#tokens[known]!) this.#tokens[known] = tokens
    if (cost > this.#cost[known]!) this.#cost[known] = cost
    return hasGrown ? 'grown' : 'known'
  }

  #add(hash: number, other: number, tokens: number, cost: number): void {
    const row = this.#index.add(hash)
    this.#others = withRoom(this.#others, row)
    this.#tokens = withRoom(this.#tokens, row)
    this.#cost = withRoom(this.#cost, row)
    this.#others[row] = other
    this.#tokens[row] = tokens
    this.#cost[row] = cost
  }
}

/** Turns the hashes of a response into those of the mark that it was told of itself. */
const ORIGINAL = 0x5bd1e995

const ROW = 4
