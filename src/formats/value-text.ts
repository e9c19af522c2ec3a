import { displayMoney } from '../core/money.ts'
import type { Value } from '../core/report.ts'
import { ratioText } from './amount.ts'
import { thousands } from './count.ts'
import { durationText } from '../core/duration.ts'
import { glyphsOf } from './glyphs.ts'
import { nameText } from './name.ts'
import type { ReportPage } from './report-format.ts'

/** A value as people read it. Foreign text is harmless on a terminal; what else it could do is up to the format. */
export function valueText(value: Value, { ascii, calendar }: Pick<ReportPage, 'ascii' | 'calendar'>): string {
  const { atLeast, none } = glyphsOf(ascii)
  switch (value.kind) {
    case 'money': {
      const amount = displayMoney(value.usd, value.isFine === true ? 'table' : 'text')
      return value.lowerBound ? `${atLeast} ${amount}` : amount
    }
    case 'count':
      return thousands(value.count)
    case 'share':
      return ratioText(value.share, ascii)
    case 'change':
      return changeText(value.change, none)
    case 'number':
      return value.number === null ? none : numberText(value.number)
    case 'name':
      return nameText(value.name, ascii)
    case 'word':
      return value.word
    case 'instant':
      return value.at === null
        ? none
        : `${calendar.isoDay(calendar.dayOf(value.at))} ${calendar.clock(value.at)}`
    case 'duration':
      return durationText(value.ms)
    case 'none':
      return none
  }
}

/** Whether people compare it digit by digit, and so want it at the right edge. */
export function isNumeric({ kind }: Value): boolean {
  return kind !== 'name' && kind !== 'word' && kind !== 'instant'
}

/** `+12%`, `-3%`; toward zero, so that it never overstates. */
export function changeText(change: number | null, none: string): string {
  if (change === null) return none
  const percent = Math.trunc(change * 100)
  if (percent > 9999) return '>+9999%'
  return `${percent > 0 ? '+' : ''}${percent}%`
}

/** Three digits at most behind the point, and none that say nothing. */
export function numberText(number: number): string {
  if (number >= 1000) return thousands(Math.round(number))
  return String(Math.round(number * 100) / 100)
}
