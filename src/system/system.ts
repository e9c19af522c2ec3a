import type { CacheFiles } from './cache-files.ts'
import type { Clock } from './clock.ts'
import type { Environment } from './environment.ts'
import type { Examples } from './examples.ts'
import type { FileSystem } from './file-system.ts'
import type { LedgerPort } from './ledger.ts'
import type { PriceSource } from './shipped-prices.ts'
import type { Scheduler } from './scheduler.ts'
import type { Terminal } from './terminal.ts'
import type { Watcher } from './watcher.ts'

/** Every effect there is, as small ports. A command declares the ones it uses; their fakes are the test kit. */
export interface System {
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly environment: Environment
  readonly files: FileSystem
  readonly ledger: LedgerPort
  /** The cache of the ledger in a directory. */
  readonly cache: (directory: string) => CacheFiles
  readonly prices: PriceSource
  readonly examples: Examples
  readonly terminal: Terminal
  readonly watcher: Watcher
}
