import { render } from 'ink'
import { createElement } from 'react'
import type { PaneTerminal } from '../core/pane-terminal.ts'
import { KeyListener } from './components/key-listener.tsx'
import { inkStream } from './ink-stream.ts'
import { createKeyboard } from './keyboard.ts'

/**
 * Hands on the names of keys, in raw mode, until the answer ends that. `onGone` is called when Ink has ended by itself,
 * with its error if there was one.
 */
export function listenToKeys(
  terminal: PaneTerminal,
  onKey: (key: string) => void,
  onGone: (error?: unknown) => void,
): () => void {
  const stream = inkStream(terminal)
  const ink = render(createElement(KeyListener, { onKey }), {
    stdin: createKeyboard(terminal.stdin),
    stdout: stream,
    stderr: stream,
    exitOnCtrlC: false,
    patchConsole: false,
  })
  let isOver = false
  const gone = (error?: unknown): void => {
    if (!isOver) onGone(error)
  }
  ink.waitUntilExit().then(() => gone(), gone)
  return () => {
    isOver = true
    ink.unmount()
  }
}
