import process from 'node:process'
import type { PaneTerminal, TerminalEvents } from '../core/pane-terminal.ts'
import { hasDesktop, terminalNotice } from '../core/terminal-notice.ts'
import { beforeEndingSignal } from './ending-signals.ts'
import { needsAscii } from './locale.ts'
import { systemScheduler } from './scheduler.ts'
import { suspendJob } from './suspend.ts'

/** What the program prints to, and draws on. */
export interface Terminal {
  /** True when a pane can be drawn: standard output is a terminal that understands more than plain text. */
  readonly isInteractive: boolean
  /** Columns to print in, and whether only ASCII is safe. */
  readonly page: () => { readonly columns: number; readonly ascii: boolean }
  /** Readies the environment and gives the terminal to draw on. Call it before anything loads React. */
  readonly takeStage: () => PaneTerminal
  /** Draws attention to a text, on the pane or not: by the bell, and by a notification where only the terminal can show one. */
  readonly ring: (text: string) => void
}

const PRINTED_COLUMNS = 80

export const systemTerminal: Terminal = {
  get isInteractive() {
    return process.stdout.isTTY === true && process.env['TERM'] !== 'dumb'
  },
  page: () => ({ columns: process.stdout.columns ?? PRINTED_COLUMNS, ascii: needsAscii(process.env) }),
  takeStage,
  ring,
}

function ring(text: string): void {
  const { env, platform, stdout } = process
  stdout.write(terminalNotice(text, env, hasDesktop(env, platform)))
}

function takeStage(): PaneTerminal {
  const { env } = process
  const colour = (env['NO_COLOR'] ?? '') === ''
  // React and Ink read these once, when they load: see src/tui/run.ts for what each of them breaks.
  env['NODE_ENV'] = 'production'
  delete env['DEV']
  // Deleted, not set to false: the colour detection takes any value for "a log without colours".
  delete env['CI']
  delete env['CONTINUOUS_INTEGRATION']
  if (!colour) env['FORCE_COLOR'] = '0'
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    size: () => ({ columns: process.stdout.columns ?? 0, rows: process.stdout.rows ?? 0 }),
    ascii: needsAscii(env),
    colour,
    listen,
    suspend: () => suspendJob(),
    soon: systemScheduler.soon,
  }
}

/**
 * Ends as the signal of a closed terminal ends any program, which may come later than the failures: to end by itself
 * Node would give the terminal its modes back, and abort with a dump of the process because it cannot.
 */
function hangUp(): void {
  process.emit('SIGHUP', 'SIGHUP')
  process.removeAllListeners('SIGHUP')
  process.kill(process.pid, 'SIGHUP')
}

function listen({ onResize, onSuspend, onResume, onClose }: TerminalEvents): () => void {
  const onEnd = process.stdin.isTTY ? hangUp : onClose
  // What is written to a terminal that is gone, or read from it, fails, and what is said when nobody listens any more
  // (`| head`). For good, because to close takes more writing; for whatever else fails there is no remedy.
  const onError = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EPIPE') onClose()
    else if (error.code === 'EIO') hangUp()
    else throw error
  }
  process.stdout.on('error', onError)
  process.stdin.on('error', onError)
  const stop = (): void => {
    process.off('SIGWINCH', onResize)
    process.stdin.off('end', onEnd)
    process.off('SIGTSTP', onSuspend)
    process.off('SIGCONT', onResume)
    process.off('exit', onClose)
    forgetSignals()
  }
  const forgetSignals = beforeEndingSignal(() => {
    onClose()
    stop()
  })
  // Not `resize`, of which Node says nothing when a terminal is back at its size before anybody has looked.
  process.on('SIGWINCH', onResize)
  process.stdin.on('end', onEnd)
  process.on('SIGTSTP', onSuspend)
  process.on('SIGCONT', onResume)
  process.on('exit', onClose)
  return stop
}
