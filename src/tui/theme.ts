import type { TextProps } from 'ink'
import type { Tone } from '../formats/line.ts'

export type Style = Pick<TextProps, 'color' | 'bold' | 'dimColor' | 'inverse'>

/** How each meaning looks. */
export type Theme = Readonly<Record<Tone, Style>>

/**
 * Told apart with every kind of colour blindness: cyan, yellow and magenta instead of green, orange and red. Only
 * the sixteen colours of the user's own palette, so that it suits light and dark backgrounds.
 */
const COLOURED: Theme = {
  plain: {},
  title: { bold: true },
  quiet: { dimColor: true },
  key: { bold: true },
  ok: { color: 'cyan' },
  warning: { color: 'yellow' },
  critical: { color: 'magenta' },
  over: { color: 'magenta', bold: true },
  unknown: { color: 'yellow', bold: true },
  alarm: { color: 'magenta', bold: true, inverse: true },
  track: { dimColor: true },
  pace: { bold: true },
}

/** No attribute at all: who asks for no colour wants no escape sequences in the text. */
const PLAIN: Theme = {
  plain: {},
  title: {},
  quiet: {},
  key: {},
  ok: {},
  warning: {},
  critical: {},
  over: {},
  unknown: {},
  alarm: {},
  track: {},
  pace: {},
}

export function themeOf(colour: boolean): Theme {
  return colour ? COLOURED : PLAIN
}
