import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planUse } from '../../src/core/plan.ts'
import { name } from '../../src/core/report.ts'
import type { ScreenData } from '../../src/core/screen-data.ts'
import { lineText, lineWidth } from '../../src/formats/line.ts'
import { KEYS } from '../../src/tui/keys.ts'
import { initialState, type PaneState } from '../../src/tui/pane-state.ts'
import { frameOf } from '../../src/tui/view.ts'
import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'
import { aDashboard, anEmptyDashboard, BERLIN, LAST_ALERT, NOW, usd } from './a-dashboard.ts'
import { afterKeys } from './pressing.ts'
import { SESSION_LIST } from './screen-data.ts'

function at(columns: number, rows: number, ...keys: readonly string[]): PaneState {
  const dashboard = aDashboard({ dashboard: { latestAlert: LAST_ALERT } })
  return afterKeys(keys, initialState(dashboard, NOW, { columns, rows }))
}

/** The dashboard of somebody who pays for a plan and beforehand. */
function paid(columns: number, rows: number): PaneState {
  const plan = planUse({ plan: 'max', fee: usd('200') }, { usd: usd('431.20'), lowerBound: false })
  const credits = { left: usd('412.30'), upperBound: false, days: 17, until: NOW + 17 * 86_400_000 }
  const dashboard = aDashboard({ dashboard: { latestAlert: LAST_ALERT, plan, credits } })
  return initialState(dashboard, NOW, { columns, rows })
}

function textOf(state: PaneState, ascii = false): string {
  return frameOf(state, BERLIN, ascii)
    .map((line) => lineText(line).trimEnd())
    .join('\n')
}

describe.each([
  ['sessions', '2'],
  ['one session', '2', 'enter'],
  ['models', '3'],
  ['projects', '4'],
  ['history', '5'],
  ['alerts', '6'],
  ['one alert', '6', 'enter'],
  ['help', '?'],
])('%s', (_screen, ...keys) => {
  test('fits every page, in both alphabets', () => {
    const size = fc.record({
      columns: fc.integer({ min: 0, max: 200 }),
      rows: fc.integer({ min: 0, max: 60 }),
    })
    fc.assert(
      fc.property(size, fc.boolean(), ({ columns, rows }, ascii) => {
        const frame = frameOf(at(columns, rows, ...keys), BERLIN, ascii)
        expect(frame.length).toBeLessThanOrEqual(rows)
        for (const line of frame) expect(lineWidth(line)).toBeLessThanOrEqual(columns)
        if (ascii) expect(frame.map(lineText).join('')).toMatch(/^[ -~]*$/)
      }),
      { numRuns: 20 },
    )
  })
})

describe('the help', () => {
  test.each([
    [38, 12],
    [40, 24],
    [80, 24],
    [120, 30],
    [200, 60],
  ])(
    'cuts nothing in %i columns and %i rows, and goes back from its end with the next key',
    (columns, rows) => {
      const pageAfter = (...more: readonly string[]) =>
        textOf(at(columns, rows, '?', ...more))
          .split('\n')
          .slice(1)
          .join('\n')
      const pages = Array.from({ length: 30 }, (_, nth) => pageAfter(...Array<string>(nth).fill('pagedown')))
      expect(pages.join('\n')).not.toContain('…')
      expect(pages.join('\n')).toContain('almost')
      if (pages[0] !== pages.at(-1)) expect(pageAfter('G', 'k')).not.toBe(pages.at(-1))
    },
  )
})

test.each([['1'], ['2'], ['3']])('no row of screen %s is torn apart where columns are many', (key) => {
  const rows = textOf(at(200, 60, key))
    .split('\n')
    .filter((line) => line.includes('$4.20') && !line.includes('█'))
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) expect(row.length).toBeLessThanOrEqual(130)
})

test('what is shown in full is not counted', () => {
  expect(
    textOf(at(80, 24, '3', 'enter'))
      .split('\n')[2]
      ?.trim(),
  ).toBe('One model')
})

test('no sequence of keys, sizes and numbers breaks the pane', () => {
  const key = fc.constantFrom(...KEYS.flatMap(({ keys }) => keys), 'x', 'é', '🚀')
  const size = fc.record({ columns: fc.integer({ min: 0, max: 200 }), rows: fc.integer({ min: 0, max: 60 }) })
  const dashboard = fc.constantFrom(null, aDashboard(), anEmptyDashboard())
  fc.assert(
    fc.property(size, dashboard, fc.array(key, { maxLength: 30 }), ({ columns, rows }, shown, keys) => {
      const frame = frameOf(afterKeys(keys, initialState(shown, NOW, { columns, rows })), BERLIN, false)
      expect(frame.length).toBeLessThanOrEqual(rows)
      for (const line of frame) expect(lineWidth(line)).toBeLessThanOrEqual(columns)
    }),
    { numRuns: 60 },
  )
})

