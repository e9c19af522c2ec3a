import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { openPane, shows } from './pane.ts'
import { clockAt } from './run.ts'
import { NOW, type Sandbox, sandbox, spent } from './sandbox.ts'

const at = { env: clockAt(NOW) }
/** Clocks of later processes are ahead of those of earlier ones. */
const later = { env: clockAt('2025-12-15T14:30:20Z') }
const nextDay = { env: clockAt('2025-12-16T00:00:01Z') }

/** $9.70 of $10.00 are spent. */
function nearlySpent(): Sandbox {
  const box = sandbox()
  box.limits('budgets: { daily: 10, weekly: 50 }\n')
  box.append(spent(9.7))
  return box
}

describe('a raise', () => {
  it('counts in the very next call, with a cache and without, until it is over', async () => {
    const box = nearlySpent()
    expect((await box.run(['check', '--quiet'], at)).code).toBe(2)
    const raised = await box.run(
      ['raise', 'daily', '+5', '--until', 'tonight', '--why', '$(touch pwned)'],
      at,
    )
    expect(raised).toMatchObject({ code: 0, stderr: '' })
    expect(raised.stdout).toMatch(
      /^Raised daily from \$10\.00 to \$15\.00 until 00:00 on Tue 16 Dec \(UTC\)\n/,
    )
    expect(statSync(join(box.costs, 'overrides.jsonl')).mode & 0o777).toBe(0o600)
    const [cached, whole] = [await box.run(['check'], later), await box.run(['check', '--no-cache'], later)]
    expect(cached).toEqual(whole)
    expect(cached.code).toBe(0)
    expect(cached.stdout).toContain('daily raised by $5.00 until 2025-12-16T00:00Z ($(touch pwned))')
    box.append(spent(20, { timestamp: '2025-12-16T00:00:00Z', session_id: 's2' }))
    expect((await box.run(['check', '--json', '--budget', 'daily'], nextDay)).stdout).not.toContain('raised')
    const ended = await box.run(['raise', 'end'], later)
    expect(ended.stdout).toMatch(/^Ended: raise daily \+\$5\.00 /)
  })

  it('that another process makes shows in an open pane', async () => {
    const box = nearlySpent()
    const pane = openPane(box)
    await pane.until(shows('$9.70 / $10.00'))
    await box.run(['raise', 'daily', '+5', '--during', '2h'], at)
    await pane.until(shows('$9.70 / $15.00', 'Raised', 'daily by $5.00'))
    // The clock of the pane began two seconds past the minute.
    await box.run(['raise', 'end', 'daily'], { env: clockAt('2025-12-15T14:30:01Z') })
    await pane.until(shows('$9.70 / $10.00'))
  })
})

describe('an allow', () => {
  it('is on record, is said, and can be ended', async () => {
    const box = nearlySpent()
    const allowed = await box.run(['allow', '--session', 's1', '--during', '30m', '--why', 'demo'], at)
    expect(allowed.stdout).toMatch(
      /^Allowed: hooks block nothing in session s1 until 15:00 on Mon 15 Dec \(UTC\)\n/,
    )
    const checked = await box.run(['check'], later)
    expect(checked.code).toBe(2)
    expect(checked.stdout).toContain('hooks block nothing in session s1 until 2025-12-15T15:00Z (demo)')
    expect((await box.run(['allow', 'end'], later)).code).toBe(0)
    const lines = readFileSync(join(box.costs, 'overrides.jsonl'), 'utf8').trimEnd().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual(['allow', 'end'])
  })

  it('begins the own ledger where there is none, and none in a project', async () => {
    const box = sandbox()
    expect((await box.run(['allow'], at)).code).toBe(0)
    expect(readFileSync(join(box.home, '.ai-costs/overrides.jsonl'), 'utf8')).toContain('"kind":"allow"')
    expect(() => statSync(box.costs)).toThrow('ENOENT')
  })
})

it('whatever lies in the place of the overrides stops nobody, and is written to by nobody', async () => {
  const box = nearlySpent()
  const overrides = join(box.costs, 'overrides.jsonl')
  const elsewhere = join(box.home, 'elsewhere')
  writeFileSync(elsewhere, 'mine\n')
  const things = [
    () => symlinkSync(elsewhere, overrides),
    () => execFileSync('mkfifo', [overrides]),
    () => mkdirSync(overrides),
  ]
  for (const put of things) {
    put()
    // One after the other: they lie in one place.
    // oxlint-disable-next-line no-await-in-loop
    const [judged, raised] = [await box.run(['check'], at), await box.run(['raise', 'daily', '+5'], at)]
    expect(judged.code).toBe(2)
    expect(judged.stderr).toContain('so no limit is raised and nothing is allowed')
    expect(raised).toMatchObject({ code: 1, stdout: '' })
    rmSync(overrides, { recursive: true })
  }
  expect(readFileSync(elsewhere, 'utf8')).toBe('mine\n')
})
