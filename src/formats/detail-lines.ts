import { UNKNOWN } from '../core/record.ts'
import type { SessionSpend } from '../core/snapshot.ts'
import { durationText } from '../core/duration.ts'
import { glyphsOf } from './glyphs.ts'
import { type Line, span } from './line.ts'
import { nameText, shortModel } from './name.ts'
import { textWidth } from './pad.ts'
import type { Page } from './page.ts'

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