const HOSTILE = '\u001b]52;c;aGk=\u0007\u202eevil\u009b2J漢字e\u0301' + 'x'.repeat(10_000)

test.each([
  ['sessions', 'sessions'],
  ['models', 'models'],
  ['projects', 'projects'],
  ['alerts', 'alerts'],
] as const)('hostile names are text on the screen of %s', (_what, screen) => {
  const question = { screen, period: 'today', session: null } as const
  const [row] = SESSION_LIST.rows
  if (row === undefined) throw new Error('no row')
  const rows = [{ ...row, key: HOSTILE, cells: row.cells.map(() => name(HOSTILE)) }]
  const lists = [
    { ...SESSION_LIST, title: 'A list', none: HOSTILE, rows },
    { ...SESSION_LIST, none: HOSTILE, rows: [] },
  ]
  const data: ScreenData = { question, facts: [{ label: 'x', value: name(HOSTILE) }], lists, days: [] }
  for (const detail of [null, HOSTILE]) {
    const views = { ...at(80, 24).views, [screen]: { ...at(80, 24).views.models, filter: '' } }
    const state: PaneState = {
      ...at(80, 24),
      screen,
      data,
      views,
      detail: screen === 'sessions' ? null : detail,
    }
    const text = textOf(state)
    expect(text).not.toMatch(ACTS_ON_A_TERMINAL)
    expect(text).toContain('\\x1b]52')
    for (const line of frameOf(state, BERLIN, false)) expect(lineWidth(line)).toBeLessThanOrEqual(80)
  }
})

