import { createCalendar } from '../../src/core/calendar.ts'
import { CLEAN } from '../../src/core/quality.ts'
import { type Report, type Value, count, instant, money, name, share, word } from '../../src/core/report.ts'
import type { ReportPage } from '../../src/formats/report-format.ts'
import { usd } from '../kit/a-budget.ts'

export const PAGE: ReportPage = { columns: 80, ascii: false, calendar: createCalendar('Europe/Berlin') }

/** A report with every kind of section and of value; what it calls its rows can be chosen. */
export function aReport(names: readonly string[] = ['opus', 'haiku'], change: Partial<Report> = {}): Report {
  return {
    name: 'daily',
    title: 'AI cost report: 2025-12-15',
    span: {
      first: '2025-12-15',
      last: '2025-12-15',
      start: Date.UTC(2025, 11, 14, 23),
      end: Date.UTC(2025, 11, 15, 23),
    },
    zone: 'Europe/Berlin',
    asOf: Date.UTC(2025, 11, 15, 14, 30),
    filters: {},
    sections: [
      {
        kind: 'figures',
        key: 'total',
        title: 'Total',
        figures: [
          { key: 'cost_usd', label: 'total spend', value: money(usd('3'), true) },
          { key: 'session_id', label: 'session', value: name(names[0]!) },
        ],
      },
      {
        kind: 'series',
        key: 'days',
        title: 'By day',
        parts: names,
        points: [
          { label: '2025-12-14', amounts: names.map(() => usd('0.5')), lowerBound: false },
          { label: '2025-12-15', amounts: names.map(() => usd('1.5')), lowerBound: true },
        ],
      },
      {
        kind: 'table',
        key: 'models',
        title: 'By model',
        columns: ['model', 'cost_usd', 'share', 'tokens', 'change', 'ratio', 'last', 'lasted', 'average'].map(
          (key) => ({ key, title: key.replace('_usd', '') }),
        ),
        rows: names.map(row),
        total: [word('total'), money(usd('3'), true), ...row('').slice(2)],
        left: 3,
      },
    ],
    quality: CLEAN,
    ...change,
  }
}

function row(text: string): readonly Value[] {
  return [
    name(text),
    money(usd('1.5'), true),
    share(0.62),
    count(1200),
    { kind: 'change', change: -0.034 },
    { kind: 'number', number: 0.915 },
    instant(Date.UTC(2025, 11, 15, 23, 30)),
    { kind: 'duration', ms: 90_000 },
    { kind: 'none' },
  ]
}
