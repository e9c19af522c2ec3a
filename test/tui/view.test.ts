import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Dashboard } from '../../src/core/dashboard.ts'
import { lineText, lineWidth } from '../../src/formats/line.ts'
import { SCREEN_NAMES } from '../../src/tui/screen-name.ts'
import { initialState, type PaneState } from '../../src/tui/pane-state.ts'
import { frameOf } from '../../src/tui/view.ts'
import {
  aBudget,
  aDashboard,
  anEmptyDashboard,
  aSession,
  BERLIN,
  BUDGETS,
  CURRENT,
  NOW,
  spend,
} from './a-dashboard.ts'

function aState(
  dashboard: Dashboard | null,
  columns = 80,
  rows = 24,
  change: Partial<PaneState> = {},
): PaneState {
  return { ...initialState(dashboard, NOW, { columns, rows }), ...change }
}

function linesOf(state: PaneState, ascii = false): string[] {
  return frameOf(state, BERLIN, ascii).map((line) => lineText(line).trimEnd())
}

function textOf(state: PaneState, ascii = false): string {
  return linesOf(state, ascii).join('\n')
}

function dailyColumns(dashboard: Dashboard): number[] {
  const daily = linesOf(aState(dashboard)).find((line) => line.includes('Daily')) ?? ''
  return [daily.indexOf('/'), daily.indexOf('%'), daily.search(/[●▲■]/)]
}

/** A model without a price, and more that is wrong than anybody wants to see at once. */
const DOUBTFUL = {
  spent: { daily: spend('8.10', 2) },
  snapshot: {
    quality: {
      badLines: 1,
      rejected: 0,
      unpriced: [{ model: 'acme-1', records: 2, tokens: 900, fix: 'add to prices.yaml: prices: […]' }],
      undated: 1,
      future: 0,
      notes: [
        'sessions.jsonl shrank from 812 to 0 bytes, spend below may be incomplete: look for a copy of it',
      ],
    },
  },
}

