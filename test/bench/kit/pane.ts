import pty from '@lydell/node-pty'

import { type Terminal, openTerminal } from '../../e2e/terminal.ts'
import { type Command, PROGRAM, type Surroundings, node } from './command.ts'

const SIZE = { columns: 80, rows: 24 }
const DEADLINE_MS = 60_000

/** The pane of a project in a terminal of its own, which has read the ledger and painted what it found. */
export async function openPane({ folder, env }: Surroundings, ...args: readonly string[]): Promise<Terminal> {
  const pane = openTerminal(['watch', ...args], { cwd: folder, env, ...SIZE })
  await pane.until((screen) => screen.includes('q quit') && !Number.isNaN(dailySpend(screen)), DEADLINE_MS)
  return pane
}

export function watch(project: Surroundings): Command {
  return node([PROGRAM, 'watch'], project)
}

/** Today's spend on a screen, in dollars; NaN when it shows none. */
export function dailySpend(screen: string): number {
  const shown = /^\s*Daily\b.*\$([\d,]+\.\d\d) \//m.exec(screen)?.[1]
  return shown === undefined ? NaN : Number(shown.replaceAll(',', ''))
}

/**
 * Runs a process in a terminal until it has written all of the words, and ends it.
 *
 * @returns milliseconds from its start until each of the words was written for the first time
 */
export function untilWritten(
  { program, args, cwd, env }: Command,
  words: readonly string[],
): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = pty.spawn(program, [...args], { cwd, env, cols: SIZE.columns, rows: SIZE.rows })
    const found = new Map<string, number>()
    let written = ''
    const deadline = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS)
    child.onData((bytes) => {
      written += bytes
      for (const word of words) {
        if (!found.has(word) && written.includes(word)) found.set(word, performance.now() - start)
      }
      if (found.size === words.length) child.kill('SIGTERM')
    })
    // Resolves only now, so that the next process has the machine to itself.
    child.onExit(() => {
      clearTimeout(deadline)
      if (found.size === words.length) resolve(words.map((word) => found.get(word)!))
      else reject(new Error(`${program} ended without writing ${words.join(', ')}:\n${written}`))
    })
  })
}
