import { describe, expect, it } from 'vitest'
import { callOf } from '../../src/commands/desk.ts'
import { LiveDesk } from '../../src/commands/live-desk.ts'
import { LiveScreens } from '../../src/commands/live-screens.ts'
import type { Value } from '../../src/core/report.ts'
import type { DataScreen, ScreenData, ScreenList, ScreenPeriod } from '../../src/core/screen-data.ts'
import { decimalText } from '../../src/core/money.ts'
import { type FakeSystem, LEDGER, LIMITS, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { instant, usage } from '../kit/fold-lines.ts'

const nothing = (): void => {}

interface World {
  readonly system: FakeSystem
  readonly desk: LiveDesk
  readonly screens: LiveScreens
  readonly answers: ScreenData[]
}

async function opened(texts: Readonly<Record<string, string>>): Promise<World> {
  const system = fakeSystem(texts)
  const answers: ScreenData[] = []
  const call = Object.assign(callOf({ arguments: [], options: {} }, system), { raisesAlerts: false })
  const desk: LiveDesk = new LiveDesk(call, system, {
    show: nothing,
    banner: nothing,
    progress: nothing,
    tick: nothing,
    style: nothing,
    changed: () => screens.changed(),
  })
  const screens = new LiveScreens(system, () => desk.ground, {
    answer: (data) => void answers.push(data),
    progress: nothing,
  })
  await desk.start()
  return { system, desk, screens, answers }
}

function asked(
  { screens, answers }: World,
  screen: DataScreen,
  period: ScreenPeriod = 'all',
  session: string | null = null,
): ScreenData {
  screens.ask({ screen, period, session })
  const answer = answers.at(-1)
  if (answer === undefined) throw new Error('no answer')
  return answer
}

/** A list in short: one text for each row. */
function rowsOf(list: ScreenList | undefined): string[] {
  return (list?.rows ?? []).map(({ cells, standing }) =>
    [...cells.map(textOf), ...(standing === null ? [] : [standing])].filter((text) => text !== '').join(' '),
  )
}

function textOf(value: Value): string {
  switch (value.kind) {
    case 'money':
      return `${value.lowerBound ? '>=' : ''}${decimalText(value.usd)}`
    case 'name':
      return value.name
    case 'word':
      return value.word
    case 'count':
      return String(value.count)
    case 'share':
      return `${value.share}`
    case 'number':
      return String(value.number)
    case 'change':
      return `${value.change}`
    default:
      return ''
  }
}

function spend(id: string, cost: number, more: Readonly<Record<string, unknown>> = {}): string {
  return `${usage({ v: 1, id, cost_usd: cost, ...more })}\n`
}

function alertLine(id: string, message: string): string {
  const about = { v: 1, id, timestamp: '2025-12-15T10:00:00Z', kind: 'threshold', level: 'warning' }
  return `${JSON.stringify({ ...about, message })}\n`
}

const TODAY = spend('a', 1, { session_id: 'one', project: 'shop', tool: 'claude-code', task_type: 'bugfix' })
const LATER = spend('b', 3, { session_id: 'two', project: 'infra', tool: 'codex', model: 'gpt-5' })
const MONTHS_AGO = spend('c', 7, {
  session_id: 'old',
  project: 'shop',
  tool: 'codex',
  timestamp: '2025-06-02T10:00:00Z',
})
const WORLD = { [LEDGER]: TODAY + LATER + MONTHS_AGO, [LIMITS]: 'budgets: { per_session: 2 }\n' }

describe('sessions', () => {
  it('are judged on their whole cost, also those of months ago, with all their labels', async () => {
    const world = await opened(WORLD)
    expect(rowsOf(asked(world, 'sessions').lists[0])).toEqual([
      '7 old shop claude-sonnet-4 codex 3.5 over',
      '3 two infra gpt-5 codex 1.5 over',
      '1 one shop claude-sonnet-4 bugfix claude-code 0.5 ok',
    ])
    expect(rowsOf(asked(world, 'sessions', 'today').lists[0])).toHaveLength(2)
  })

  it('follow the ledger while they are shown', async () => {
    const world = await opened(WORLD)
    asked(world, 'sessions', 'today')
    world.system.texts.set(LEDGER, WORLD[LEDGER] + spend('d', 5, { session_id: 'one' }))
    world.desk.look()
    expect(rowsOf(world.answers.at(-1)?.lists[0])[0]).toContain('6 one')
  })

  it('cost nothing while another screen is shown', async () => {
    const world = await opened(WORLD)
    asked(world, 'sessions', 'today')
    world.screens.ask(null)
    const before = world.answers.length
    world.system.texts.set(LEDGER, WORLD[LEDGER] + spend('d', 5))
    world.desk.look()
    world.screens.minute()
    expect(world.answers).toHaveLength(before)
    expect(asked(world, 'sessions', 'today').facts[0]).toMatchObject({ label: 'spend' })
  })

  it('tell of one its budget, models, prices and hours', async () => {
    const more = spend('e', 0.5, { session_id: 'one', timestamp: '2025-12-15T12:10:00Z' })
    const world = await opened({ ...WORLD, [LEDGER]: WORLD[LEDGER] + more })
    const [budgets, models, prices, hours] = asked(world, 'sessions', 'today', 'one').lists
    expect(rowsOf(budgets)).toEqual(['per_session 1.5 2 0.75 ok'])
    expect(rowsOf(models)).toEqual(['claude-sonnet-4 1.5 1 2'])
    expect(rowsOf(prices)).toEqual([
      'claude-sonnet-4 input 200 $3.00/M 0.0006',
      'claude-sonnet-4 output 20 $15.00/M 0.0003',
    ])
    expect(rowsOf(hours)).toEqual(['0.5 1', '1 1'])
  })

  it('of months ago are told by what budgets they would have used, as in the list', async () => {
    const limits =
      'budgets: { per_session: 2, scoped: [{ project: shop, per_session: 20 }, { project: infra, per_session: 1 }] }\n'
    const world = await opened({ ...WORLD, [LIMITS]: limits })
    const [budgets] = asked(world, 'sessions', 'all', 'old').lists
    expect(rowsOf(budgets)).toEqual(['per_session 7 2 3.5 over', 'project=shop/per_session 7 20 0.35 ok'])
    const listed = asked(world, 'sessions').lists[0]?.rows.find(({ key }) => key === 'old')
    expect(listed?.standing).toBe('over')
  })
})

describe('other screens', () => {
  it('tell models by what they cost', async () => {
    const rows = rowsOf(asked(await opened(WORLD), 'models').lists[0])
    expect(rows.map((row) => row.split(' ').slice(0, 2))).toEqual([
      ['claude-sonnet-4', '8'],
      ['gpt-5', '3'],
    ])
  })

  it('tell projects, tools and task types', async () => {
    const [projects, tools, tasks] = asked(await opened(WORLD), 'projects', 'today').lists
    expect(rowsOf(projects).map((row) => row.split(' ')[0])).toEqual(['infra', 'shop'])
    // Spend, share, a session, sessions a day, a day, sessions.
    expect(rowsOf(tools)).toEqual(['codex 3 0.75 3 1 3 1', 'claude-code 1 0.25 1 1 1 1'])
    expect(rowsOf(tasks)).toHaveLength(2)
  })

  it('tell a year of days, and each week beside the one before', async () => {
    const { days, lists } = asked(await opened(WORLD), 'history')
    expect(days.length).toBeGreaterThan(364)
    expect(days.at(-1)?.usd).toBe(4_000_000_000_000n)
    expect(days.filter(({ usd }) => usd > 0n)).toHaveLength(2)
    expect(rowsOf(lists[0])[0]).toBe('2025-12-15 4 null 0 4 1')
  })

  it('tell alerts, the newest first, without what a hostile line holds', async () => {
    const log = `${alertLine('1', 'daily at 80%')}{broken\n${alertLine('2', 'a\u001b[2Jb')}`
    const world = await opened({ ...WORLD, [`${PROJECT}/.ai-costs/alerts.log`]: log })
    expect(rowsOf(asked(world, 'alerts').lists[0])).toEqual(['a\\x1b[2Jb warning', 'daily at 80% warning'])
  })
})

it('answers nothing before there are numbers, and then what was asked meanwhile', async () => {
  const system = fakeSystem(WORLD)
  const answers: ScreenData[] = []
  const screens: LiveScreens = new LiveScreens(system, () => desk.ground, {
    answer: (data) => void answers.push(data),
    progress: nothing,
  })
  const call = Object.assign(callOf({ arguments: [], options: {} }, system), { raisesAlerts: false })
  const display = { show: nothing, banner: nothing, progress: nothing, tick: nothing, style: nothing }
  const desk: LiveDesk = new LiveDesk(call, system, { ...display, changed: () => screens.changed() })
  screens.ask({ screen: 'models', period: 'all', session: null })
  expect(answers).toEqual([])
  await desk.start()
  expect(answers).toHaveLength(1)
  expect(instant('2025-12-15T14:30:00Z')).toBe(system.now)
})
