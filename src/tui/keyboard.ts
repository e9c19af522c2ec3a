/**
 * The keyboard as Ink may hear it: without strings that are meant for a terminal, and without the sequences that have
 * no name. Ink breaks on those that say that Ctrl was held, such as Ctrl-F1 or a pasted colour.
 */
export function createKeyboard(stdin: NodeJS.ReadStream): NodeJS.ReadStream {
  const heard = createHearing()
  const read = (): unknown => {
    for (;;) {
      const chunk: unknown = stdin.read()
      if (typeof chunk !== 'string') return chunk
      const text = heard(chunk)
      // An empty text would be taken for a key.
      if (text !== '') return text
    }
  }
  return new Proxy(stdin, {
    get(target, key) {
      if (key === 'read') return read
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** What is heard of one chunk after the other; a sequence that is cut in two is heard, or not, with its end. */
export function createHearing(): (chunk: string) => string {
  let begun = ''
  return (chunk) => {
    const text = begun + chunk
    begun = CUT.exec(text)?.[0] ?? ''
    const whole = text.slice(0, text.length - begun.length)
    return whole.replace(STRING, '').replace(SEQUENCE, (sequence) => (NAMED.test(sequence) ? sequence : ''))
  }
}

// oxlint-disable no-control-regex
/** Esc alone is a key, and does not wait. */
const CUT = /\u001b\[\[?[\d;]*$/
const SEQUENCE = /\u001b\[\[?[\d;]*[A-Za-z~^]/g
/** A title, a clipboard, an answer of the terminal: nothing of it was typed. */
const STRING = /\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)/g
/** Arrows, Home, End, Tab and the keys around them, each with its modifiers; and keys that tell their own code. */
const NAMED = /^\u001b\[(?:[\d;]*[A-FHZu]|[a-e]|[1-8](?:;\d+)?[~^]|\[[56]~)$/