describe('the dashboard', () => {
  test('at 80×24 shows every budget, who spends, and what the numbers leave out', () => {
    expect(textOf(aState(aDashboard()))).toMatchInlineSnapshot(`
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
       Data       complete: 40 records today, all read and priced





       1 now 2 sessions 3 models 4 projects 5 history 6 alerts z snooze ? help q quit"
    `)
  })

  test('at 120×30 has room for whole names', () => {
    expect(textOf(aState(aDashboard(), 120, 30))).toMatchInlineSnapshot(`
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
       Data       complete: 40 records today, all read and priced


       The last 30 days                                             Today's models
           $8.00          ▁                   █                     claude-opus-5                  $4.20 ████████████████████
                          █             ▂     █                     claude-sonnet-5                $3.10 ██████████████▊
                      ▃   █▃       ▃    █    ▃█                     claude-haiku-4-5               $0.80 ███▊
                      █   ██       █   ▄█    ██
                     ▅█   ██▅     ▅█   ██ ▅  ██
                   ▆ ██▆ ▆███▆  ▆ ██▆  ██▆█ ▆██
                 ─▇█─███▇█████▇─█▇███▇▇████▇███
                 25 Oct                   today
       1 now 2 sessions 3 models 4 projects 5 history 6 alerts r re-read z snooze w write ? help q quit"
    `)
  })

  test('at 40×12 keeps budgets, levels and the dearest sessions', () => {
    expect(textOf(aState(aDashboard(), 40, 12))).toMatchInlineSnapshot(`
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
       1 now 2 sessions ? help q quit"
    `)
  })

  test('at 80×1 is that one line', () => {
    expect(linesOf(aState(aDashboard(), 80, 1))).toEqual(linesOf(aState(aDashboard(), 80, 5)))
  })

  test('at 29×5 is one line', () => {
    expect(linesOf(aState(aDashboard(), 29, 5))).toEqual(['■ session 210% · daily 81%'])
  })

  test('in ASCII needs nothing else', () => {
    expect(textOf(aState(aDashboard(), 70, 16), true)).toMatchInlineSnapshot(`
      " my-app - Europe/Berlin - Sun 22 Nov 14:02      OVER session 8be02f41
       --------------------------------------------------------------------
       Daily      ###############|#####-----    $8.10 /  $10.00   81%  WARN
       Weekly     #######-----------------|-   $15.30 /  $50.00   30%  ok
       Monthly    ##########--------|-------   $81.20 / $200.00   40%  ok
       Session    #########################-    $1.95 /   $2.00   97%  CRIT
       opus/daily ###############|##########    $4.20 /   $4.00  105%  OVER

       Top sessions today (4)                                 cache hit 71%
           $4.20  8be02f41  my-app  opus-5    bugfix     1h12m   210%  OVER
           $1.95  3f9c1d77  my-app  sonnet-5  feature      14m    97%  CRIT
           $1.15  c01d3e02  infra   sonnet-5  review        9m    57%  ok

       Models     opus-5 $4.20 51%   sonnet-5 $3.10 38%   +1
       Data       complete: 40 records today, all read and priced
       1 now 2 sessions 3 models 4 projects 5 history ? help q quit"
    `)
  })

  test.each([
    [60, 24, ['its first record\n', 'import\n', 'ai-costs log MODEL IN OUT\n', 'ai-costs demo\n']],
    [40, 12, ['looks at   …p/.ai-costs/sessions.jsonl\n', 'its first record\n', 'log MODEL IN OUT\n']],
    [30, 8, ['Nothing recorded yet\n', 'next       ai-costs import\n']],
  ])('at %i×%i cuts no word of what to type', (columns, rows, words) => {
    const text = textOf(aState(anEmptyDashboard(), columns, rows))
    for (const word of words) expect(text).toContain(word)
  })

  test('without a ledger says where it looks, what it waits for and what to type', () => {
    const text = textOf(aState(anEmptyDashboard()))
    expect(text).toContain('looks at   /home/ada/my-app/.ai-costs/sessions.jsonl')
    expect(text).toContain('waits for  its first record')
    expect(text).toContain('next       ai-costs import')
    expect(text).toContain('ai-costs log')
    expect(text).toContain('built-in limits (no cost-limits.yaml)')
  })

  test('before the first numbers says how much has been read', () => {
    expect(textOf(aState(null, 80, 24, { progress: 0.4 }))).toMatch(/Reading the ledger {2}█+─+ {2}40%/)
  })

  test('with old numbers says how much has been read', () => {
    expect(linesOf(aState(aDashboard(), 80, 24, { progress: 0.4 })).at(-1)).toMatch(/reading 40%$/)
  })

  test('keeps the numbers under a banner that names file, line and fix', () => {
    const banner = { kind: 'error', text: 'cost-limits.yaml:3:10: daily is "ten"; write a number' } as const
    const text = textOf(aState(aDashboard(), 80, 24, { banner }))
    expect(text).toContain(' ! cost-limits.yaml:3:10: daily is "ten"; write a number\n')
    expect(text).toContain('$8.10 /  $10.00   81%  ▲ warning')
  })

  const TROUBLE = {
    kind: 'error',
    text: '/home/ada/work/my-app/.ai-config/cost-limits.yaml:3:10: budgets.daily is "ten", which is not a number — write 10.00',
  } as const

  test.each([
    [
      80,
      24,
      [
        ' ! /home/ada/work/my-app/.ai-config/cost-limits.yaml:3:10: budgets.daily is',
        '   "ten", which is not a number — write 10.00',
      ],
    ],
    [
      40,
      16,
      [' ! cost-limits.yaml:3:10: budgets.daily', '   is "ten", which is not a number —', '   write 10.00'],
    ],
    [40, 12, [' ! cost-limits.yaml:3:10: budgets.daily', '   is "ten", which is not a number — w…']],
    [30, 8, [' ! cost-limits.yaml:3:10: bu…']],
  ])('at %i×%i says in a banner what is wrong rather than where the file lies', (columns, rows, lines) => {
    const text = textOf(aState(aDashboard(), columns, rows, { banner: TROUBLE }))
    expect(text).toContain(`\n${lines.join('\n')}\n Daily `)
  })

  test('says "at least" where something could not be priced, and who shows the fix', () => {
    const text = textOf(aState(aDashboard(DOUBTFUL)))
    expect(text).toContain('≥ $8.10 /  $10.00')
    expect(text).toContain('Data       acme-1 unpriced (2 records) — ai-costs check shows the fix\n')
  })

  describe('says what the numbers leave out in whole sentences, and how much more there is', () => {
    test('at 120 columns', () => {
      expect(textOf(aState(aDashboard(DOUBTFUL), 120, 24))).toMatchInlineSnapshot(`
        " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02                                            ■ OVER session 8be02f41
         ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         Daily      ████████████████████████████████████████╎███████████████▋─────────────  ≥ $8.10 /  $10.00   81%  ▲ warning
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
         Data       acme-1 unpriced (2 records) — ai-costs check shows the fix
                    1 unreadable line — ai-costs check shows where
                    and 2 more — ai-costs check shows all



         1 now 2 sessions 3 models 4 projects 5 history 6 alerts r re-read z snooze w write ? help q quit"
      `)
    })

    test('at 80 columns', () => {
      expect(textOf(aState(aDashboard(DOUBTFUL), 80, 24))).toMatchInlineSnapshot(`
        " ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02    ■ OVER session 8be02f41
         ──────────────────────────────────────────────────────────────────────────────
         Daily      █████████████████╎██████▎─────  ≥ $8.10 /  $10.00   81%  ▲ warning
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
         Data       acme-1 unpriced (2 records) — ai-costs check shows the fix
                    1 unreadable line — ai-costs check shows where
                    and 2 more — ai-costs check shows all



         1 now 2 sessions 3 models 4 projects 5 history 6 alerts z snooze ? help q quit"
      `)
    })

    test('at 40 columns', () => {
      expect(textOf(aState(aDashboard(DOUBTFUL), 40, 20))).toMatchInlineSnapshot(`
        " ■ OVER session 8be02f41          14:02
         Daily      █████╎██── ▲   81%  ≥ $8.10
         Weekly     ███──────╎ ●   30%   $15.30
         Monthly    ████───╎── ●   40%   $81.20
         Session    █████████▊ ■   97%    $1.95
         opus/daily █████╎████ ■  105%    $4.20
         Sessions (4)             cache hit 71%
           $4.20 8be02f41 opus-5     ■ over
           $1.95 3f9c1d77 sonnet-5   ■ critical
           $1.15 c01d3e02 sonnet-5   ● ok
           $0.80 77ab1099 haiku-4-5  ● ok
         Models     opus-5 $4.20 51%   +2
         Data       acme-1 unpriced (2 records)
                    1 unreadable line
                    and 2 more




         1 now 2 sessions ? help q quit"
      `)
    })

    test('at 40 columns on few rows, in one line', () => {
      expect(textOf(aState(aDashboard(DOUBTFUL), 40, 12))).toMatchInlineSnapshot(`
        " ■ OVER session 8be02f41          14:02
         Daily      █████╎██── ▲   81%  ≥ $8.10
         Weekly     ███──────╎ ●   30%   $15.30
         Monthly    ████───╎── ●   40%   $81.20
         Session    █████████▊ ■   97%    $1.95
         opus/daily █████╎████ ■  105%    $4.20
         Sessions (4)             cache hit 71%
           $4.20 8be02f41 opus-5     ■ over
           $1.95 3f9c1d77 sonnet-5   ■ critical
           $1.15 c01d3e02 sonnet-5   ● ok
         Data       unpriced: acme-1 +3
         1 now 2 sessions ? help q quit"
      `)
    })

    test.each([
      [29, '■ session 210% · daily 81%'],
      [60, '■ session 210% · daily ≥ $8.10/$10.00 81% · unpriced: acme-1'],
    ])('in one line of %i columns, behind what is worse', (columns, line) => {
      expect(linesOf(aState(aDashboard(DOUBTFUL), columns, 5))).toEqual([line])
    })

    test.each([
      [29, '▲ daily 3% · unpriced: acme-1'],
      [24, '▲ daily 3% · unpriced: …'],
      [60, '▲ daily ≥ $0.30/$10.00 3% · unpriced: acme-1'],
    ])('in one line of %i columns as the reason why a few percent are a warning', (columns, line) => {
      const dashboard = aDashboard({
        ...DOUBTFUL,
        budgets: BUDGETS.slice(0, 1),
        spent: { daily: spend('0.30', 2) },
      })
      expect(linesOf(aState(dashboard, columns, 5))).toEqual([line])
    })
  })

  test('says so when no budget is set', () => {
    expect(linesOf(aState(aDashboard({ budgets: [] })))[0]).toMatch(/no budget set$/)
  })

  test.each([
    [80, ['my-app/weekly', 'my-app/monthly', 'claude-code/daily', 'a-very-lon…/weekly']],
    [60, ['my-app/weekly', 'my-a…/monthly', 'claude…/daily', 'a-ver…/weekly']],
    [40, ['my-a…/weekly', 'my-…/monthly', 'claud…/daily', 'a-ve…/weekly']],
  ])('at %i columns keeps what tells scoped budgets apart', (columns, titles) => {
    const budgets = [
      aBudget('project=my-app/weekly', '4', { project: 'my-app' }),
      aBudget('project=my-app/monthly', '4', { project: 'my-app' }),
      aBudget('tool=claude-code/daily', '4', { tool: 'claude-code' }),
      aBudget('enhancement=a-very-long-name/weekly', '4', { enhancement: 'a-very-long-name' }),
    ]
    const spent = Object.fromEntries(budgets.map(({ id }) => [id, spend('1')]))
    const lines = linesOf(aState(aDashboard({ budgets, spent }), columns))
    expect(lines.map((line) => line.trim().split(' ')[0])).toEqual(expect.arrayContaining(titles))
  })

  test.each([
    [30, 8],
    [36, 10],
    [60, 16],
    [80, 24],
  ])('at %i×%i cuts no number for the sake of a title', (columns, rows) => {
    const budgets = [aBudget('enhancement=a-very-long-name/daily', '10', { enhancement: 'x' })]
    const spent = { 'enhancement=a-very-long-name/daily': spend('8.12', 1) }
    expect(textOf(aState(aDashboard({ budgets, spent }), columns, rows))).toMatch(
      /81% .*≥ \$8\.12|≥ \$8\.12 .*81%/,
    )
  })

  test.each([16, 19, 20, 24])('on %i rows tells of all that is wrong, or how much more there is', (rows) => {
    const text = textOf(aState(aDashboard(DOUBTFUL), 80, rows))
    expect(text).toMatch(
      rows < 20 ? 'Data       acme-1 unpriced (2 records), and 3 more' : '           and 2 more',
    )
  })

  test('keeps header, footer and the four main budgets when there are more budgets than rows', () => {
    const scoped = Array.from({ length: 40 }, (_, i) =>
      aBudget(`team-${i}/daily`, '4', { project: `team-${i}` }),
    )
    const spent = Object.fromEntries(scoped.map(({ id }, i) => [id, spend(String(i))]))
    const lines = linesOf(aState(aDashboard({ budgets: [...scoped, ...BUDGETS], spent }), 80, 16))
    expect(lines).toHaveLength(16)
    expect(lines[0]).toContain('Europe/Berlin')
    expect(lines.at(-1)).toContain('q quit')
    expect(lines.map((line) => line.trim().split(' ')[0])).toEqual(
      expect.arrayContaining(['Daily', 'Weekly', 'Monthly', 'Session', 'team-39/daily']),
    )
  })

  test('keeps every number in its column when the numbers change', () => {
    expect(dailyColumns(aDashboard({ spent: { daily: spend('0') } }))).toEqual(dailyColumns(aDashboard()))
  })
})

