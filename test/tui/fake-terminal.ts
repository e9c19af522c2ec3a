import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { vi } from 'vitest'
import xterm from '@xterm/headless'
import type { PaneTerminal, TerminalEvents, TerminalSize } from '../../src/core/pane-terminal.ts'

/**
 * A terminal in memory: what the pane writes is replayed by a real emulator, so tests see what a user would.
 * Needs vitest's fake timers.
 */
export function fakeTerminal(
  columns: number,
  rows: number,
  look: { ascii?: boolean; colour?: boolean } = {},
) {
  let size: TerminalSize = { columns, rows }
  let events: TerminalEvents | null = null
  let goOn: (() => void) | null = null
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true })
  const output: string[] = []
  const rawModes: boolean[] = []
  // Streams of a real terminal have dozens of members; the pane and Ink use these.
  const stdout: NodeJS.WriteStream = Object.assign(Object.create(new EventEmitter()), {
    isTTY: true,
    write(chunk: string) {
      output.push(chunk)
      emulator.write(chunk)
      return true
    },
  })
  const stdin: NodeJS.ReadStream & PassThrough = Object.assign(new PassThrough(), {
    isTTY: true,
    ref: () => {},
    unref: () => {},
    setRawMode: (raw: boolean) => rawModes.push(raw),
  } as never)
  const terminal: PaneTerminal = {
    stdin,
    stdout,
    size: () => size,
    ascii: look.ascii ?? false,
    colour: look.colour ?? false,
    listen: (listener) => {
      events = listener
      return () => {
        events = null
      }
    },
    suspend: () =>
      new Promise<void>((resolve) => {
        goOn = resolve
      }),
    soon: (task) => void setImmediate(task),
  }
  return {
    terminal,
    rawModes,
    events: () => events,
    /** All bytes so far, as one text. */
    written: () => output.join(''),
    /** Ends the stop that `suspend` began, as `fg` does. */
    goOn: () => goOn?.(),
    type: (keys: string) => stdin.write(keys),
    resize: (newColumns: number, newRows: number) => {
      size = { columns: newColumns, rows: newRows }
      drain()
      if (newColumns > 0 && newRows > 0) emulator.resize(newColumns, newRows)
      events?.onResize()
    },
    /** The lines on the screen, without the blanks at their ends. */
    screen: (): string[] => {
      drain()
      const { active } = emulator.buffer
      return Array.from(
        { length: emulator.rows },
        (_, row) => active.getLine(row)?.translateToString(true) ?? '',
      )
    },
    isAlternate: (): boolean => {
      drain()
      return emulator.buffer.active.type === 'alternate'
    },
  }
}

/** The emulator parses in a timer, which runs when the test's clock is moved. */
function drain(): void {
  vi.advanceTimersByTime(100)
}
