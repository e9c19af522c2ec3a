const wholes = new BigInt64Array(1)
const halves = new Int32Array(wholes.buffer)

/** Which of the halves is the low one depends on the machine's byte order. */
wholes[0] = 1n
const LOW = halves[0] === 1 ? 0 : 1

/** A whole number from 0 to 2^53 as a bigint, in half the time of `BigInt(whole)`. */
export function bigintOf(whole: number): bigint {
  // A stored number keeps its lowest 32 bits, whatever its size.
  halves[LOW] = whole
  halves[1 - LOW] = whole / 4294967296
  return wholes[0]!
}
