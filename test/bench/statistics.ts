/** A quantile of some measurements and the range in which the true one lies. */
export interface Estimate {
  readonly middle: number
  readonly low: number
  readonly high: number
}

/** Half of what may be wrong lies on either side of the range. */
const TAIL = 0.025

/**
 * A quantile (the median unless told otherwise) with its 95 % range by order statistics, which assumes nothing about how
 * the values are distributed. Fewer than six values have no such range for their median: then it is all of them.
 *
 * @param values at least one, in any order
 * @param share which quantile, in (0, 1)
 */
export function estimate(values: readonly number[], share = 0.5): Estimate {
  if (values.length === 0) throw new Error('an estimate needs at least one value')
  const sorted = values.toSorted((a, b) => a - b)
  const { low, high } = rangeRanks(sorted.length, share)
  return { middle: quantile(sorted, share), low: sorted[low - 1]!, high: sorted[high - 1]! }
}

/** A single value, measured once or counted. */
export function exactly(value: number): Estimate {
  return { middle: value, low: value, high: value }
}

/**
 * The ranks (from 1) of the sorted values between which the quantile lies with at least 95 %: how many of `count` values
 * fall below it is binomial.
 */
export function rangeRanks(count: number, share: number): { readonly low: number; readonly high: number } {
  let low = 0
  let high = count + 1
  let below = 0
  for (let rank = 0; rank <= count; rank++) {
    below += binomial(count, rank, share)
    if (below <= TAIL) low = rank + 1
    if (below >= 1 - TAIL) {
      high = rank + 1
      break
    }
  }
  return { low: Math.max(1, low), high: Math.min(count, high) }
}

/** The exponent b of the curve y = a·x^b that fits the points best: least squares on the logarithms. */
export function exponentOf(points: readonly (readonly [x: number, y: number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const)
  const meanX = mean(logs.map(([x]) => x))
  const meanY = mean(logs.map(([, y]) => y))
  const along = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  return along / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
}

/** Interpolated between the two nearest values, so that the median of two is their mean. */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share
  const before = Math.floor(at)
  const value = sorted[before]!
  return value + ((sorted[before + 1] ?? value) - value) * (at - before)
}

/** By logarithms, because the powers of a thousand values underflow. */
function binomial(count: number, hits: number, share: number): number {
  let log = hits * Math.log(share) + (count - hits) * Math.log(1 - share)
  for (let i = 1; i <= hits; i++) log += Math.log((count - hits + i) / i)
  return Math.exp(log)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
