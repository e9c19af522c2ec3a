import type { PaneTerminal } from '../core/pane-terminal.ts'

/**
 * What Ink takes for the terminal it writes to. Nothing gets there: Ink hears keys and lays out rows, but would write
 * the whole screen for a clock that has moved on, and repaint an old one at a new size.
 */
export function inkStream({ stdout, size }: Pick<PaneTerminal, 'stdout' | 'size'>): NodeJS.WriteStream {
  const replaced: Readonly<Record<string, () => unknown>> = {
    write: () => swallow,
    // Ink asks the operating system, by starting a process, when it is told of no columns.
    columns: () => Math.max(1, size().columns),
    rows: () => size().rows,
  }
  return new Proxy(stdout, {
    get(target, key) {
      const replacement = typeof key === 'string' && Object.hasOwn(replaced, key) ? replaced[key] : undefined
      if (replacement !== undefined) return replacement()
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? muted(target, key, value) : value
    },
  })
}

/** Whoever writes may wait for the end of it. */
function swallow(...written: readonly unknown[]): boolean {
  const done = written.at(-1)
  if (typeof done === 'function') queueMicrotask(() => done())
  return true
}

const SUBSCRIBING: ReadonlySet<string | symbol> = new Set(['on', 'addListener', 'once', 'prependListener'])

/** A method of the stream, deaf to `resize`. */
function muted(target: NodeJS.WriteStream, key: string | symbol, method: Function) {
  if (!SUBSCRIBING.has(key)) return method.bind(target)
  return (event: unknown, ...rest: readonly unknown[]): unknown =>
    event === 'resize' ? target : Reflect.apply(method, target, [event, ...rest])
}
