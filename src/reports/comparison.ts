import { type Money, minus, ratioOf } from '../core/money.ts'
import { type Table, type Value, count, money, word } from '../core/report.ts'
import { cacheHitRatio } from '../core/snapshot.ts'
import { type DaySpan, daysIn, spanBefore, spanText, upTo } from './day-span.ts'
import type { Asked } from './question.ts'
import { type Sum, perSession, totalOf } from './sums.ts'
import { select } from './usage.ts'

/** How some days compare with as many before them, also by as many of them as have come; nothing for an open span. */
export function comparison(asked: Asked, total: Sum): readonly Table[] {
  const { usage, span, kind, today } = asked
  if (!Number.isFinite(daysIn(span)) || daysIn(span) === 0) return []
  const before = spanBefore(kind, span, usage.calendar)
  const come = today - span.first + 1
  const isUnfinished = come > 0 && today < span.next - 1
  const partly = isUnfinished ? [{ span: upTo(before, before.first + come - 1) }] : []
  const rows = [{ span: before }, ...partly].map((one) => rowOf(asked, one.span, total))
  return [
    {
      kind: 'table',
      key: 'comparison',
      title: 'Compared with before',
      columns: [
        { key: 'period', title: 'period' },
        { key: 'cost_usd', title: 'cost' },
        { key: 'change_usd', title: 'more or less' },
        { key: 'change', title: 'change' },
        { key: 'sessions', title: 'sessions', expendable: 1 },
        { key: 'cost_per_session_usd', title: 'per session', expendable: 2 },
        { key: 'cache_hit_ratio', title: 'cache hit', expendable: 3 },
      ],
      rows,
      total: null,
      left: 0,
    },
  ]
}

/** The days before, and how much more or less these are. */
function rowOf({ usage, filter }: Asked, span: DaySpan, total: Sum): readonly Value[] {
  const sum = totalOf(select(usage, span, filter))
  const isUnsure = total.lowerBound || sum.lowerBound
  const more = minus(total.usd, sum.usd)
  return [
    word(spanText(span, usage.calendar)),
    money(sum.usd, sum.lowerBound),
    // The difference of two amounts of which one may be more may be anything.
    isUnsure ? money(null, true) : money(more, false),
    { kind: 'change', change: isUnsure ? null : changeOf(more, sum.usd) },
    count(sum.sessions),
    money(perSession(sum), sum.lowerBound),
    { kind: 'share', share: cacheHitRatio(sum.tokens) },
  ]
}

function changeOf(more: Money, before: Money): number | null {
  return before > 0n ? ratioOf(more, before) : null
}
