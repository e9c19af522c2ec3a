import { type MainRates, isCheaper } from './cheaper.ts'
import { modelKey } from './model-id.ts'
import { type Price, isFree } from './price.ts'

/**
 * The next cheaper model of the same maker, sold at the same place: a newer one of the same kind (`sonnet`, `mini`) where
 * `isEnough` allows it, else of all that it allows the one that costs most. Of each kind only the newest counts, and
 * only when it is no generation older: the first number of its name is at least as high. Free models and those of other
 * trades (speech, pictures) are none. Null when there is no such model.
 */
export function nextCheaper(
  from: Price,
  prices: readonly Price[],
  isEnough: (rates: MainRates, than: MainRates) => boolean = isCheaper,
): Price | null {
  const own = lineageOf(from.model)
  const newest = new Map<string, { readonly price: Price; readonly version: readonly number[] }>()
  for (const price of prices) {
    const { maker, kind, version } = lineageOf(price.model)
    if (maker !== own.maker || isFree(price) || OTHER_TRADE.test(price.model)) continue
    const oldest = kind === own.kind ? own.version : own.version.slice(0, 1)
    if (byVersion(version, oldest) < 0) continue
    const known = newest.get(kind)
    if (known === undefined || byVersion(version, known.version) > 0) newest.set(kind, { price, version })
  }
  const successor = newest.get(own.kind)?.price
  if (successor !== undefined && isEnough(successor.rates, from.rates)) return successor
  const enough = [...newest.values()].filter(({ price }) => isEnough(price.rates, from.rates))
  const [dearest] = enough.toSorted((a, b) => byRates(b.price, a.price) || byVersion(b.version, a.version))
  return dearest?.price ?? null
}

/** At most half, of input and output both. */
export function isHalfAsDear(rates: MainRates, than: MainRates): boolean {
  return rates.input * 2n <= than.input && rates.output * 2n <= than.output && isCheaper(rates, than)
}

interface Lineage {
  /** The first word of the name, and where it is sold: `us.anthropic.claude`. */
  readonly maker: string
  /** The other words: `opus`, `codex mini`. */
  readonly kind: string
  readonly version: readonly number[]
}

/** What a name says: `claude-3-5-haiku` is the haiku of claude, of version 3.5. */
function lineageOf(model: string): Lineage {
  const place = /^(?:.*\/|(?:[a-z-]+\.)+(?=[a-z]))?/i.exec(model)?.[0] ?? ''
  const name = modelKey(model.slice(place.length))
  const [first = '', ...others] = name.match(/[a-z]+|\d+/g) ?? []
  return {
    maker: place.toLowerCase() + first,
    kind: others.filter((word) => !isNumber(word) && word !== 'preview').join(' '),
    // A day such as 0709 or 20260420 is no version.
    version: others.filter((word) => isNumber(word) && word.length < 4).map(Number),
  }
}

const OTHER_TRADE =
  /audio|realtime|image|tts|transcri|speech|search|research|embed|moderation|vision|live|guard|robotics|computer-use/i

function isNumber(word: string): boolean {
  return /^\d/.test(word)
}

/** A version that ends earlier is the older one. */
function byVersion(a: readonly number[], b: readonly number[]): number {
  for (const [index, number] of a.entries()) {
    const difference = number - (b[index] ?? -1)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** By output, which most of a session is paid for, then by input. */
function byRates({ rates: a }: Price, { rates: b }: Price): number {
  return compare(a.output, b.output) || compare(a.input, b.input)
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
