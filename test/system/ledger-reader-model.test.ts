import * as fc from 'fast-check'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { LedgerReader } from '../../src/system/ledger-reader.ts'
import { foldMaker } from '../kit/fold-lines.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { type Action, HARMLESS, TroubledLedger, anyAction } from './ledger-actions.ts'
import { totalsOf } from './totals-of.ts'

const makeFold = foldMaker()

/** What is on disk, by a reader that knows no past. */
function truthOf(directory: string) {
  const reader = new LedgerReader(directory, makeFold)
  reader.look()
  const totals = totalsOf(reader.fold)
  reader.close()
  return totals
}

/** Lets everything happen, and holds the reader's totals against the disk whenever they must agree. */
function follow(directory: string, actions: readonly Action[], everyLookIsTrue: boolean): void {
  const ledger = new TroubledLedger(directory)
  let reader = new LedgerReader(directory, makeFold)
  try {
    for (const action of actions) {
      ledger.apply(action)
      if (action.kind === 'restart') {
        reader.close()
        reader = new LedgerReader(directory, makeFold)
      }
      if (action.kind !== 'look' && action.kind !== 'restart') continue
      reader.look()
      if (everyLookIsTrue) expect(totalsOf(reader.fold)).toEqual(truthOf(directory))
    }
    // A file that seems shorter is believed at the second look only.
    reader.look()
    reader.look()
    expect(totalsOf(reader.fold)).toEqual(truthOf(directory))
    expect(reader.look()).toMatchObject({ changed: false, doubtful: false })
  } finally {
    reader.close()
  }
}

function property(actions: fc.Arbitrary<readonly Action[]>, everyLookIsTrue: boolean) {
  const directory = join(temporaryDirectory(), 'ledger')
  return fc.property(actions, (sequence) => {
    rmSync(directory, { recursive: true, force: true })
    mkdirSync(directory)
    follow(directory, sequence, everyLookIsTrue)
  })
}

it('after two quiet looks the totals are what is on disk, whatever was done to the ledger', () => {
  fc.assert(property(fc.array(anyAction, { maxLength: 30 }), false), { numRuns: 1000 })
})

it('every single look is true as long as nothing is taken away', () => {
  const harmless = anyAction.filter(({ kind }) => HARMLESS.includes(kind))
  fc.assert(property(fc.array(harmless, { maxLength: 30 }), true), { numRuns: 400 })
})
