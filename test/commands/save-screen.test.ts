import { expect, it } from 'vitest'
import { saveScreen } from '../../src/commands/save-screen.ts'
import { createCalendar } from '../../src/core/calendar.ts'
import { span } from '../../src/formats/line.ts'
import { NotSaved } from '../../src/system/ledger-append.ts'
import { LEDGER, PROJECT, fakeSystem } from '../kit/fake-system.ts'

const PLACE = { directory: `${PROJECT}/.ai-costs`, path: LEDGER, projectDirectory: PROJECT, explicit: false }
const SCREEN = [[span(' a <b> '), span('over  ', 'alarm')], []]
const AT = { now: Date.parse('2026-11-22T13:02:07Z'), calendar: createCalendar('Europe/Berlin') }
const REPORTS = `${PROJECT}/.ai-costs/reports`

it('writes a screen as text, named after the clock of its zone, and says where', () => {
  const system = fakeSystem()
  expect(saveScreen(SCREEN, 'text', PLACE, AT, system)).toBe(
    `this screen was written to ${REPORTS}/screen-20261122-140207.txt`,
  )
  expect(system.texts.get(`${REPORTS}/screen-20261122-140207.txt`)).toBe(' a <b> over\n\n')
})

it('draws a screen without letting names become markup', () => {
  const system = fakeSystem()
  saveScreen(SCREEN, 'drawing', PLACE, AT, system)
  const svg = system.texts.get(`${REPORTS}/screen-20261122-140207.svg`) ?? ''
  expect(svg).toMatch(/^<svg [^]*<\/svg>\n$/)
  expect(svg).toContain(' a &lt;b&gt; </text>')
  expect(svg).not.toContain('<b>')
})

it('says why it was not possible', () => {
  const system = fakeSystem()
  const failing = {
    ...system,
    reports: () => ({
      save: (): string => {
        throw new NotSaved('x.txt was NOT saved (ENOSPC)')
      },
    }),
  }
  expect(saveScreen(SCREEN, 'text', PLACE, AT, failing)).toBe('x.txt was NOT saved (ENOSPC)')
  system.links.add(PLACE.directory)
  expect(saveScreen(SCREEN, 'text', PLACE, AT, system)).toContain('is a symbolic link')
})
