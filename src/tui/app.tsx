import { Box, useInput } from 'ink'
import type { ReactElement } from 'react'
import { Row } from './components/row.tsx'
import { keysOf } from './key-names.ts'
import type { Theme } from './theme.ts'
import type { Frame } from './view.ts'

interface AppProps {
  readonly frame: Frame
  readonly theme: Theme
  /** False when stdin is no terminal: the pane then only shows. */
  readonly readsKeys: boolean
  readonly onKey: (key: string) => void
}

/** Prints a frame and reports keys; it decides nothing. */
export function App({ frame, theme, readsKeys, onKey }: AppProps): ReactElement {
  useInput(
    (input, key) => {
      for (const name of keysOf(input, key)) onKey(name)
    },
    { isActive: readsKeys },
  )
  return (
    <Box flexDirection="column">
      {frame.map((line, index) => (
        // A row has no identity but its place on the screen.
        // oxlint-disable-next-line react/no-array-index-key
        <Row key={index} line={line} theme={theme} />
      ))}
    </Box>
  )
}
