// Escape characters are what this file is about.
/* oxlint-disable no-control-regex */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'
import { leave } from '../kit/tidy.ts'
import { EARLY_IN_A_MINUTE, expectRestored, oneDollar, openPane, shows } from './pane.ts'
import { CLI, clockAt } from './run.ts'
import { line } from './sandbox.ts'

const MOUSE_ON = '\u001b[?1000h\u001b[?1006h'
const MOUSE_OFF = '\u001b[?1006l\u001b[?1000l'
const DOWN = '\u001b[<65;10;10M'

/** Escapes, clipboard sequences, bidi, wide and combining characters, and ten thousand of one. */
const HOSTILE = `\u001b]52;c;aGk=\u0007\u001b]8;;http://x\u0007\u202eevil\u009b2J漢字e\u0301${'x'.repeat(10_000)}`

describe('the screens of the pane', () => {
  it('are gone through by keys and wheel, at every size, and leave the terminal as it was', async () => {
    const box = oneDollar()
    box.append(line({ id: 'b', session_id: 'second', project: 'infra', cost_usd: 0.5 }))
    const pane = openPane(box)
    await pane.until(shows('$1.50 / $10.00'))
    pane.press('2')
    await pane.until(shows('Sessions · today · 2', 'spend $1.50', 'infra'))
    pane.press('/infr')
    await pane.until(shows('1 of 2', 'only "infr"', 'enter keep'))
    pane.press('\r')
    await pane.until(shows('esc clear'))
    pane.press('\r')
    await pane.until(shows('One session', 'By the price table', 'By hour'))
    pane.press('\u001b')
    await pane.until(shows('1 of 2'))
    pane.press('\u001b')
    await pane.until(shows('Sessions · today · 2'))
    pane.press(DOWN)
    await pane.until((screen) => /› +\$0\.50/.test(screen))
    // What arrives while a screen is shown is on it.
    box.append(line({ id: 'c', session_id: 'third', project: 'docs', cost_usd: 0.25 }))
    await pane.until(shows('Sessions · today · 3', 'docs'))
    for (const [key, text] of [
      ['3', 'Models · today'],
      ['t', 'Models · this week'],
      ['4', 'Tools (1)'],
      ['5', 'Week over week'],
      ['6', 'Decisions'],
      ['?', 'shift-tab left'],
      ['1', 'Top sessions'],
    ] as const) {
      pane.press(key)
      // Each screen has to be there before the next key is about it.
      // oxlint-disable-next-line no-await-in-loop
      await pane.until(shows(text))
      for (const [columns, rows] of [
        [1, 1],
        [20, 5],
        [40, 12],
        [200, 60],
        [100, 30],
      ] as const) {
        pane.resize(columns, rows)
      }
      // oxlint-disable-next-line no-await-in-loop
      await pane.until(shows(text))
    }
    pane.press('q')
    expect(await pane.ended()).toEqual({ code: 0, signal: 0 })
    expectRestored(pane)
    expect(pane.bytes()).toContain(MOUSE_ON)
    expect(pane.bytes().lastIndexOf(MOUSE_OFF)).toBeGreaterThan(pane.bytes().lastIndexOf(MOUSE_ON))
  })

  it('print hostile names as text, write themselves to files, and let the mouse alone when told to', async () => {
    const box = oneDollar()
    box.limits(
      'budgets: { daily: 10, per_session: 2 }\nui: { mouse: false, theme: light, reduced_motion: true }\n',
    )
    const names = { session_id: HOSTILE, project: HOSTILE, model: HOSTILE, tool: HOSTILE, task_type: HOSTILE }
    box.append(line({ id: 'evil', ...names, cost_usd: 1 }))
    const pane = openPane(box)
    await pane.until(shows('$2.00 / $10.00'))
    for (const [key, text] of [
      ['2', 'Sessions · today · 2'],
      ['\r', 'One session'],
      ['\u001b', 'Sessions · today · 2'],
      ['3', 'Models · today'],
      ['4', 'Projects (2)'],
    ] as const) {
      pane.press(key)
      // oxlint-disable-next-line no-await-in-loop
      await pane.until(shows(text))
    }
    pane.press('w')
    await pane.until(shows('.txt'))
    pane.press('W')
    await pane.until(shows('.svg'))
    pane.press('q')
    expect(await pane.ended()).toEqual({ code: 0, signal: 0 })
    expectRestored(pane)
    const bytes = pane.bytes()
    expect(bytes).not.toMatch(/\u001b\]|\u202e|\u009b|1000h/)
    expect(bytes).toContain('\\x1b]52')
    const reports = join(box.costs, 'reports')
    const written = readdirSync(reports).filter((name) => name.startsWith('screen-'))
    expect(written.map((name) => name.slice(-4)).toSorted()).toEqual(['.svg', '.txt'])
    for (const name of written) {
      expect(readFileSync(join(reports, name), 'utf8')).not.toMatch(ACTS_ON_A_TERMINAL)
      expect(statSync(join(reports, name)).mode & 0o777).toBe(0o600)
    }
  })

  it('have a plain twin that says what changes', async () => {
    const box = oneDollar()
    const pane = openPane(box, { args: ['watch', '--plain'] })
    await pane.until(shows('$1.00 / $10.00'))
    box.append(line({ id: 'b', cost_usd: 7.5 }))
    await pane.until(shows('Daily: $8.50 of $10.00, 85%, warning.'))
    expect(pane.bytes()).not.toContain('\u001b[?1049h')
    pane.signal('SIGINT')
    expect(await pane.ended()).toMatchObject({ signal: 2 })
  })

  it('have a plain twin that ends well when nobody listens any more', async () => {
    const box = oneDollar()
    const child = spawn(process.execPath, [CLI, 'watch', '--plain'], {
      cwd: box.project,
      env: { ...box.env, ...clockAt(EARLY_IN_A_MINUTE) },
    })
    leave('after the test', () => child.kill('SIGKILL'))
    let complaints = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
    await once(child.stdout, 'data')
    child.stdout.destroy()
    box.append(line({ id: 'b', cost_usd: 7.5 }))
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(complaints).toBe('')
  })
})
