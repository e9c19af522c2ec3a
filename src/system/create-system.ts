import { cacheFiles } from './cache-files.ts'
import { systemClock } from './clock.ts'
import { systemEnvironment } from './environment.ts'
import { systemExamples } from './examples.ts'
import { systemFiles } from './file-system.ts'
import { systemLedger } from './ledger.ts'
import { systemPrices } from './shipped-prices.ts'
import { systemScheduler } from './scheduler.ts'
import type { System } from './system.ts'
import { systemTerminal } from './terminal.ts'
import { systemWatcher } from './watcher.ts'

/** The real world. */
export function createSystem(): System {
  return {
    clock: systemClock,
    scheduler: systemScheduler,
    environment: systemEnvironment(),
    files: systemFiles,
    ledger: systemLedger,
    cache: (directory) => cacheFiles(directory, systemClock.now),
    prices: systemPrices,
    examples: systemExamples,
    terminal: systemTerminal,
    watcher: systemWatcher,
  }
}
