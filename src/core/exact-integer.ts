const words = new DataView(new ArrayBuffer(8))

/** A whole number from 0 to 2^53 as a bigint: `BigInt(number)` is a call into the engine and takes ten times as long. */
export function bigintOf(whole: number): bigint {
  // Storing keeps a number's lowest 32 bits, whatever its size.
  words.setUint32(0, whole, true)
  words.setUint32(4, whole / 4294967296, true)
  return words.getBigInt64(0, true)
}
