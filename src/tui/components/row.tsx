import { Text } from 'ink'
import { memo, type ReactElement } from 'react'
import { type Line, sameLine } from '../../formats/line.ts'
import type { Theme } from '../theme.ts'

interface RowProps {
  readonly line: Line
  readonly theme: Theme
}

/** Prints one line. Rows that look the same are not laid out again. */
export const Row = memo(function Row({ line, theme }: RowProps): ReactElement {
  // Ink gives an empty text no height, and the lines below it would move up.
  if (line.length === 0) return <Text> </Text>
  return (
    <Text wrap="truncate-end">
      {line.map(({ text, tone }, index) => (
        // A span has no identity but its place.
        // oxlint-disable-next-line react/no-array-index-key
        <Text key={index} {...theme[tone]}>
          {text}
        </Text>
      ))}
    </Text>
  )
}, isSameRow)

function isSameRow(before: RowProps, after: RowProps): boolean {
  return before.theme === after.theme && sameLine(before.line, after.line)
}