describe('the help', () => {
  const WORDS = ['ctrl-c', 'esc ?', 'ctrl-z', '▲ warning', '■ over', '╎', '≥']

  test('lists every key and every sign', () => {
    const text = textOf(aState(aDashboard(), 120, 60, { screen: 'help' }))
    for (const word of WORDS) expect(text).toContain(word)
  })

  test('can be read to its end where it is longer than the page', () => {
    const pages = [0, 10, 20, 30, 60].map((helpTop) =>
      textOf(aState(aDashboard(), 80, 24, { screen: 'help', helpTop })),
    )
    for (const word of WORDS) expect(pages.join('\n')).toContain(word)
    expect(pages.at(-1)).toContain('always rounded down')
  })
})

const EVIL = '\u001b]52;c;aGk=\u0007\u202e日本\n👩\u200d💻\u009b2J\ud800'

const evil = aDashboard({
  budgets: [...BUDGETS, aBudget(`${EVIL}/daily`, '1', { project: EVIL })],
  spent: { [`${EVIL}/daily`]: spend('3', 1) },
  sessions: [
    aSession(EVIL, '123456.78', 1e7, { project: EVIL, model: EVIL.repeat(20), taskType: EVIL, tool: EVIL }),
    aSession(CURRENT, '0.00001', 0, { project: EVIL.repeat(9) }),
  ],
  dashboard: {
    project: EVIL.repeat(30),
    ledgerPath: EVIL,
    models: [{ model: EVIL, spend: spend('1', 1) }],
    builtInLimits: true,
  },
  snapshot: {
    quality: {
      badLines: 1,
      rejected: 1,
      unpriced: [{ model: EVIL, records: 1, tokens: 1, fix: EVIL }],
      undated: 1,
      future: 1,
      notes: [EVIL],
    },
  },
})

