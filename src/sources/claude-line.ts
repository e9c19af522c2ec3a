import { type Fields, parseFields } from './fields.ts'

const MESSAGE = '"message":{'
const OF_USER = Buffer.from('"type":"user",')
/** Within so many bytes a message begins, and mostly after three hundred. */
const HEAD_BYTES = 1024
const OUTPUT = '"output_tokens"'
const ASSISTANT = '"assistant"'

/**
 * Most bytes are what tools answered, in lines of the user: these are known by what stands before the message. Of all
 * others only those matter that count output, or that a model answered. Quotes inside of texts are escaped, so that no
 * text can look like any of these.
 */
export function isOfNoInterest(bytes: Buffer, start: number, end: number): boolean {
  const head = bytes.subarray(start, Math.min(end, start + HEAD_BYTES))
  const before = head.indexOf(MESSAGE, 0, 'latin1') - OF_USER.length
  if (before > 0 && head.compare(OF_USER, 0, OF_USER.length, before, before + OF_USER.length) === 0)
    return true
  const line = bytes.subarray(start, end)
  return line.indexOf(OUTPUT, 0, 'latin1') < 0 && line.indexOf(ASSISTANT, 0, 'latin1') < 0
}

const CONTENT = '"content":['
const BEHIND_CONTENT = '],"stop_reason":'

/**
 * Content is most of a line, and the one part that is nobody's business: where it lies between its usual neighbours it
 * is cut out before parsing. Quotes inside of texts are escaped, so that neither neighbour can be part of one; a cut
 * at wrong places leaves no JSON, and then the whole line is parsed. So it is where there is a second content: a torn
 * line may run into the next one, and the head of one response with the tail of another would make a third. Null for what is no
 * object.
 */
export function parseLine(bytes: Buffer, start: number, end: number): Fields | null {
  const line = bytes.subarray(start, end)
  const content = line.indexOf(CONTENT, 0, 'latin1')
  const behind = content < 0 ? -1 : line.lastIndexOf(BEHIND_CONTENT, undefined, 'latin1')
  if (behind > content && line.lastIndexOf(CONTENT, behind, 'latin1') === content) {
    const head = line.toString('utf8', 0, content + CONTENT.length)
    const cut = parseFields(head + line.toString('utf8', behind))
    if (cut !== null) return cut
  }
  return parseFields(line.toString('utf8'))
}
