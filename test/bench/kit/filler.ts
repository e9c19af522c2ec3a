import type { Random } from './random.ts'

const LINES = 4000
const WORDS = (
  'const let return await async function import export default class extends interface type number string ' +
  'Promise map filter reduce Buffer readline usage tokens budget session render state props error null undefined ' +
  'cache read write config parse schema test expect describe'
).split(' ')
const JOINTS = [' ', ' ', '.', ', ', ' = ', '(', ': ']
/** Somebody's own reader of transcripts would take it for usage. */
const TRAP = '{"type":"assistant","usage":{"input_tokens":999999,"output_tokens":999999}}'

/** Text of any length that looks like what agents read and write: code, some of it about transcripts, in any script. */
export class Filler {
  readonly #chance: Random
  readonly #lines: readonly string[]

  constructor(chance: Random) {
    this.#chance = chance
    this.#lines = Array.from({ length: LINES }, () => lineOfCode(chance))
  }

  /** Text of at least so many characters, and of a line more at most. */
  text(length: number): string {
    let text = ''
    for (let at = this.#chance.integer(0, LINES - 1); text.length < length; at = (at + 1) % LINES) {
      text += this.#lines[at]!
    }
    return text
  }

  /** Text of `low` to `high` characters, short ones more often. */
  between(low: number, high: number): string {
    return this.text(low * (high / low) ** this.#chance.next())
  }

  word(): string {
    return this.#chance.pick(WORDS)
  }
}

function lineOfCode({ integer, pick, next }: Random): string {
  const words = Array.from({ length: integer(2, 12) }, () => pick(WORDS))
  const quoted = next() < 0.25 ? ` "${pick(WORDS)}-${integer(1, 9999)}"` : ''
  const foreign = next() < 0.03 ? ' // größe → naïve café 数据' : ''
  const trap = next() < 0.01 ? TRAP : ''
  return `${'  '.repeat(integer(0, 4))}${words.join(pick(JOINTS))}${quoted}${foreign}${trap}\n`
}
