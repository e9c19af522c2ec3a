import { expect } from 'vitest'

import { leave } from '../kit/tidy.ts'
import { pause } from './eventually.ts'
import { clockAt } from './run.ts'
import { type Sandbox, line, sandbox } from './sandbox.ts'
import { type Terminal, type TerminalOptions, openTerminal } from './terminal.ts'

export const LIMITS = 'budgets: { daily: 10, weekly: 50, monthly: 200, per_session: 2 }\n'
/** Two seconds into a minute: nothing turns for a while. */
export const EARLY_IN_A_MINUTE = '2025-12-15T14:30:02Z'

/** A sandbox with limits and $1.00 in its ledger. */
export function oneDollar(): Sandbox {
  const box = sandbox()
  box.limits(LIMITS)
  box.append(line())
  return box
}

export function openPane(
  box: Sandbox,
  change: Partial<TerminalOptions> & { args?: readonly string[] } = {},
): Terminal {
  const terminal = openTerminal(change.args ?? ['watch'], {
    cwd: box.project,
    columns: 100,
    rows: 30,
    ...change,
    env: { ...box.env, ...clockAt(EARLY_IN_A_MINUTE), ...change.env },
  })
  leave('after the test', () => terminal.close())
  return terminal
}

/** Predicate for `until`: all of these are on the screen, however wide its columns are. */
export const shows =
  (...texts: readonly string[]) =>
  (screen: string): boolean => {
    const close = screen.replaceAll(/ +/g, ' ')
    return texts.every((text) => close.includes(text))
  }

/** Waits until the watcher of files listens too, which is when nothing is written any more. */
export async function settled(pane: Terminal): Promise<void> {
  await pane.until(shows('$1.00 / $10.00'))
  await pause(700)
}

/** The alternate screen is left, the cursor is shown, long lines are broken, and nothing was drawn after that. */
export function expectRestored(pane: Terminal): void {
  const bytes = pane.bytes()
  expect(bytes.lastIndexOf('\u001b[?1049l')).toBeGreaterThan(bytes.lastIndexOf('\u001b[?1049h'))
  expect(bytes.lastIndexOf('\u001b[?25h')).toBeGreaterThan(bytes.lastIndexOf('\u001b[?25l'))
  expect(bytes.lastIndexOf('\u001b[?7h')).toBeGreaterThan(bytes.lastIndexOf('\u001b[?7l'))
  expect(bytes.slice(bytes.lastIndexOf('\u001b[?1049l'))).not.toContain('$1.00')
}
