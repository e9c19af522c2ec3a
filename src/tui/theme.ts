import type { TextProps } from 'ink'
import type { Tone } from '../formats/line.ts'

export type Style = Pick<TextProps, 'color' | 'backgroundColor' | 'bold' | 'dimColor' | 'inverse'>

/** How each meaning looks. */
export type Theme = Readonly<Record<Tone, Style>>

export type ThemeName = 'auto' | 'dark' | 'light' | 'mono' | 'high-contrast' | 'colour-blind'

/**
 * Told apart with every kind of colour blindness: cyan, yellow and magenta instead of green, orange and red. Only
 * the sixteen colours of the user's own palette, so that it suits light and dark backgrounds.
 */
const AUTO: Theme = {
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
  selected: { bold: true },
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
  selected: {},
}

/** For black: soft colours of its own, whatever the palette says. */
const DARK: Theme = levels({ ok: '#7ec699', warning: '#e5c07b', critical: '#ff7b86', quiet: '#8b95a7' })

/** For white: colours dark enough to read on it. */
const LIGHT: Theme = levels({ ok: '#116329', warning: '#7d4e00', critical: '#a40e26', quiet: '#57606a' })

/** Blue, orange and vermilion, which nobody confuses (Okabe and Ito). */
const COLOUR_BLIND: Theme = levels({ ok: '#56b4e9', warning: '#e69f00', critical: '#d55e00', quiet: '' })

/** Nothing dim, and every level in bold. */
const HIGH_CONTRAST: Theme = {
  ...AUTO,
  quiet: {},
  track: {},
  ok: { bold: true },
  warning: { color: 'yellowBright', bold: true },
  critical: { color: 'redBright', bold: true },
  over: { color: 'redBright', bold: true },
  unknown: { color: 'yellowBright', bold: true },
  alarm: { color: 'redBright', bold: true, inverse: true },
  selected: { bold: true, inverse: true },
}

/** Weight alone. */
const MONO: Theme = {
  ...PLAIN,
  title: { bold: true },
  quiet: { dimColor: true },
  key: { bold: true },
  critical: { bold: true },
  over: { bold: true },
  unknown: { bold: true },
  alarm: { bold: true, inverse: true },
  track: { dimColor: true },
  pace: { bold: true },
  selected: { bold: true },
}

const THEMES: Readonly<Record<ThemeName, Theme>> = {
  auto: AUTO,
  dark: DARK,
  light: LIGHT,
  mono: MONO,
  'high-contrast': HIGH_CONTRAST,
  'colour-blind': COLOUR_BLIND,
}

/** No theme brings colours to a terminal that has none, or to somebody who wants none. */
export function themeOf(colour: boolean, name: ThemeName): Theme {
  return colour ? THEMES[name] : PLAIN
}

interface LevelColours {
  readonly ok: string
  readonly warning: string
  readonly critical: string
  /** '' dims what is quiet instead. */
  readonly quiet: string
}

function levels({ ok, warning, critical, quiet }: LevelColours): Theme {
  const dim: Style = quiet === '' ? { dimColor: true } : { color: quiet }
  return {
    ...AUTO,
    quiet: dim,
    track: dim,
    ok: { color: ok },
    warning: { color: warning },
    critical: { color: critical },
    over: { color: critical, bold: true },
    unknown: { color: warning, bold: true },
    alarm: { color: critical, bold: true, inverse: true },
  }
}
