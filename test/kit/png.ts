import { inflateSync } from 'node:zlib'

/** A picture as browsers write it: eight bits for red, green and blue, and maybe how opaque it is. */
export interface Pixels {
  /** The colour of a place: `#16181c`. */
  readonly at: (x: number, y: number) => string
  /** How many pixels have a colour. */
  readonly count: (colour: string) => number
}

const SIGNATURE_BYTES = 8
const COLOUR_WITH_ALPHA = 6

export function pixelsOf(png: Buffer): Pixels {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const channels = png[25] === COLOUR_WITH_ALPHA ? 4 : 3
  const bytes = unfiltered(inflateSync(imageData(png)), width * channels, height, channels)
  const hexAt = (pixel: number): string => `#${bytes.toString('hex', pixel * channels, pixel * channels + 3)}`
  return {
    at: (x, y) => hexAt(y * width + x),
    count: (colour) =>
      Array.from({ length: width * height }, (_, pixel) => pixel).filter((pixel) => hexAt(pixel) === colour)
        .length,
  }
}

/** What stands in the IDAT chunks. */
function imageData(png: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = SIGNATURE_BYTES; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const data = at + 8
    if (png.toString('latin1', at + 4, data) === 'IDAT')
      parts.push(png.subarray(data, data + png.readUInt32BE(at)))
  }
  return Buffer.concat(parts)
}

/** Each row begins with the number of the filter by which it differs from its neighbours. */
function unfiltered(data: Buffer, rowBytes: number, height: number, channels: number): Buffer {
  const bytes = Buffer.alloc(rowBytes * height)
  for (let y = 0; y < height; y++) {
    const filter = data[y * (rowBytes + 1)]!
    for (let x = 0; x < rowBytes; x++) {
      const left = x < channels ? 0 : bytes[y * rowBytes + x - channels]!
      const above = y === 0 ? 0 : bytes[(y - 1) * rowBytes + x]!
      const corner = x < channels || y === 0 ? 0 : bytes[(y - 1) * rowBytes + x - channels]!
      const guess = [0, left, above, (left + above) >> 1, nearest(left, above, corner)][filter]!
      bytes[y * rowBytes + x] = data[y * (rowBytes + 1) + 1 + x]! + guess
    }
  }
  return bytes
}

/** Paeth's: whichever of the three neighbours is nearest to what they foretell. */
function nearest(left: number, above: number, corner: number): number {
  const foretold = left + above - corner
  const [first, second, third] = [left, above, corner].map((one) => Math.abs(foretold - one)) as [
    number,
    number,
    number,
  ]
  if (first <= second && first <= third) return left
  return second <= third ? above : corner
}
