import { describe, expect, it } from 'vitest'
import type { ActiveOverrides, Allow, Raise } from '../../src/core/override.ts'
import { lineText } from '../../src/formats/line.ts'
import { overrideLines } from '../../src/formats/override-lines.ts'
import { usd } from '../kit/a-budget.ts'
import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'
import { CURRENT, NOW, aDashboard } from '../tui/a-dashboard.ts'

const HOUR = 3_600_000

function aRaise(rest: Partial<Raise> = {}): Raise {
  const span = { id: 'r1', timestamp: NOW, until: NOW + HOUR }
  return { kind: 'raise', ...span, budget: 'daily', by: usd('5'), why: null, ...rest }
}

function anAllow(sessionId: string | null): Allow {
  return { kind: 'allow', id: 'a1', timestamp: NOW, until: NOW + HOUR / 2, sessionId, why: null }
}

function shown(overrides: Partial<ActiveOverrides>, now = NOW, ascii = false): string[] {
  const active = { allows: [], raises: [], snoozedUntil: null, ...overrides }
  const dashboard = aDashboard({ dashboard: { overrides: active } })
  return overrideLines(dashboard, now, { columns: 100, rows: 30, ascii }).map(
    ({ title, line }) => `${title}: ${lineText(line)}`,
  )
}

describe('overrides on a page', () => {
  it('take no line while there are none', () => {
    expect(shown({})).toEqual([])
  })

  it('say by how much each limit is raised, and how long that lasts', () => {
    const raises = [
      aRaise(),
      aRaise({ by: usd('1'), until: NOW + 2 * HOUR }),
      aRaise({ budget: 'opus/daily' }),
    ]
    expect(shown({ raises })).toEqual(['Raised: daily by $6.00, 1h left', ': opus/daily by $5.00, 1h left'])
    expect(shown({ raises: [aRaise()] }, NOW + HOUR / 2)).toEqual(['Raised: daily by $5.00, 30m left'])
  })

  it('say nothing of a budget that is not set', () => {
    expect(shown({ raises: [aRaise({ budget: 'gone' })] })).toEqual([])
  })

  it('say which session passes hooks, by the name that it has everywhere', () => {
    expect(shown({ allows: [anAllow(null), anAllow(CURRENT)] })).toEqual([
      'Allowed: everything passes hooks, 30m left',
      expect.stringMatching(/^: 3f9c1d77\S* passes hooks, 30m left$/),
    ])
  })

  it('are plain text whatever a session is called', () => {
    const lines = shown({ allows: [anAllow('\u001b[2J\u202eé')] }, NOW, true)
    expect(lines.join('')).not.toMatch(ACTS_ON_A_TERMINAL)
    expect(lines.join('')).toMatch(/^[ -~]+$/)
  })
})
