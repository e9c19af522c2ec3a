import { expect, it } from 'vitest'
import { PassingNotes } from '../../src/commands/passing-notes.ts'

it('a note goes after a while and uncovers the one that stays', () => {
  let now = 0
  const shown: (string | null)[] = []
  const notes = new PassingNotes(
    () => now,
    (text) => void shown.push(text),
    'demo',
  )
  notes.minute()
  notes.say('written')
  now = 10_000
  notes.minute()
  expect(shown).toEqual(['demo', 'written'])
  now = 70_000
  notes.minute()
  notes.minute()
  expect(shown).toEqual(['demo', 'written', 'demo'])
})
