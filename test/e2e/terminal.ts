import pty from '@lydell/node-pty'
import xterm from '@xterm/headless'

import { CLI } from './run.ts'

const DEADLINE_MS = 10_000

const SHELL = 'set -m; "$0" "$@"; echo "the job has stopped"; read -r _; fg > /dev/null'

export interface TerminalOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly columns?: number
  readonly rows?: number
  /** Started by a shell that controls jobs and says so when ours has stopped; a line typed then is `fg`. */
  readonly isJob?: boolean
}

export interface Ending {
  readonly code: number
  /** Number of the signal that ended the process, 0 when none did. */
  readonly signal: number
}

/** The program in a real pseudo-terminal, whose bytes a real emulator turns into a screen. */
export interface Terminal {
  readonly pid: number
  /** The lines on the screen, without the blanks at their ends, as one text. */
  readonly screen: () => string
  /** Every byte that was written, as one text. */
  readonly bytes: () => string
  readonly isAlternate: () => boolean
  readonly press: (keys: string) => void
  readonly resize: (columns: number, rows: number) => void
  readonly signal: (signal: NodeJS.Signals) => void
  /** Resolves with the time (`performance.now()`) at which the screen first satisfied the predicate. */
  readonly until: (predicate: (screen: string) => boolean, deadlineMs?: number) => Promise<number>
  readonly ended: () => Promise<Ending>
  /** Takes the terminal away, as somebody does who closes its window. */
  readonly vanish: () => void
  /** Ends the program if it still runs. */
  readonly close: () => void
}

/** Starts the program with the arguments in a terminal of its own. */
export function openTerminal(args: readonly string[], options: TerminalOptions): Terminal {
  const { cwd, env, columns = 80, rows = 24, isJob = false } = options
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true })
  const program = [process.execPath, CLI, ...args]
  const [file = '', ...rest] = isJob ? ['bash', '-c', SHELL, ...program] : program
  const child = pty.spawn(file, rest, { cwd, env, cols: columns, rows })
  const waiting = new Set<() => void>()
  let bytes = ''
  let ending: Ending | null = null

  const screen = (): string => {
    const { active } = emulator.buffer
    const lines = Array.from(
      { length: emulator.rows },
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    )
    return lines.join('\n').trimEnd()
  }
  const changed = (): void => {
    for (const look of waiting) look()
  }
  child.onData((data) => {
    bytes += data
    // The emulator parses later; what it shows counts only once it has.
    emulator.write(data, changed)
  })
  child.onExit(({ exitCode, signal }) => {
    ending = { code: exitCode, signal: signal ?? 0 }
    changed()
  })

  const waitFor = (what: () => string, condition: () => boolean, deadlineMs: number): Promise<number> =>
    new Promise((resolve, reject) => {
      const settle = (): void => {
        waiting.delete(look)
        clearTimeout(timer)
      }
      const look = (): void => {
        if (!condition()) return
        settle()
        resolve(performance.now())
      }
      const timer = setTimeout(() => {
        settle()
        reject(new Error(what()))
      }, deadlineMs)
      waiting.add(look)
      look()
    })

  return {
    pid: child.pid,
    screen,
    bytes: () => bytes,
    isAlternate: () => emulator.buffer.active.type === 'alternate',
    press: (keys) => child.write(keys),
    resize: (newColumns, newRows) => {
      emulator.resize(newColumns, newRows)
      child.resize(newColumns, newRows)
    },
    signal: (signal) => process.kill(child.pid, signal),
    until: (predicate, deadlineMs = DEADLINE_MS) =>
      waitFor(
        () => `not on the screen within ${deadlineMs} ms: ${predicate.toString()}\n${screen()}`,
        () => predicate(screen()),
        deadlineMs,
      ),
    ended: async () => {
      await waitFor(
        () => `still running:\n${screen()}`,
        () => ending !== null,
        DEADLINE_MS,
      )
      if (ending === null) throw new Error('ended without an ending')
      // Its last words may still be on their way through the emulator.
      await new Promise<void>((parsed) => emulator.write('', parsed))
      return ending
    },
    // The types know nothing of it.
    vanish: () => Reflect.apply(Reflect.get(child, 'destroy'), child, []),
    close: () => {
      if (ending === null) child.kill('SIGKILL')
    },
  }
}
