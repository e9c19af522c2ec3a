import { renderToString } from 'ink'
import { createElement } from 'react'
import { sameLine } from '../formats/line.ts'
import type { DrawnRow } from './canvas.ts'
import { Rows } from './components/rows.tsx'
import type { Theme } from './theme.ts'
import type { Frame } from './view.ts'

/**
 * The rows of a frame that are not as they were, drawn by Ink; so many `columns` wide at most. Both frames have as many
 * rows, or nothing is known of what was there `before`.
 *
 * Ink itself would lay out, compare and write the whole screen each time: a pane that only moves its clock on spends
 * ten times as much that way, mostly on garbage.
 */
export function drawRows(frame: Frame, before: Frame, theme: Theme, columns: number): readonly DrawnRow[] {
  const changed = frame.flatMap((line, row) => {
    const then = before[row]
    return then !== undefined && sameLine(line, then) ? [] : [{ row, line }]
  })
  if (changed.length === 0) return []
  const lines = changed.map(({ line }) => line)
  const texts = renderToString(createElement(Rows, { lines, theme }), { columns }).split('\n')
  return changed.map(({ row }, nth) => ({ row, text: texts[nth] ?? '' }))
}
