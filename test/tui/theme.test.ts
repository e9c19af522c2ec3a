import { describe, expect, test } from 'vitest'
import type { Tone } from '../../src/formats/line.ts'
import { THEMES } from '../../src/settings/settings.ts'
import { themeOf } from '../../src/tui/theme.ts'

/** Tones of words alone; all others are drawn with, too. */
const WORDS: ReadonlySet<Tone> = new Set(['alarm', 'selected'])

describe.each(THEMES)('the theme %s', (name) => {
  test('fills no bar with the background', () => {
    const inverse = tonesOf(name).filter(([tone, { inverse: isInverse }]) => isInverse && !WORDS.has(tone))
    expect(inverse).toEqual([])
  })

  test('is nothing at all where there are no colours', () => {
    expect(themeOf(false, name)).toEqual(themeOf(false, 'auto'))
    for (const [, style] of tonesOf(name, false)) expect(style).toEqual({})
  })

  test('tells what is over its limit from what is not', () => {
    const { ok, warning, critical, over } = themeOf(true, name)
    expect(over).not.toEqual(ok)
    if (name !== 'mono') expect(critical).not.toEqual(warning)
  })
})

function tonesOf(name: (typeof THEMES)[number], hasColour = true) {
  return Object.entries(themeOf(hasColour, name)) as [Tone, { readonly inverse?: boolean }][]
}
