import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'

import { afterEach, describe, expect, it } from 'vitest'

import { eventually, pause } from './eventually.ts'
import { clockAt } from './run.ts'
import { NOW, type Sandbox, line, sandbox } from './sandbox.ts'
import { type Terminal, type TerminalOptions, openTerminal } from './terminal.ts'

const LIMITS = 'budgets: { daily: 10, weekly: 50, monthly: 200, per_session: 2 }\n'
/** Two seconds into a minute: nothing turns for a while. */
const EARLY_IN_A_MINUTE = '2025-12-15T14:30:02Z'

const open: Terminal[] = []
afterEach(() => {
  for (const terminal of open.splice(0)) terminal.close()
})

/** A sandbox with limits and $1.00 in its ledger. */
function oneDollar(): Sandbox {
  const box = sandbox()
  box.limits(LIMITS)
  box.append(line())
  return box
}

function openPane(box: Sandbox, change: Partial<TerminalOptions> & { args?: readonly string[] } = {}): Terminal {
  const terminal = openTerminal(change.args ?? ['watch'], {
    cwd: box.project,
    columns: 100,
    rows: 30,
    ...change,
    env: { ...box.env, ...clockAt(EARLY_IN_A_MINUTE), ...change.env },
  })
  open.push(terminal)
  return terminal
}

/** Predicate for `until`: all of these are on the screen, however wide its columns are. */
const shows =
  (...texts: readonly string[]) =>
  (screen: string): boolean => {
    const close = screen.replaceAll(/ +/g, ' ')
    return texts.every((text) => close.includes(text))
  }

/** Waits until the watcher of files listens too, which is when nothing is written any more. */
async function settled(pane: Terminal): Promise<void> {
  await pane.until(shows('$1.00 / $10.00'))
  await pause(700)
}

