import { InputTooLarge, type StandardInput } from './standard-input.ts'

/** What came of reading, without its class: who reads again may be another bundle, with classes of its own. */
type Kept = { readonly kind: 'read'; readonly text: string | null } | { readonly kind: 'too-large' }

/** Bundles of one process share this symbol, and nothing else. */
const KEY = Symbol.for('ai-costs.standard-input')

/**
 * Standard input that can be read again. It comes once only, and who cannot answer what it says hands over to the whole
 * program, which is another bundle in the same process and has to see the same.
 */
export function keptInput(input: StandardInput): StandardInput {
  return {
    read(mostBytes, deadlineMs, isAll) {
      const kept = keptSoFar() ?? keep(readFrom(() => input.read(mostBytes, deadlineMs, isAll)))
      if (kept.kind === 'too-large') throw new InputTooLarge()
      return kept.text
    },
  }
}

function readFrom(read: () => string | null): Kept {
  try {
    return { kind: 'read', text: read() }
  } catch (error) {
    if (error instanceof InputTooLarge) return { kind: 'too-large' }
    throw error
  }
}

function keptSoFar(): Kept | undefined {
  return Reflect.get(globalThis, KEY) as Kept | undefined
}

function keep(kept: Kept): Kept {
  Reflect.set(globalThis, KEY, kept)
  return kept
}
