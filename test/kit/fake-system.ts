import { systemPrices } from '../../src/system/shipped-prices.ts'
import type { System } from '../../src/system/system.ts'
import { instant } from './fold-lines.ts'
import { memoryLedger } from './memory-ledger.ts'

/** A world of maps: what is in it can be read and changed by the test, and the clock turns only when it says so. */
export class FakeSystem implements System {
  readonly files_ = new Map<string, string>()
}
