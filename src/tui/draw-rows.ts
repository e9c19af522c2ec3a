import { renderToString } from 'ink'
import { createElement } from 'react'
import { BLANK, sameLine } from '../formats/line.ts'
import type { DrawnRow } from './canvas.ts'
import { Rows } from './components/rows.tsx'
import type { Theme } from './theme.ts'
import type { Frame } from './view.ts'

/**
 * The rows of a frame that are not as they were, drawn by Ink; so many `columns` wide at most.
 *
 * Ink itself would lay out, compare and write the whole screen each time: a pane that only moves its clock on spends
 * ten times as much that way, mostly on garbage.
 */
export function drawRows(frame: Frame, before: Frame, theme: Theme, columns: number): readonly DrawnRow[] {
  const rows = Math.max(frame.length, before.length)
  const changed = Array.from({ length: rows }, (_, row) => row).filter((row) => {
    const [now, then] = [frame[row], before[row]]
    return now === undefined || then === undefined || !sameLine(now, then)
  })
  if (changed.length === 0) return []
  const lines = changed.map((row) => frame[row] ?? BLANK)
  const texts = renderToString(createElement(Rows, { lines, theme }), { columns }).split('\n')
  return changed.map((row, nth) => ({ row, text: texts[nth] ?? '' }))
}
