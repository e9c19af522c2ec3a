// Escape characters are what this file is about.
/* oxlint-disable no-control-regex */
// One after the other is what these promises are about.
/* oxlint-disable no-await-in-loop */
import { execFileSync } from 'node:child_process'

import { describe, expect, it } from 'vitest'

import { eventually } from './eventually.ts'
import { EARLY_IN_A_MINUTE, LIMITS, expectRestored, oneDollar, openPane, settled, shows } from './pane.ts'
import { clockAt } from './run.ts'
import { line, sandbox } from './sandbox.ts'
import type { Terminal } from './terminal.ts'

describe('the terminal', () => {
  it.each([
    ['q', { code: 0, signal: 0 }],
    ['\u0003', { code: 0, signal: 0 }],
  ])('is restored after %j', async (key, ending) => {
    const pane = openPane(oneDollar())
    await pane.until(shows('$1.00 / $10.00'))
    pane.press(key)
    expect(await pane.ended()).toEqual(ending)
    expectRestored(pane)
  })

  it.each([
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ] as const)('is restored after %s, which whoever started us hears of', async (signal, number) => {
    const pane = openPane(oneDollar())
    await pane.until(shows('$1.00 / $10.00'))
    pane.signal(signal)
    expect(await pane.ended()).toMatchObject({ signal: number })
    expectRestored(pane)
  })

  it('that is gone ends us by the signal for that, and not by a crash', async () => {
    const pane = openPane(oneDollar())
    await pane.until(shows('$1.00 / $10.00'))
    pane.vanish()
    expect(await pane.ended()).toMatchObject({ signal: 1 })
  })

  it.each(['\u001a', 'SIGTSTP'] as const)(
    'is restored while %j stops us, and taken again after it',
    async (how) => {
      const box = oneDollar()
      const pane = openPane(box, { isJob: true })
      await settled(pane)
      if (how === 'SIGTSTP') process.kill(childOf(pane), how)
      else pane.press(how)
      await pane.until((screen) => !pane.isAlternate() && shows('the job has stopped')(screen))
      await eventuallyStopped(childOf(pane))
      expectRestored(pane)
      box.append(line({ session_id: 's2' }))
      pane.press('\r')
      await pane.until((screen) => pane.isAlternate() && shows('$2.00 / $10.00')(screen))
      pane.press('q')
      expect(await pane.ended()).toEqual({ code: 0, signal: 0 })
      expectRestored(pane)
    },
  )

  it.each(['\u001a', 'SIGTSTP'] as const)(
    'is ours again after %j where no shell could ever let us go on',
    async (how) => {
      const box = oneDollar()
      const pane = openPane(box)
      await settled(pane)
      if (how === 'SIGTSTP') pane.signal(how)
      else pane.press(how)
      await pane.until(() => !pane.isAlternate())
      box.append(line({ session_id: 's2' }))
      await pane.until((screen) => pane.isAlternate() && shows('$2.00 / $10.00')(screen))
      pane.press('q')
      expect(await pane.ended()).toEqual({ code: 0, signal: 0 })
      expectRestored(pane)
    },
  )

  it.each([
    ['opens', true],
    ['is open', false],
  ])('is restored before the reason of a crash while it %s is told', async (_, atOnce) => {
    const box = oneDollar()
    const unpriced = line({ cost_usd: undefined })
    if (atOnce) box.append(unpriced)
    const clock = clockAt(EARLY_IN_A_MINUTE)
    const env = { NODE_OPTIONS: `${clock['NODE_OPTIONS']} ${WITHOUT_PRICES}` }
    // A cache would be written with the prices in it.
    const pane = openPane(box, { args: ['watch', '--no-cache'], env })
    if (!atOnce) {
      await pane.until(shows('$1.00 / $10.00'))
      box.append(unpriced)
    }
    expect(await pane.ended()).toEqual({ code: 70, signal: 0 })
    expectRestored(pane)
    expect(pane.screen()).toContain('ai-costs: internal error: ')
  })

  it('of any size is drawn on without garbage', async () => {
    const pane = openPane(oneDollar())
    await settled(pane)
    const before = pane.screen()
    for (const [columns, rows] of [
      [1, 1],
      [5, 3],
      [20, 5],
      [40, 12],
      [60, 16],
      [200, 60],
      [80, 24],
    ] as const) {
      pane.resize(columns, rows)
      if (columns >= 20) await pane.until(shows('50%'))
    }
    pane.resize(100, 30)
    await pane.until((screen) => screen === before)
  })

  it('gets no colour with NO_COLOR, and plain text once when it is dumb', async () => {
    const pane = openPane(oneDollar(), { env: { NO_COLOR: '1' } })
    await pane.until(shows('$1.00 / $10.00'))
    pane.press('q')
    await pane.ended()
    expect(
      sequences(pane.bytes()).filter((sequence) => /^\u001b\[(3|4|9|10)\d*[;\d]*m$/.test(sequence)),
    ).toEqual([])

    const dumb = openPane(oneDollar(), { env: { TERM: 'dumb' } })
    expect(await dumb.ended()).toEqual({ code: 0, signal: 0 })
    expect(dumb.bytes()).not.toContain('\u001b')
    expect(dumb.screen()).toSatisfy(shows('$1.00 / $10.00'))
  })

  it('gets only our own sequences, whatever names the ledger holds', async () => {
    const box = sandbox()
    box.limits(LIMITS)
    const hostile = '\u001b]0;owned\u0007\u001b[31m\u001b]52;c;aGk=\u0007\u009b2J\u202e\u200b\r\b\u0000x'
    box.append(
      line({ session_id: hostile, project: hostile, model: hostile, tool: hostile, task_type: hostile }),
    )
    const pane = openPane(box)
    await pane.until(shows('$1.00 / $10.00'))
    pane.press('q')
    await pane.ended()
    expect(sequences(pane.bytes()).filter((sequence) => !OWN_SEQUENCE.test(sequence))).toEqual([])
    // What is left without the sequences may hold no control but the ends of lines, and nothing invisible.
    expect(
      pane
        .bytes()
        .replaceAll(ANY_SEQUENCE, '')
        .match(/[^\r\n\P{C}]|[\u200b-\u200f\u202a-\u202e]/gu),
    ).toBeNull()
  })
})

/** Cursor, erasing, colours, and the modes for the alternate screen, the cursor, long lines and synchronized output. */
const OWN_SEQUENCE = /^\u001b\[(\?(1049|25|7|2026|1000|1006)[hl]|\d*[ABCDGHJK]|[\d;]*m)$/
const ANY_SEQUENCE = /\u001b\[[\d;?]*[A-Za-z]|\u001b\][^\u0007]*\u0007|\u001b./g

/** Hides the price table, as a damaged installation would: the first record that needs it is a crash. */
const WITHOUT_PRICES = `--import=data:text/javascript,${encodeURIComponent(
  `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module'
   const real = fs.existsSync
   fs.existsSync = (path) => !String(path).endsWith('prices.json') && real(path)
   syncBuiltinESMExports()`,
)}`

function sequences(bytes: string): readonly string[] {
  return bytes.match(ANY_SEQUENCE) ?? []
}

/** What the shell of a pane has started. */
function childOf({ pid }: Terminal): number {
  return Number(execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' }))
}

async function eventuallyStopped(pid: number): Promise<void> {
  await eventually('the process has stopped', () =>
    execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .startsWith('T'),
  )
}