describe('every frame', () => {
  const states = fc.record({
    dashboard: fc.constantFrom(null, aDashboard(), anEmptyDashboard(), evil),
    columns: fc.integer({ min: 0, max: 200 }),
    rows: fc.integer({ min: 0, max: 60 }),
    screen: fc.constantFrom(...SCREEN_NAMES),
    progress: fc.constantFrom(null, 0, 0.4, NaN),
    banner: fc.constantFrom(
      null,
      { kind: 'error', text: EVIL.repeat(10) } as const,
      { kind: 'notice', text: '' } as const,
    ),
  })

  test('fits its terminal, holds nothing but printable text, and is ASCII where asked', () => {
    fc.assert(
      fc.property(states, fc.boolean(), ({ dashboard, columns, rows, ...change }, ascii) => {
        const frame = frameOf(aState(dashboard, columns, rows, change), BERLIN, ascii)
        expect(frame.length).toBeLessThanOrEqual(rows)
        for (const line of frame) {
          expect(lineWidth(line)).toBeLessThanOrEqual(columns)
          expect(lineText(line)).toMatch(ascii ? /^[\x20-\x7e]*$/ : /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u)
        }
      }),
      { numRuns: 1500 },
    )
  })

  test('has its footer in the last row, whatever stands above', () => {
    fc.assert(
      fc.property(states, ({ dashboard, columns, rows, ...change }) => {
        fc.pre(columns >= 30 && rows >= 6)
        const lines = linesOf(aState(dashboard, columns, rows, change))
        expect(lines).toHaveLength(rows)
        expect(lines.at(-1)).toContain('q quit')
      }),
    )
  })
})
