import type { SessionSpend } from '../core/snapshot.ts'
import type { Verdict } from '../core/verdict.ts'
import { ratioText } from './amount.ts'
import { durationText } from './duration.ts'
import { glyphsOf } from './glyphs.ts'
import { evenPace } from './judged-budgets.ts'
import { BLANK, type Line, span } from './line.ts'
import { nameText } from './name.ts'
import type { Page } from './page.ts'

/** Below a period's gauge: where an even spend would be, and how long the period still lasts. */
export function paceDetail(verdict: Verdict, now: number, page: Page): Line {
  const pace = evenPace(verdict, now)
  if (pace === null || verdict.period === null) return BLANK
  const left = durationText(verdict.period.end - now)
  return [span(`even pace ${ratioText(pace, page.ascii)} ${glyphsOf(page.ascii).dot} ${left} left`, 'quiet')]
}

/** Below the session's gauge: who is spending. */
export function sessionDetail(session: SessionSpend, shortId: string, page: Page): Line {
  const facts = [shortId, session.tool, session.model, durationText(session.last - session.first)]
  const text = facts.map((fact) => nameText(fact, page.ascii)).join(` ${glyphsOf(page.ascii).dot} `)
  return [span(text, 'quiet')]
}