describe('at 80×24', () => {
  test('sessions', () =>
    expect(textOf(at(80, 24, '2', 'j'))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02    ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────
       Sessions · today · 4
       spend $8.10 · sessions 4 · records 40 · cache hit 71%

           spend  session   project  model                   lasted  used
           $4.20  8be02f41  my-app   opus-5                   1h12m  210%  ■ over
       ›   $1.95  3f9c1d77  my-app   sonnet-5                   14m   97%  ■ critical
         ≥ $1.15  c01d3e02  infra    sonnet-5                    9m   57%  ● ok
           $0.80  77ab1099  docs     haiku-4-5                   6m   40%  ● ok
         ≥ $8.10  total












       1 now 2 sessions 3 models 4 projects 5 history 6 alerts / filter ? help q quit"
    `))
  test('sessions, while a filter is typed', () =>
    expect(textOf(at(80, 24, '2', '/', 'o', 'p', 'u'))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02    ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────
       Sessions · today · 1 of 4 · only "opu"
       spend $8.10 · sessions 4 · records 40 · cache hit 71%

         spend  session   project  model   lasted  last used         used
       › $4.20  8be02f41  my-app   opus-5   1h12m  Sun 22 Nov 14:01  210%  ■ over
















       /opu█ enter keep esc clear"
    `))
  test('one session', () =>
    expect(textOf(at(80, 24, '2', 'enter'))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02    ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────
       One session
       session 8be02f41-9c1d-4e6f-8a2b-3c4d5e6f7a8b · spend $4.20

       By model (1)
         model                                                                  spend
       › opus-5                                                                 $4.20

       By hour (1)
         hour              spend
         Sun 22 Nov 14:00  $4.20











       1 now 2 sessions 3 models 4 projects 5 history 6 alerts esc back ? help q quit"
    `))
  test('models, sorted by share', () =>
    expect(textOf(at(80, 24, '3', 's', 's', 's'))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02    ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────
       Models · today · 3 · by share
       spend $8.10 · sessions 4 · records 40 · cache hit 71%

         model                                           spend  share▾    $/M  output
       › opus-5                                          $4.20     51%  $2.51   12.3M
         sonnet-5                                        $3.10     38%  $2.51   98.7k
         haiku-4-5                                       $0.80      9%  $2.51     987














       1 now 2 sessions 3 models 4 projects 5 history 6 alerts / filter ? help q quit"
    `))
  test('projects', () =>
    expect(textOf(at(80, 24, '4'))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02    ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────
       Projects and tools · today
       spend $8.10 · sessions 4 · records 40 · cache hit 71%

       Projects (2)
         project                                                                spend
       › my-app                                                                 $6.15
         infra                                                                  $1.15

       Tools (1)
         tool                                     spend  a session  sessions/d  a day
         claude-code                              $8.10      $2.02           4  $8.10










       1 now 2 sessions 3 models 4 projects 5 history 6 alerts / filter ? help q quit"
    `))
  test('history', () =>
    expect(textOf(at(80, 24, '5'))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02    ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────
       History

       The last 30 days
          $10.00   █     ▆     ▄     ▁   █     ▆     ▄     ▁   █     ▆     ▄
                   █ ▇   █ ▄   █ ▂   █   █ ▇   █ ▄   █ ▂   █   █ ▇   █ ▄   █
                 █ █ █ ▅ █ █ ▃ █ █ ─ █ █ █ █ ▅ █ █ ▃ █ █ ─ █ █ █ █ ▅ █ █ ▃ █
                 24 Oct                        8 Nov                    today

              Jan  Feb Mar Apr May  Jun Jul Aug  Sep Oct  Nov
       Sun ··············································█▒█░▓
           ··············································▒·▒█
       Tue ··············································░▓░▒
           ··············································█░▓░
       Thu ··············································▒█▒█
           ··············································░▒·▒
       Sat ·············································░▓░▓░
           a year: less ·░▒▓█ more
       Week over week (3)
         week of      spend  change
       › 2026-11-16  $37.00      0%
         2026-11-09  $36.00     +2%
       1 now 2 sessions 3 models 4 projects 5 history 6 alerts / filter ? help q quit"
    `))
  test('alerts', () =>
    expect(textOf(at(80, 24, '6'))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02    ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────
       Alerts and decisions

       Alerts (2)
         when              alert
       › Sun 22 Nov 13:51  opus/daily is over its limit: $4.20 of $4.00    ■ over
         Sun 22 Nov 12:02  daily reached 80%: $8.00 of $10.00              ▲ warning

       Decisions
         no model was lowered so far












       1 now 2 sessions 3 models 4 projects 5 history 6 alerts / filter ? help q quit"
    `))
  test('one alert', () =>
    expect(textOf(at(80, 24, '6', 'enter'))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02    ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────
       In full

       when         Sun 22 Nov 13:51
       alert        opus/daily is over its limit: $4.20 of $4.00
       level        ■ over
















       1 now 2 sessions 3 models 4 projects 5 history 6 alerts esc back ? help q quit"
    `))
  test('sessions in ASCII', () =>
    expect(textOf(at(80, 24, '2'), true)).toMatchInlineSnapshot(`
      " ai-costs  my-app - Europe/Berlin - Sun 22 Nov 14:02      OVER session 8be02f41
       ------------------------------------------------------------------------------
       Sessions - today - 4
       spend $8.10 - sessions 4 - records 40 - cache hit 71%

            spend  session   project  model      lasted  last used         used
       >    $4.20  8be02f41  my-app   opus-5      1h12m  Sun 22 Nov 14:01  210%  OVER
            $1.95  3f9c1d77  my-app   sonnet-5      14m  Sun 22 Nov 14:01   97%  CRIT
         >= $1.15  c01d3e02  infra    sonnet-5       9m  Sun 22 Nov 14:01   57%  ok
            $0.80  77ab1099  docs     haiku-4-5      6m  Sun 22 Nov 14:01   40%  ok
         >= $8.10  total












       1 now 2 sessions 3 models 4 projects 5 history 6 alerts / filter ? help q quit"
    `))
  test('help', () =>
    expect(textOf(at(80, 24, '?'))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02    ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────
       Keys
       1                      budgets, and who spends them
       2                      every session, and how its cost came about
       3                      models with their tokens, and what a million of them
                              came to
       4                      projects, tools and task types
       5                      days, weeks and a year
       6                      alerts, downgrades and overrides
       tab right              the next screen
       shift-tab left         the screen before
       j down                 one row down
       k up                   one row up
       pagedown space ctrl-d  a page down
       pageup ctrl-u          a page up
       g home                 the first row
       G end                  the last row
       enter                  all there is to say of the row
       esc enter              back to the rows
       t                      today, this week, this month, all time
       s                      sort by the next column
       S                      turn the order around
       1 now 2 sessions 3 models 4 projects 5 history 6 alerts esc back q quit"
    `))
  test('now, with a plan and credits', () =>
    expect(textOf(paid(80, 26))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02    ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────
       Daily      █████████████████╎██████▎─────    $8.10 /  $10.00   81%  ▲ warning
                  even pace 58% · 9h58m left
       Weekly     █████████▏──────────────────╎─   $15.30 /  $50.00   30%  ● ok
       Monthly    ████████████▏────────╎────────   $81.20 / $200.00   40%  ● ok
       Session    █████████████████████████████▎    $1.95 /   $2.00   97%  ■ critical
                  3f9c1d77 · claude-code · claude-sonnet-5 · 14m
       opus/daily █████████████████╎████████████    $4.20 /   $4.00  105%  ■ over

       Top sessions today (4)     cache hit 71%   30 d ▁▂▃▁▄▆▃▂▃█▆▄▃▂▁▃▂▄▆▃▂▂▅▇▃▄▂▃▆█
           $4.20  8be02f41  my-app  opus-5     bugfix        1h12m   210%  ■ over
           $1.95  3f9c1d77  my-app  sonnet-5   feature         14m    97%  ■ critical
           $1.15  c01d3e02  infra   sonnet-5   review           9m    57%  ● ok
           $0.80  77ab1099  docs    haiku-4-5  docs             6m    40%  ● ok

       Models     opus-5 $4.20 51%   sonnet-5 $3.10 38%   haiku-4-5 $0.80 9%
       Plan       max $200.00/month · $431.20 at API prices this month (2.1×)
       Credits    $412.30 left · until Wed 9 Dec
       Last       13:51 opus/daily is over its limit: $4.20 of $4.00
       Data       complete: 40 records today, all read and priced




       1 now 2 sessions 3 models 4 projects 5 history 6 alerts z snooze ? help q quit"
    `))
})

