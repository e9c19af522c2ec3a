/** So many characters are worth a call to the operating system, and no burden on memory. */
const PIECE = 64 << 10

/** Texts put together to pieces of some size, so that a large text need not be there at once. */
export function* inPieces(texts: Iterable<string>): Generator<string> {
  let piece = ''
  for (const text of texts) {
    piece += text
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}
