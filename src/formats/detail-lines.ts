import { UNKNOWN } from '../core/record.ts'
import type { SessionSpend } from '../core/snapshot.ts'
import type { Verdict } from '../core/verdict.ts'
import { ratioText } from './amount.ts'
import { durationText } from './duration.ts'
import { glyphsOf } from './glyphs.ts'
import { evenPace } from './judged-budgets.ts'
import { BLANK, type Line, span } from './line.ts'
import { nameText, shortModel } from './name.ts'
import { textWidth } from './pad.ts'
import type { Page } from './page.ts'

/** Below a period's gauge: where an even spend would be, and how long the period still lasts. */
export function paceDetail(verdict: Verdict, now: number, page: Page): Line {
  const pace = evenPace(verdict, now)
  if (pace === null || verdict.period === null) return BLANK
  const left = durationText(verdict.period.end - now)
  return [span(`even pace ${ratioText(pace, page.ascii)} ${glyphsOf(page.ascii).dot} ${left} left`, 'quiet')]
}

/** Below the session's gauge: who is spending. What has no room in `columns` columns is left out whole. */
export function sessionDetail(session: SessionSpend, name: string, columns: number, page: Page): Line {
  const dot = ` ${glyphsOf(page.ascii).dot} `
  const { tool, model } = session
  const duration = durationText(session.last - session.first)
  const texts = [
    [name, tool, model, duration],
    [name, model, duration],
    [name, shortModel(model), duration],
  ].map((facts) =>
    facts
      .filter((fact) => fact !== UNKNOWN)
      .map((fact) => nameText(fact, page.ascii))
      .join(dot),
  )
  return [span(texts.find((text) => textWidth(text) <= columns) ?? name + dot + duration, 'quiet')]
}