describe('at 40×12', () => {
  test('sessions', () =>
    expect(textOf(at(40, 12, '2'))).toMatchInlineSnapshot(`
      " ■ OVER session 8be02f41          14:02
       Sessions · today · 4
       spend $8.10 · sessions 4 · records 40
           spend session  used
       ›   $4.20 8be02f41 210% ■ over
           $1.95 3f9c1d77  97% ■ critical
         ≥ $1.15 c01d3e02  57% ● ok
           $0.80 77ab1099  40% ● ok
         ≥ $8.10 total


       1 now / filter ? help q quit"
    `))
  test('models', () =>
    expect(textOf(at(40, 12, '3'))).toMatchInlineSnapshot(`
      " ■ OVER session 8be02f41          14:02
       Models · today · 3
       spend $8.10 · sessions 4 · records 40
         model       spend share   $/M output
       › opus-5      $4.20   51% $2.51  12.3M
         sonnet-5    $3.10   38% $2.51  98.7k
         haiku-4-5   $0.80    9% $2.51    987




       1 now / filter ? help q quit"
    `))
  test('projects', () =>
    expect(textOf(at(40, 12, '4'))).toMatchInlineSnapshot(`
      " ■ OVER session 8be02f41          14:02
       Projects and tools · today
       spend $8.10 · sessions 4 · records 40
       Projects (2)
         project                        spend
       › my-app                         $6.15
         infra                          $1.15
       Tools (1)
         tool           spend a session a day
         claude-code    $8.10     $2.02 $8.10

       1 now / filter ? help q quit"
    `))
  test('history', () =>
    expect(textOf(at(40, 12, '5'))).toMatchInlineSnapshot(`
      " ■ OVER session 8be02f41          14:02
       History
       The last 28 days
          $10.00   ▆  ▄  ▁ █  ▆  ▄  ▁ █  ▆  ▄
                 ▇ █▄ █▂ █ █▇ █▄ █▂ █ █▇ █▄ █
                 █▅██▃██─████▅██▃██─████▅██▃█
                 26 Oct                 today
       Week over week (3)
         week of     spend change
       › 2026-11-16 $37.00     0%
         2026-11-09 $36.00    +2%
       1 now / filter ? help q quit"
    `))
  test('alerts', () =>
    expect(textOf(at(40, 12, '6'))).toMatchInlineSnapshot(`
      " ■ OVER session 8be02f41          14:02
       Alerts and decisions
       Alerts (2)
         when         alert
       › 22 Nov 13:51 opus/daily … ■ over
         22 Nov 12:02 daily reach… ▲ warning
       Decisions
         no model was lowered so far



       1 now / filter ? help q quit"
    `))
  test('one session', () =>
    expect(textOf(at(40, 12, '2', 'enter'))).toMatchInlineSnapshot(`
      " ■ OVER session 8be02f41          14:02
       One session
       session 8be02f41-9c1d-4e6f-8a2b-3c4d5…
       By model (1)
         model                          spend
       › opus-5                         $4.20
       By hour (1)
         hour         spend
         22 Nov 14:00 $4.20


       1 now esc back ? help q quit"
    `))
  test('help', () =>
    expect(textOf(at(40, 12, '?'))).toMatchInlineSnapshot(`
      " ■ OVER session 8be02f41          14:02
       Keys
       1           budgets, and who spends
                   them
       2           every session, and how its
                   cost came about
       3           models with their tokens,
                   and what a million of them
                   came to
       4           projects, tools and task
                   types
       1 now 2 sessions esc back q quit"
    `))
  test('now, with a plan and credits', () =>
    expect(textOf(paid(40, 16))).toMatchInlineSnapshot(`
      " ■ OVER session 8be02f41          14:02
       Daily      █████╎██── ▲   81%    $8.10
       Weekly     ███──────╎ ●   30%   $15.30
       Monthly    ████───╎── ●   40%   $81.20
       Session    █████████▊ ■   97%    $1.95
       opus/daily █████╎████ ■  105%    $4.20
       Sessions (4)             cache hit 71%
         $4.20 8be02f41 opus-5     ■ over
         $1.95 3f9c1d77 sonnet-5   ■ critical
         $1.15 c01d3e02 sonnet-5   ● ok
       Models     opus-5 $4.20 51%   +2
       Plan       max · $431.20 (2.1×)
       Credits    $412.30 left · until Wed 9…
       Last       13:51 opus/daily is over i…
       Data       complete, 40 records today
       1 now 2 sessions ? help q quit"
    `))
})

