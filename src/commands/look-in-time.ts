import type { OpenLedger } from '../system/ledger.ts'
import type { Look } from '../system/ledger-reader.ts'

/** Reading the ledger takes longer than the caller waits. */
export class TooLate extends Error {
  override readonly name = 'TooLate'

  constructor() {
    super('the ledger could not be read in time, so budgets were not looked at: the next call finds it read')
  }
}

/** Reads what is new, as long as `isLate` does not say that time is up. Throws `TooLate`, and `Unreadable`. */
export function lookInTime(reader: Pick<OpenLedger, 'fold' | 'steps'>, isLate: () => boolean): Look {
  const steps = reader.steps()
  try {
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done === true) return step.value
      if (isLate()) throw new TooLate()
    }
  } finally {
    // What reads along on another thread ends with it.
    steps.return({ fold: reader.fold, changed: false, doubtful: true })
  }
}