describe('the pane', () => {
  it('opens on the alternate screen with the numbers of the ledger, and leaves nothing behind', async () => {
    const pane = openPane(oneDollar())
    await pane.until(shows('$1.00 / $10.00'))
    expect(pane.screen()).toContain('my-app')
    expect(pane.screen()).toContain('10%')
    expect(pane.screen()).toContain('14:30')
    expect(pane.isAlternate()).toBe(true)
    pane.press('q')
    expect(await pane.ended()).toEqual({ code: 0, signal: 0 })
    expect(pane.isAlternate()).toBe(false)
    expect(pane.screen()).toBe('')
  })

  it('says where it looks while there is no ledger, and picks it up', async () => {
    const box = sandbox()
    const pane = openPane(box)
    await pane.until(shows('.ai-costs'))
    box.append(line({ cost_usd: 3.21 }))
    mkdirSync(`${box.home}/.ai-costs`)
    writeFileSync(`${box.home}/.ai-costs/sessions.jsonl`, `${line({ cost_usd: 4.56 })}\n`)
    // It was opened on the user's own ledger, because the project had none then.
    await pane.until(shows('$4.56 / $10.00'))
  })

  it('paints every append, soon', async () => {
    const box = oneDollar()
    box.limits('budgets: { daily: 500 }\n')
    const pane = openPane(box)
    await pane.until(shows('$1.00 / $500.00'))
    await pause(700)
    const times: number[] = []
    for (let nth = 2; nth <= 31; nth++) {
      const begun = performance.now()
      box.append(line({ session_id: `s${nth}` }))
      times.push((await pane.until(shows(`$${nth}.00 / $500.00`))) - begun)
      // Not in step with any timer of ours.
      await pause(20 + ((nth * 37) % 90))
    }
    const p50 = percentile(times, 0.5)
    const p95 = percentile(times, 0.95)
    console.log(`append to painted: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${times.length} appends`)
    expect(p95).toBeLessThan(250)
  })

  it('never loses the last line of a burst', async () => {
    const box = oneDollar()
    box.limits('budgets: { daily: 500 }\n')
    const pane = openPane(box)
    await pane.until(shows('$1.00 / $500.00'))
    await pause(700)
    let total = 1
    for (let burst = 0; burst < 20; burst++) {
      for (let nth = 0; nth < 12; nth++) {
        box.append(line({ session_id: `b${burst}-${nth}` }))
        total++
        await pause(8)
      }
      await pane.until(shows(`$${total}.00 / $500.00`), 2000)
    }
    expect(total).toBe(241)
  })

  it('applies a valid edit of the limits, announces an invalid one and forgets it once it is mended', async () => {
    const box = oneDollar()
    const pane = openPane(box)
    await settled(pane)
    const begun = performance.now()
    box.limits(LIMITS.replace('daily: 10', 'daily: 20'))
    const shown = await pane.until(shows('$1.00 / $20.00'))
    console.log(`valid edit to painted: ${(shown - begun).toFixed(0)} ms`)
    expect(shown - begun).toBeLessThan(1500)
    box.limits('budgets:\n  daily: ten\n')
    await pane.until(shows('cost-limits.yaml:2:10'))
    expect(pane.screen()).toSatisfy(shows('$1.00 / $20.00'))
    box.append(line({ session_id: 's2' }))
    await pane.until(shows('$2.00 / $20.00'))
    expect(pane.screen()).toContain('cost-limits.yaml:2:10')
    box.limits(LIMITS)
    await pane.until((screen) => shows('$2.00 / $10.00')(screen) && !screen.includes('cost-limits.yaml:2'))
  })

  it('opens on broken settings with the spend, the reason and no budget judged', async () => {
    const box = oneDollar()
    box.limits('budgets:\n  daily: ten\n')
    const pane = openPane(box)
    await pane.until(shows('cost-limits.yaml:2:10', '$1.00'))
    expect(pane.screen()).toContain('no budgets are judged')
    box.limits(LIMITS)
    await pane.until((screen) => shows('$1.00 / $10.00')(screen) && !screen.includes('cost-limits.yaml:2'))
  })

  it('keeps true when the ledger is truncated, replaced, deleted and its directory made anew', async () => {
    const box = oneDollar()
    const pane = openPane(box)
    await settled(pane)
    box.append(line({ session_id: 's2' }))
    await pane.until(shows('$2.00 / $10.00'))
    truncateSync(box.ledger, 0)
    await pane.until(shows('$0.00 / $10.00', 'shrank'))
    box.append(line({ cost_usd: 3 }))
    await pane.until(shows('$3.00 / $10.00'))
    writeFileSync(`${box.ledger}.new`, `${line({ cost_usd: 4 })}\n`)
    renameSync(`${box.ledger}.new`, box.ledger)
    await pane.until(shows('$4.00 / $10.00'))
    rmSync(box.ledger)
    await pane.until(shows('$0.00 / $10.00'))
    box.append(line({ cost_usd: 5 }))
    await pane.until(shows('$5.00 / $10.00'))
    rmSync(box.costs, { recursive: true })
    await pane.until(shows('$0.00 / $10.00'))
    box.append(line({ cost_usd: 6 }))
    await pane.until(shows('$6.00 / $10.00'))
    await pause(700)
    box.append(line({ cost_usd: 1, session_id: 's2' }))
    await pane.until(shows('$7.00 / $10.00'))
  })

  it('survives a ledger that becomes unreadable, says so, and recovers', async () => {
    const box = oneDollar()
    const pane = openPane(box)
    await settled(pane)
    rmSync(box.ledger)
    mkdirSync(box.ledger)
    await pane.until(shows('is not a regular file'))
    rmSync(box.ledger, { recursive: true })
    box.append(line({ cost_usd: 7 }))
    await pane.until((screen) => shows('$7.00 / $10.00')(screen) && !screen.includes('is not a regular file'))
  })

  it('writes nothing while nothing changes', async () => {
    const pane = openPane(oneDollar())
    await settled(pane)
    const before = pane.bytes().length
    await pause(1200)
    expect(pane.bytes().slice(before)).toBe('')
  })

  it('reads again on `r`, explains itself on `?`, and goes back on Esc', async () => {
    const pane = openPane(oneDollar())
    await settled(pane)
    pane.press('r')
    pane.press('?')
    await pane.until(shows('read the ledger again'))
    pane.press('\u001b')
    await pane.until(shows('$1.00 / $10.00'))
  })

  it('turns to the next day and week by itself, one minute after the other', { timeout: 20_000 }, async () => {
    const box = sandbox()
    box.limits(LIMITS)
    // 2025-12-14 is a Sunday.
    box.append(line({ timestamp: '2025-12-14T23:00:00Z' }))
    const pane = openPane(box, { env: clockAt('2025-12-14T23:59:56Z') })
    await pane.until(shows('$1.00 / $10.00', '23:59'))
    await pane.until(shows('00:00', '$0.00 / $10.00'))
    expect(pane.screen()).toSatisfy(shows('$0.00 / $50.00'))
    expect(pane.screen()).toSatisfy(shows('$1.00 / $200.00'))
  })

  it('stands still on `--now`', async () => {
    const box = oneDollar()
    const pane = openPane(box, {
      args: ['watch', '--now', '2025-12-15T20:15:00Z'],
      env: clockAt('2025-12-15T23:59:58Z'),
    })
    await pane.until(shows('20:15', '$1.00 / $10.00'))
    box.append(line({ timestamp: '2025-12-15T20:16:00Z', session_id: 'later' }), line({ session_id: 'before' }))
    await pane.until(shows('$2.00 / $10.00'))
    await pause(2000)
    expect(pane.screen()).toContain('20:15')
  })
})

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

  it.each(['\u001a', 'SIGTSTP'] as const)('is restored while %j stops us, and taken again after it', async (how) => {
    const box = oneDollar()
    const pane = openPane(box)
    await settled(pane)
    if (how === 'SIGTSTP') pane.signal(how)
    else pane.press(how)
    await pane.until(() => !pane.isAlternate())
    await eventuallyStopped(pane)
    expectRestored(pane)
    box.append(line({ session_id: 's2' }))
    pane.signal('SIGCONT')
    await pane.until((screen) => pane.isAlternate() && shows('$2.00 / $10.00')(screen))
    pane.press('q')
    expect(await pane.ended()).toEqual({ code: 0, signal: 0 })
    expectRestored(pane)
  })

  it.each([
    ['opens', true],
    ['is open', false],
  ])('is restored before the reason of a crash while it %s is told', async (_, atOnce) => {
    const box = oneDollar()
    const unpriced = line({ cost_usd: undefined })
    if (atOnce) box.append(unpriced)
    const clock = clockAt(EARLY_IN_A_MINUTE)
    const pane = openPane(box, { env: { NODE_OPTIONS: `${clock['NODE_OPTIONS']} ${WITHOUT_PRICES}` } })
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
    for (const [columns, rows] of [[1, 1], [5, 3], [20, 5], [40, 12], [60, 16], [200, 60], [80, 24]] as const) {
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
    expect(sequences(pane.bytes()).filter((sequence) => /^\u001b\[(3|4|9|10)\d*[;\d]*m$/.test(sequence))).toEqual([])

    const dumb = openPane(oneDollar(), { env: { TERM: 'dumb' } })
    expect(await dumb.ended()).toEqual({ code: 0, signal: 0 })
    expect(dumb.bytes()).not.toContain('\u001b')
    expect(dumb.screen()).toSatisfy(shows('$1.00 / $10.00'))
  })

  it('gets only our own sequences, whatever names the ledger holds', async () => {
    const box = sandbox()
    box.limits(LIMITS)
    const hostile = '\u001b]0;owned\u0007\u001b[31m\u001b]52;c;aGk=\u0007\u009b2J\u202e\u200b\r\b\u0000x'
    box.append(line({ session_id: hostile, project: hostile, model: hostile, tool: hostile, task_type: hostile }))
    const pane = openPane(box)
    await pane.until(shows('$1.00 / $10.00'))
    pane.press('q')
    await pane.ended()
    expect(sequences(pane.bytes()).filter((sequence) => !OWN_SEQUENCE.test(sequence))).toEqual([])
    // What is left without the sequences may hold no control but the ends of lines, and nothing invisible.
    expect(pane.bytes().replaceAll(ANY_SEQUENCE, '').match(/[^\r\n\P{C}]|[\u200b-\u200f\u202a-\u202e]/gu)).toBeNull()
  })
})