describe('at 120×30', () => {
  test('sessions', () =>
    expect(textOf(at(120, 30, '2'))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02                                            ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Sessions · today · 4
       spend $8.10 · sessions 4 · records 40 · cache hit 71%

           spend  session   project  model                                         lasted  last used         used
       ›   $4.20  8be02f41  my-app   claude-opus-5                                  1h12m  Sun 22 Nov 14:01  210%  ■ over
           $1.95  3f9c1d77  my-app   claude-sonnet-5                                  14m  Sun 22 Nov 14:01   97%  ■ critical
         ≥ $1.15  c01d3e02  infra    claude-sonnet-5                                   9m  Sun 22 Nov 14:01   57%  ● ok
           $0.80  77ab1099  docs     claude-haiku-4-5                                  6m  Sun 22 Nov 14:01   40%  ● ok
         ≥ $8.10  total


















       1 now 2 sessions 3 models 4 projects 5 history 6 alerts enter detail t period s sort / filter z snooze ? help q quit"
    `))
  test('history', () =>
    expect(textOf(at(120, 30, '5'))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02                                            ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       History

       The last 30 days                                                    Jan  Feb Mar Apr May  Jun Jul Aug  Sep Oct  Nov
          $10.00  █  ▁       █  ▁       █  ▁                        Sun ··············································█▒█░▓
                  █  █  ▂    █  █  ▂    █  █  ▂                         ··············································▒·▒█
                  █  █  █  ▃ █  █  █  ▃ █  █  █                     Tue ··············································░▓░▒
                  █▄ █  █  █ █▄ █  █  █ █▄ █  █                         ··············································█░▓░
                  ██ █▄ █  █ ██ █▄ █  █ ██ █▄ █                     Thu ··············································▒█▒█
                  ██ ██ █▅ █ ██ ██ █▅ █ ██ ██ █                         ··············································░▒·▒
                 ▆██ ██ ██ █▆██ ██ ██ █▆██ ██ █                     Sat ·············································░▓░▓░
                 ███▇██ ██ ████▇██ ██ ████▇██ █                         a year: less ·░▒▓█ more
                 █████████─██████████─█████████
                 24 Oct                   today

       Week over week (3)
         week of      spend  change
       › 2026-11-16  $37.00      0%
         2026-11-09  $36.00     +2%
         2026-11-02  $35.00     +4%








       1 now 2 sessions 3 models 4 projects 5 history 6 alerts enter detail s sort / filter r re-read z snooze ? help q quit"
    `))
  test('now, with charts', () =>
    expect(textOf(at(120, 34))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02                                            ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Daily      ████████████████████████████████████████╎███████████████▋─────────────    $8.10 /  $10.00   81%  ▲ warning
                  even pace 58% · 9h58m left
       Weekly     █████████████████████▍───────────────────────────────────────────╎────   $15.30 /  $50.00   30%  ● ok
       Monthly    ████████████████████████████▍─────────────────────╎───────────────────   $81.20 / $200.00   40%  ● ok
       Session    ████████████████████████████████████████████████████████████████████▎─    $1.95 /   $2.00   97%  ■ critical
                  3f9c1d77 · claude-code · claude-sonnet-5 · 14m
       opus/daily ████████████████████████████████████████╎█████████████████████████████    $4.20 /   $4.00  105%  ■ over

       Top sessions today (4)                                             cache hit 71%   30 d ▁▂▃▁▄▆▃▂▃█▆▄▃▂▁▃▂▄▆▃▂▂▅▇▃▄▂▃▆█
           $4.20  8be02f41  my-app  claude-opus-5     bugfix                                         1h12m   210%  ■ over
           $1.95  3f9c1d77  my-app  claude-sonnet-5   feature                                          14m    97%  ■ critical
           $1.15  c01d3e02  infra   claude-sonnet-5   review                                            9m    57%  ● ok
           $0.80  77ab1099  docs    claude-haiku-4-5  docs                                              6m    40%  ● ok

       Models     claude-opus-5 $4.20 51%   claude-sonnet-5 $3.10 38%   claude-haiku-4-5 $0.80 9%
       Last       13:51 opus/daily is over its limit: $4.20 of $4.00
       Data       complete: 40 records today, all read and priced


       The last 30 days                                             Today's models
           $8.00                              █                     claude-opus-5                  $4.20 ████████████████████
                          ▆                   █                     claude-sonnet-5                $3.10 ██████████████▊
                          █             ▄     █                     claude-haiku-4-5               $0.80 ███▊
                      ▂   █▂       ▂    █    ▂█
                      █   ██       █    █    ██
                      █   ██       █   ██    ██
                     ▆█   ██▆     ▆█   ██ ▆  ██
                   ▄ ██▄ ▄███▄  ▄ ██▄  ██▄█ ▄██
                  ▂█ ███▂█████▂ █▂███▂▂████▂███
                 ─██─██████████─███████████████
                 25 Oct                   today
       1 now 2 sessions 3 models 4 projects 5 history 6 alerts r re-read z snooze w write ? help q quit"
    `))
  test('models', () =>
    expect(textOf(at(120, 30, '3'))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02                                            ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Models · today · 3
       spend $8.10 · sessions 4 · records 40 · cache hit 71%

         model                                                                                spend  share    $/M      output
       › claude-opus-5                                                                        $4.20    51%  $2.51  12,345,678
         claude-sonnet-5                                                                      $3.10    38%  $2.51      98,765
         claude-haiku-4-5                                                                     $0.80     9%  $2.51         987




















       1 now 2 sessions 3 models 4 projects 5 history 6 alerts enter detail t period s sort / filter z snooze ? help q quit"
    `))
  test('projects', () =>
    expect(textOf(at(120, 30, '4'))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02                                            ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Projects and tools · today
       spend $8.10 · sessions 4 · records 40 · cache hit 71%

       Projects (2)
         project                                                                                                        spend
       › my-app                                                                                                         $6.15
         infra                                                                                                          $1.15

       Tools (1)
         tool                                                                             spend  a session  sessions/d  a day
         claude-code                                                                      $8.10      $2.02           4  $8.10
















       1 now 2 sessions 3 models 4 projects 5 history 6 alerts enter detail t period s sort / filter z snooze ? help q quit"
    `))
  test('alerts', () =>
    expect(textOf(at(120, 30, '6'))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02                                            ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Alerts and decisions

       Alerts (2)
         when              alert
       › Sun 22 Nov 13:51  opus/daily is over its limit: $4.20 of $4.00                                            ■ over
         Sun 22 Nov 12:02  daily reached 80%: $8.00 of $10.00                                                      ▲ warning

       Decisions
         no model was lowered so far


















       1 now 2 sessions 3 models 4 projects 5 history 6 alerts enter detail s sort / filter r re-read z snooze ? help q quit"
    `))
  test('one session', () =>
    expect(textOf(at(120, 30, '2', 'enter'))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02                                            ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       One session
       session 8be02f41-9c1d-4e6f-8a2b-3c4d5e6f7a8b · spend $4.20

       By model (1)
         model                                                                                                          spend
       › claude-opus-5                                                                                                  $4.20

       By hour (1)
         hour              spend
         Sun 22 Nov 14:00  $4.20

















       1 now 2 sessions 3 models 4 projects 5 history 6 alerts esc back s sort r re-read z snooze w write ? help q quit"
    `))
  test('help', () =>
    expect(textOf(at(120, 30, '?'))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02                                            ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Keys                                                       Levels
       1                      budgets, and who spends them        ● ok                   below the warning threshold
       2                      every session, and how its cost     ▲ warning              at or above the warning threshold
                              came about                          ■ critical             at or above the critical threshold
       3                      models with their tokens, and what  ■ over                 the limit is used up
                              a million of them came to           ? unknown              something could not be priced or
       4                      projects, tools and task types                             read, so nobody can tell
       5                      days, weeks and a year
       6                      alerts, downgrades and overrides    Signs
       tab right              the next screen                     ╎                      where an even spend would be by
       shift-tab left         the screen before                                          now
       j down                 one row down                        ≥                      at least: some of it could not be
       k up                   one row up                                                 priced or read
       pagedown space ctrl-d  a page down                         %                      always rounded down: 100% is
       pageup ctrl-u          a page up                                                  reached, never almost
       g home                 the first row
       G end                  the last row
       enter                  all there is to say of the row
       esc enter              back to the rows
       t                      today, this week, this month, all
                              time
       s                      sort by the next column
       S                      turn the order around
       /                      only rows with this text, as you
                              type
       enter                  keep the filter
       esc                    drop the filter, or else the alert
       1 now 2 sessions 3 models 4 projects 5 history 6 alerts w write esc back q quit"
    `))
  test('now, with a plan and credits', () =>
    expect(textOf(paid(120, 26))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02                                            ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Daily      ████████████████████████████████████████╎███████████████▋─────────────    $8.10 /  $10.00   81%  ▲ warning
                  even pace 58% · 9h58m left
       Weekly     █████████████████████▍───────────────────────────────────────────╎────   $15.30 /  $50.00   30%  ● ok
       Monthly    ████████████████████████████▍─────────────────────╎───────────────────   $81.20 / $200.00   40%  ● ok
       Session    ████████████████████████████████████████████████████████████████████▎─    $1.95 /   $2.00   97%  ■ critical
                  3f9c1d77 · claude-code · claude-sonnet-5 · 14m
       opus/daily ████████████████████████████████████████╎█████████████████████████████    $4.20 /   $4.00  105%  ■ over

       Top sessions today (4)                                             cache hit 71%   30 d ▁▂▃▁▄▆▃▂▃█▆▄▃▂▁▃▂▄▆▃▂▂▅▇▃▄▂▃▆█
           $4.20  8be02f41  my-app  claude-opus-5     bugfix                                         1h12m   210%  ■ over
           $1.95  3f9c1d77  my-app  claude-sonnet-5   feature                                          14m    97%  ■ critical
           $1.15  c01d3e02  infra   claude-sonnet-5   review                                            9m    57%  ● ok
           $0.80  77ab1099  docs    claude-haiku-4-5  docs                                              6m    40%  ● ok

       Models     claude-opus-5 $4.20 51%   claude-sonnet-5 $3.10 38%   claude-haiku-4-5 $0.80 9%
       Plan       max $200.00/month · $431.20 at API prices this month (2.1×)
       Credits    $412.30 left · until Wed 9 Dec
       Last       13:51 opus/daily is over its limit: $4.20 of $4.00
       Data       complete: 40 records today, all read and priced




       1 now 2 sessions 3 models 4 projects 5 history 6 alerts r re-read z snooze w write ? help q quit"
    `))
})

describe('at 200×60', () => {
  test('now', () =>
    expect(textOf(at(200, 60))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02                                                                                                                            ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Daily      ██████████████████████████████████████████████╎█████████████████▊───────────────    $8.10 /  $10.00   81%  ▲ warning
                  even pace 58% · 9h58m left
       Weekly     ████████████████████████▍──────────────────────────────────────────────────╎────   $15.30 /  $50.00   30%  ● ok
       Monthly    ████████████████████████████████▍────────────────────────╎──────────────────────   $81.20 / $200.00   40%  ● ok
       Session    ██████████████████████████████████████████████████████████████████████████████──    $1.95 /   $2.00   97%  ■ critical
                  3f9c1d77 · claude-code · claude-sonnet-5 · 14m
       opus/daily ██████████████████████████████████████████████╎█████████████████████████████████    $4.20 /   $4.00  105%  ■ over

       Top sessions today (4)                                                       cache hit 71%   30 d ▁▂▃▁▄▆▃▂▃█▆▄▃▂▁▃▂▄▆▃▂▂▅▇▃▄▂▃▆█
           $4.20  8be02f41  my-app  claude-opus-5     bugfix                                                   1h12m   210%  ■ over
           $1.95  3f9c1d77  my-app  claude-sonnet-5   feature                                                    14m    97%  ■ critical
           $1.15  c01d3e02  infra   claude-sonnet-5   review                                                      9m    57%  ● ok
           $0.80  77ab1099  docs    claude-haiku-4-5  docs                                                        6m    40%  ● ok

       Models     claude-opus-5 $4.20 51%   claude-sonnet-5 $3.10 38%   claude-haiku-4-5 $0.80 9%
       Last       13:51 opus/daily is over its limit: $4.20 of $4.00
       Data       complete: 40 records today, all read and priced


       The last 30 days                                                                                     Today's models
           $8.00                                                           █                                claude-opus-5                  $4.20 ████████████████████████████████████████████████████████████
                                                                           █                                claude-sonnet-5                $3.10 ████████████████████████████████████████████▎
                                   ▆                                       █                                claude-haiku-4-5               $0.80 ███████████▍
                                   █                                       █
                                   █                           ▄           █
                                   █                           █           █
                           ▂       █ ▂               ▂         █         ▂ █
                           █       █ █               █         █         █ █
                           █       █ █               █         █         █ █
                           █       █ █               █       █ █         █ █
                           █       █ █               █       █ █         █ █
                         ▆ █       █ █ ▆           ▆ █       █ █   ▆     █ █
                         █ █       █ █ █           █ █       █ █   █     █ █
                     ▄   █ █ ▄   ▄ █ █ █ ▄     ▄   █ █ ▄     █ █ ▄ █   ▄ █ █
                     █   █ █ █   █ █ █ █ █     █   █ █ █     █ █ █ █   █ █ █
                   ▂ █   █ █ █ ▂ █ █ █ █ █ ▂   █ ▂ █ █ █ ▂ ▂ █ █ █ █ ▂ █ █ █
                   █ █   █ █ █ █ █ █ █ █ █ █   █ █ █ █ █ █ █ █ █ █ █ █ █ █ █
                 ─ █ █ ─ █ █ █ █ █ █ █ █ █ █ ─ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █
                 25 Oct                        9 Nov                    today


















       1 now 2 sessions 3 models 4 projects 5 history 6 alerts r re-read z snooze w write ? help q quit"
    `))
  test('projects beside tools', () =>
    expect(textOf(at(200, 24, '4'))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02                                                                                                                            ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Projects and tools · today
       spend $8.10 · sessions 4 · records 40 · cache hit 71%

       Projects (2)                                                                                         Tools (1)
         project                                                                                   spend      tool                                                        spend  a session  sessions/d  a day
       › my-app                                                                                    $6.15      claude-code                                                 $8.10      $2.02           4  $8.10
         infra                                                                                     $1.15














       1 now 2 sessions 3 models 4 projects 5 history 6 alerts enter detail t period s sort / filter r re-read z snooze w write ? help q quit"
    `))
  test('history, with three months of days', () =>
    expect(textOf(at(200, 30, '5'))).toMatchInlineSnapshot(`
      " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02                                                                                                                            ■ OVER session 8be02f41
       ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       History

       The last 90 days                                                                                                                                    Jan  Feb Mar Apr May  Jun Jul Aug  Sep Oct  Nov
          $10.00                                                              █  ▁       █  ▁       █  ▁                                            Sun ··············································█▒█░▓
                                                                              █  █  ▂    █  █  ▂    █  █  ▂                                             ··············································▒·▒█
                                                                              █  █  █  ▃ █  █  █  ▃ █  █  █                                         Tue ··············································░▓░▒
                                                                              █▄ █  █  █ █▄ █  █  █ █▄ █  █                                             ··············································█░▓░
                                                                              ██ █▄ █  █ ██ █▄ █  █ ██ █▄ █                                         Thu ··············································▒█▒█
                                                                              ██ ██ █▅ █ ██ ██ █▅ █ ██ ██ █                                             ··············································░▒·▒
                                                                             ▆██ ██ ██ █▆██ ██ ██ █▆██ ██ █                                         Sat ·············································░▓░▓░
                                                                             ███▇██ ██ ████▇██ ██ ████▇██ █                                             a year: less ·░▒▓█ more
                 ────────────────────────────────────────────────────────────█████████─██████████─█████████
                 25 Aug                                       9 Oct                                   today

       Week over week (3)
         week of      spend  change
       › 2026-11-16  $37.00      0%
         2026-11-09  $36.00     +2%
         2026-11-02  $35.00     +4%








       1 now 2 sessions 3 models 4 projects 5 history 6 alerts enter detail s sort / filter r re-read z snooze w write ? help q quit"
    `))
})
