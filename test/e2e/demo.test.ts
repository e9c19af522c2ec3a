import { existsSync, readdirSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { eventually } from './eventually.ts'
import { expectRestored, openPane, shows } from './pane.ts'
import { sandbox } from './sandbox.ts'

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
