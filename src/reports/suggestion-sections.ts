import { picodollarsOf, ratioOf } from '../core/money.ts'
import {
  type Figures,
  NONE,
  type Section,
  type Table,
  type Value,
  count,
  money,
  share,
  word,
} from '../core/report.ts'
import type { Spread } from './spread.ts'
import type { SuggestedLimit, Suggestion, TooThin } from './suggest-limits.ts'

/** The numbers behind suggested limits. */
export function suggestionSections(suggestion: Suggestion): readonly Section[] {
  return [limitTable(suggestion), thresholds(suggestion), weekdayTable(suggestion)]
}

const SPREAD_COLUMNS = [
  { key: 'median_usd', title: 'half up to' },
  { key: 'mostly_usd', title: 'nine of ten up to' },
  { key: 'most_usd', title: 'most' },
]

function limitTable({ limits, lowerBound }: Suggestion): Table {
  return {
    kind: 'table',
    key: 'limits',
    title: 'Limits that fit',
    columns: [
      { key: 'kind', title: 'limit' },
      { key: 'limit_usd', title: 'suggested' },
      { key: 'count', title: 'of' },
      ...SPREAD_COLUMNS,
      { key: 'warned', title: 'warned', expendable: 1 },
      { key: 'over', title: 'over' },
    ],
    rows: limits.map((one) => limitRow(one, lowerBound)),
    total: null,
    left: 0,
  }
}

function limitRow(one: SuggestedLimit | TooThin, lowerBound: boolean): readonly Value[] {
  if (one.kind === 'too-thin') {
    return [word(one.of), NONE, count(one.count), NONE, NONE, NONE, NONE, NONE]
  }
  const { of, limit, spread, warned, over } = one
  return [
    word(of),
    money(limit, false),
    count(spread.count),
    ...spreadValues(spread, lowerBound),
    count(warned),
    count(over),
  ]
}

function thresholds({ thresholdWarning, thresholdCritical }: Suggestion): Figures {
  return {
    kind: 'figures',
    key: 'alerts',
    title: 'Thresholds',
    figures: [
      { key: 'threshold_warning', label: 'warning from', value: shareOf(thresholdWarning) },
      { key: 'threshold_critical', label: 'critical from', value: shareOf(thresholdCritical) },
    ],
  }
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

function weekdayTable({ weekdays, lowerBound }: Suggestion): Table {
  return {
    kind: 'table',
    key: 'weekdays',
    title: 'By weekday',
    columns: [
      { key: 'weekday', title: 'weekday' },
      { key: 'active_days', title: 'active' },
      ...SPREAD_COLUMNS,
    ],
    rows: WEEKDAYS.map((weekday, nth) => {
      const spread = weekdays[nth] ?? null
      const values = spread === null ? [NONE, NONE, NONE] : spreadValues(spread, lowerBound)
      return [word(weekday), count(spread?.count ?? 0), ...values]
    }),
    total: null,
    left: 0,
  }
}

function spreadValues({ median, mostly, most }: Spread, lowerBound: boolean): readonly Value[] {
  return [money(median, lowerBound), money(mostly, lowerBound), money(most, lowerBound)]
}

function shareOf(part: bigint): Value {
  return share(ratioOf(picodollarsOf(part), WHOLE))
}

/** A share of one, in millionths. */
const WHOLE = picodollarsOf(1_000_000n)
