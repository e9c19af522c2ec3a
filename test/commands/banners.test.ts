import { describe, expect, it } from 'vitest'
import { type Banner, Banners } from '../../src/commands/banners.ts'

function shown(story: (banners: Banners) => void): (Banner | null)[] {
  const seen: (Banner | null)[] = []
  story(new Banners((banner) => void seen.push(banner)))
  return seen
}

const error = (text: string): Banner => ({ kind: 'error', text })
const alert = (text: string): Banner => ({ kind: 'alert', text })
const notice = (text: string): Banner => ({ kind: 'notice', text })

describe('above the numbers stands', () => {
  it('an alert before that they are snoozed before a notice, and trouble before all of them', () => {
    const seen = shown((banners) => {
      banners.note('demo')
      banners.snoozed('until 15:00')
      banners.alert('daily')
      banners.ledgerFailed('no ledger')
      banners.ledgerRead()
      banners.alert(null)
      banners.alert(null)
      banners.snoozed(null)
    })
    expect(seen).toEqual([
      notice('demo'),
      notice('until 15:00'),
      alert('daily'),
      error('no ledger'),
      alert('daily'),
      notice('until 15:00'),
      notice('demo'),
    ])
  })

  it('trouble with the settings before trouble with the ledger before a notice', () => {
    const seen = shown((banners) => {
      banners.note('demo')
      banners.ledgerFailed('no ledger')
      banners.settingsBroke('no settings')
      banners.settingsHold()
      banners.ledgerRead()
    })
    expect(seen).toEqual([
      notice('demo'),
      error('no ledger'),
      error('no settings'),
      error('no ledger'),
      notice('demo'),
    ])
  })

  it('nothing when what was wrong is over', () => {
    expect(shown((banners) => [banners.settingsBroke('x'), banners.settingsHold()])).toEqual([
      error('x'),
      null,
    ])
  })

  it('the trouble that began first, for as long as the ledger cannot be read', () => {
    const seen = shown((banners) => [
      banners.ledgerFailed('since 14:30'),
      banners.ledgerFailed('since 14:31'),
    ])
    expect(seen.at(-1)).toEqual(error('since 14:30'))
  })

  it('nothing new while nothing changes', () => {
    expect(shown((banners) => [banners.settingsHold(), banners.ledgerRead()])).toEqual([])
  })
})

it('tells whether the ledger had been in trouble', () => {
  const banners = new Banners(() => {})
  expect([banners.isLedgerInTrouble, banners.ledgerRead()]).toEqual([false, false])
  banners.ledgerFailed('x')
  expect([banners.isLedgerInTrouble, banners.ledgerRead(), banners.isLedgerInTrouble]).toEqual([
    true,
    true,
    false,
  ])
})