describe('the demo', () => {
  it('is labelled, moves, and leaves no directory behind', async () => {
    const box = sandbox()
    const pane = openPane(box, { args: ['demo'] })
    await pane.until(shows('demo: a simulated day', '/ $10.00'))
    const first = pane.screen()
    await pane.until((screen) => screen !== first && shows('demo: a simulated day')(screen))
    expect(readdirSync(box.temporary)).toHaveLength(1)
    pane.press('q')
    expect(await pane.ended()).toEqual({ code: 0, signal: 0 })
    expect(readdirSync(box.temporary)).toEqual([])
    expect(existsSync(box.costs)).toBe(false)
  })

  it.each([
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ] as const)('leaves no directory behind after %s', async (signal, number) => {
    const box = sandbox()
    const pane = openPane(box, { args: ['demo'] })
    await pane.until(shows('demo: a simulated day'))
    pane.signal(signal)
    expect(await pane.ended()).toMatchObject({ signal: number })
    expectRestored(pane)
    expect(readdirSync(box.temporary)).toEqual([])
  })

  it('leaves no directory behind when it is ended before it is seen', async () => {
    const box = sandbox()
    const pane = openPane(box, { args: ['demo'] })
    await eventually('its directory', () => readdirSync(box.temporary).length > 0)
    pane.signal('SIGTERM')
    expect(await pane.ended()).toMatchObject({ signal: 15 })
    expect(readdirSync(box.temporary)).toEqual([])
  })
})

/** Cursor, erasing, colours, and the modes for the alternate screen, the cursor and synchronized output. */
const OWN_SEQUENCE = /^\u001b\[(\?(1049|25|2026)[hl]|\d*[ABCDGHJK]|[\d;]*m)$/
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

function expectRestored(pane: Terminal): void {
  const bytes = pane.bytes()
  expect(bytes.lastIndexOf('\u001b[?1049l')).toBeGreaterThan(bytes.lastIndexOf('\u001b[?1049h'))
  expect(bytes.lastIndexOf('\u001b[?25h')).toBeGreaterThan(bytes.lastIndexOf('\u001b[?25l'))
  expect(bytes.slice(bytes.lastIndexOf('\u001b[?1049l'))).not.toContain('$1.00')
}

async function eventuallyStopped({ pid }: Terminal): Promise<void> {
  await eventually('the process has stopped', () =>
    /^T/.test(execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).trim()),
  )
}

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN
}
