import type { Background } from './background.ts'
import type { CacheFiles } from './cache-files.ts'
import type { Claims } from './claims.ts'
import type { Clock } from './clock.ts'
import type { Download } from './download.ts'
import type { Environment } from './environment.ts'
import type { ErrorLog } from './error-log.ts'
import type { Examples } from './examples.ts'
import type { FileSystem } from './file-system.ts'
import type { ImportFiles } from './import-files.ts'
import type { LedgerPort } from './ledger.ts'
import type { ReplaceFile } from './replace-file.ts'
import type { PriceSource } from './shipped-prices.ts'
import type { Progress } from './progress.ts'
import type { Scheduler } from './scheduler.ts'
import type { StandardInput } from './standard-input.ts'
import type { Terminal } from './terminal.ts'
import type { TranscriptPort } from './transcripts.ts'
import type { Watcher } from './watcher.ts'

/** Every effect there is, as small ports. A command declares the ones it uses; their fakes are the test kit. */
export interface System {
  /** As Node calls itself: `20.19.0`. */
  readonly nodeVersion: string
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly environment: Environment
  readonly files: FileSystem
  readonly ledger: LedgerPort
  /** The cache of the ledger in a directory. */
  readonly cache: (directory: string) => CacheFiles
  /** What importers keep beside the ledger in a directory. */
  readonly imports: (directory: string) => ImportFiles
  readonly transcripts: TranscriptPort
  readonly progress: Progress
  readonly standardInput: StandardInput
  readonly background: Background
  /** What is claimed beside the ledger in a directory. */
  readonly claims: (directory: string) => Claims
  readonly errors: ErrorLog
  readonly prices: PriceSource
  /** Replaces one of the user's own files. */
  readonly replaceFile: ReplaceFile
  readonly download: Download
  readonly examples: Examples
  readonly terminal: Terminal
  readonly watcher: Watcher
}
