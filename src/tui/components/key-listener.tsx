import { useInput } from 'ink'
import { keysOf } from '../key-names.ts'

interface KeyListenerProps {
  /** Hears the name of one key after the other. */
  readonly onKey: (key: string) => void
}

/** Shows nothing, and reports keys; what they mean it does not know. */
export function KeyListener({ onKey }: KeyListenerProps): null {
  useInput((input, key) => {
    for (const name of keysOf(input, key)) onKey(name)
  })
  return null
}
