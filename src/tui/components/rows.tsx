import { Box, Text } from 'ink'
import type { ReactElement } from 'react'
import type { Line } from '../../formats/line.ts'
import type { Theme } from '../theme.ts'

interface RowsProps {
  readonly lines: readonly Line[]
  readonly theme: Theme
}

/** Lines, one below the other, each in a row of its own. */
export function Rows({ lines, theme }: RowsProps): ReactElement {
  return (
    <Box flexDirection="column">
      {lines.map((line, index) => (
        // A row has no identity but its place.
        // oxlint-disable-next-line react/no-array-index-key
        <Row key={index} line={line} theme={theme} />
      ))}
    </Box>
  )
}

function Row({ line, theme }: { readonly line: Line; readonly theme: Theme }): ReactElement {
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
}
