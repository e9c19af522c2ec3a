import { spawn } from 'node:child_process'
import { argv, execPath, platform } from 'node:process'
import type { DesktopOutcome, Notice } from '../core/notice.ts'

export interface Desktop {
  /** Shows a notice from a process of its own, which gets five seconds and is killed with all that it started. Never throws. */
  readonly show: (notice: Notice, words: readonly string[]) => Promise<DesktopOutcome>
  /** Shows a notice from this process, for as long as that takes: some notifiers hang for ever. Never throws. */
  readonly showHere: (notice: Notice) => Promise<DesktopOutcome>
}

export const systemDesktop: Desktop = { show, showHere }

const PATIENCE_MS = 5_000

/** `words` are the arguments with which this program reads the notice as JSON and answers with what came of it. */
function show(notice: Notice, words: readonly string[]): Promise<DesktopOutcome> {
  const program = argv[1]
  if (program === undefined) return Promise.resolve({ kind: 'failed', reason: 'no process can be started' })
  return new Promise((resolve) => {
    // Detached makes it the head of a group of processes, which can be killed together.
    const child = spawn(execPath, [program, ...words], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] })
    let said = ''
    const end = (outcome: DesktopOutcome): void => {
      clearTimeout(timer)
      resolve(outcome)
    }
    const timer = setTimeout(() => {
      killGroup(child.pid)
      // Whoever inherited the pipe could keep it open.
      child.stdout.destroy()
      end({ kind: 'failed', reason: `the notifier did not answer within ${PATIENCE_MS / 1000} s` })
    }, PATIENCE_MS)
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
    child.on('error', () => end({ kind: 'failed', reason: 'no process can be started' }))
    child.on('close', () => end(outcomeOf(said)))
    // Gone before it has read: its end says so.
    child.stdin.on('error', () => {})
    child.stdin.end(JSON.stringify(notice))
  })
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

function outcomeOf(said: string): DesktopOutcome {
  const line = said.trim().split('\n').at(-1) ?? ''
  if (line === 'shown' || line === 'missing') return { kind: line }
  return { kind: 'failed', reason: line === '' ? 'the notifier has crashed' : line }
}

/** Loading the notifier takes as long as answering a call, and most processes never show anything. */
async function showHere(notice: Notice): Promise<DesktopOutcome> {
  const { notify } = await import('./desktop-notifier.ts')
  return notify(notice)
}
