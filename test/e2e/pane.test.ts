// One after the other is what these promises are about.
/* oxlint-disable no-await-in-loop */
import { mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { pause } from './eventually.ts'
import { LIMITS, oneDollar, openPane, settled, shows } from './pane.ts'
import { clockAt } from './run.ts'
import { line, sandbox } from './sandbox.ts'

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
    // It waited for the user's own ledger; the project has begun one of its own.
    await pane.until(shows('$3.21 / $10.00'))
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
    console.log(
      `append to painted: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${times.length} appends`,
    )
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

  it(
    'turns to the next day and week by itself, one minute after the other',
    { timeout: 20_000 },
    async () => {
      const box = sandbox()
      box.limits(LIMITS)
      // 2025-12-14 is a Sunday.
      box.append(line({ timestamp: '2025-12-14T23:00:00Z' }))
      const pane = openPane(box, { env: clockAt('2025-12-14T23:59:56Z') })
      await pane.until(shows('$1.00 / $10.00', '23:59'))
      await pane.until(shows('00:00', '$0.00 / $10.00'))
      expect(pane.screen()).toSatisfy(shows('$0.00 / $50.00'))
      expect(pane.screen()).toSatisfy(shows('$1.00 / $200.00'))
    },
  )

  it('stands still on `--now`', async () => {
    const box = oneDollar()
    const pane = openPane(box, {
      args: ['watch', '--now', '2025-12-15T20:15:00Z'],
      env: clockAt('2025-12-15T23:59:58Z'),
    })
    await pane.until(shows('20:15', '$1.00 / $10.00'))
    box.append(
      line({ timestamp: '2025-12-15T20:16:00Z', session_id: 'later' }),
      line({ session_id: 'before' }),
    )
    await pane.until(shows('$2.00 / $10.00'))
    await pause(2000)
    expect(pane.screen()).toContain('20:15')
  })
})

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN
}
