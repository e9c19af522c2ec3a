import { count, instant, money, name, share, word } from '../../src/core/report.ts'
import type {
  ListRow,
  ScreenData,
  ScreenDay,
  ScreenList,
  ScreenQuestion,
} from '../../src/core/screen-data.ts'
import { LAST_ALERT, NOW, SESSIONS, usd } from './a-dashboard.ts'

const DAY = 86_400_000
const HOUR = 3_600_000

/** What a desk would answer to a question about the busy afternoon of `aDashboard`. */
export function anAnswer(question: ScreenQuestion): ScreenData {
  if (question.session !== null) return { question, ...ABOUT_ONE, days: [] }
  switch (question.screen) {
    case 'sessions':
      return { question, facts: FACTS, lists: [SESSION_LIST], days: [] }
    case 'models':
      return { question, facts: FACTS, lists: [MODEL_LIST], days: [] }
    case 'projects':
      return { question, facts: FACTS, lists: [PROJECT_LIST, TOOL_LIST], days: [] }
    case 'history':
      return { question, facts: [], lists: [WEEK_LIST], days: YEAR }
    case 'alerts':
      return { question, facts: [], lists: [ALERT_LIST, NO_DECISIONS], days: [] }
  }
}

const FACTS = [
  { label: 'spend', value: money(usd('8.10'), false) },
  { label: 'sessions', value: count(4) },
  { label: 'records', value: count(40) },
  { label: 'cache hit', value: share(0.71) },
]

function list(change: Partial<ScreenList> & Pick<ScreenList, 'title' | 'columns' | 'rows'>): ScreenList {
  return { total: null, left: 0, none: 'nothing recorded', ...change }
}

const STANDINGS = ['over', 'critical', 'ok', 'ok'] as const
const RATIOS = [2.1, 0.97, 0.57, 0.4]

export const SESSION_LIST = list({
  title: 'Sessions',
  columns: [
    { key: 'cost_usd', title: 'spend' },
    { key: 'session_id', title: 'session', isId: true },
    { key: 'project', title: 'project', isText: true, expendable: 4 },
    { key: 'model', title: 'model', isText: true, expendable: 3 },
    { key: 'duration', title: 'lasted', expendable: 7 },
    { key: 'last', title: 'last used', expendable: 9 },
    { key: 'ratio', title: 'used', expendable: 1 },
  ],
  rows: SESSIONS.map((session, nth): ListRow => ({
    key: session.id,
    cells: [
      money(session.whole.usd, nth === 2),
      name(session.id),
      name(session.project),
      name(session.model),
      { kind: 'duration', ms: session.last - session.first },
      instant(session.last),
      share(RATIOS[nth] ?? null),
    ],
    standing: STANDINGS[nth] ?? null,
  })),
  total: [money(usd('8.10'), true), word('total'), ...Array.from({ length: 5 }, () => word(''))],
})

const MODEL_LIST = list({
  title: 'Models',
  columns: [
    { key: 'model', title: 'model', isText: true },
    { key: 'cost_usd', title: 'spend' },
    { key: 'share', title: 'share' },
    { key: 'usd_per_million', title: '$/M', expendable: 6 },
    { key: 'output', title: 'output', expendable: 7 },
  ],
  rows: [
    ['claude-opus-5', '4.20', 0.51, 12_345_678],
    ['claude-sonnet-5', '3.10', 0.38, 98_765],
    ['claude-haiku-4-5', '0.80', 0.09, 987],
  ].map(([model, cost, part, output]) => ({
    key: `model ${model}`,
    cells: [
      name(String(model)),
      money(usd(String(cost)), false),
      share(Number(part)),
      money(usd('2.51'), false),
      count(Number(output)),
    ],
    standing: null,
  })),
})

const PROJECT_LIST = list({
  title: 'Projects',
  columns: [
    { key: 'project', title: 'project', isText: true },
    { key: 'cost_usd', title: 'spend' },
  ],
  rows: [
    { key: 'project my-app', cells: [name('my-app'), money(usd('6.15'), false)], standing: null },
    { key: 'project infra', cells: [name('infra'), money(usd('1.15'), false)], standing: null },
  ],
})

const TOOL_LIST = list({
  title: 'Tools',
  columns: [
    { key: 'tool', title: 'tool', isText: true },
    { key: 'cost_usd', title: 'spend' },
    { key: 'cost_per_session_usd', title: 'a session' },
    { key: 'sessions_per_day', title: 'sessions/d', expendable: 1 },
    { key: 'cost_per_day_usd', title: 'a day' },
  ],
  rows: [
    {
      key: 'tool claude-code',
      cells: [
        name('claude-code'),
        money(usd('8.10'), false),
        money(usd('2.02'), false),
        { kind: 'number', number: 4 },
        money(usd('8.10'), false),
      ],
      standing: null,
    },
  ],
})

/** Fifty weeks and a day, of which the last thirty have spend. */
const YEAR: readonly ScreenDay[] = Array.from({ length: 351 }, (_, nth) => ({
  start: NOW - 14 * HOUR - (350 - nth) * DAY,
  weekday: nth % 7,
  usd: usd(nth < 321 ? '0' : String((nth * 7) % 11)),
  lowerBound: false,
}))

const WEEK_LIST = list({
  title: 'Week over week',
  columns: [
    { key: 'week', title: 'week of' },
    { key: 'cost_usd', title: 'spend' },
    { key: 'change', title: 'change', expendable: 1 },
  ],
  rows: ['2026-11-16', '2026-11-09', '2026-11-02'].map((week, nth) => ({
    key: `week ${week}`,
    cells: [word(week), money(usd(String(37 - nth)), false), { kind: 'change', change: 0.02 * nth }],
    standing: null,
  })),
})

const ALERT_LIST = list({
  title: 'Alerts',
  columns: [
    { key: 'at', title: 'when' },
    { key: 'alert', title: 'alert', isText: true },
  ],
  rows: [
    {
      key: LAST_ALERT.id,
      cells: [instant(LAST_ALERT.timestamp), name(LAST_ALERT.message)],
      standing: 'over',
    },
    {
      key: '01b',
      cells: [instant(NOW - 2 * HOUR), name('daily reached 80%: $8.00 of $10.00')],
      standing: 'warning',
    },
  ],
})

const NO_DECISIONS = list({
  title: 'Decisions',
  columns: [{ key: 'at', title: 'when' }],
  rows: [],
  none: 'no model was lowered so far',
})

const ABOUT_ONE = {
  facts: [
    { label: 'session', value: name(SESSIONS[0]?.id ?? '') },
    { label: 'spend', value: money(usd('4.20'), false) },
  ],
  lists: [
    list({
      title: 'By model',
      columns: [
        { key: 'model', title: 'model', isText: true },
        { key: 'cost_usd', title: 'spend' },
      ],
      rows: [
        {
          key: 'model claude-opus-5',
          cells: [name('claude-opus-5'), money(usd('4.20'), false)],
          standing: null,
        },
      ],
    }),
    list({
      title: 'By hour',
      columns: [
        { key: 'hour', title: 'hour' },
        { key: 'cost_usd', title: 'spend' },
      ],
      rows: [
        { key: 'hour 1', cells: [instant(NOW - 2 * 60_000), money(usd('4.20'), false)], standing: null },
      ],
    }),
  ],
}
