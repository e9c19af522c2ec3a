import type { OwnProgram } from '../core/own-program.ts'
import type { AlertClaims } from './alert-claims.ts'
import type { AlertLog } from './alert-log.ts'
import type { Background } from './background.ts'
import type { CacheFiles } from './cache-files.ts'
import type { Claims } from './claims.ts'
import type { Clock } from './clock.ts'
import type { Desktop } from './desktop.ts'
import type { Download } from './download.ts'
import type { Environment } from './environment.ts'
import type { ErrorLog } from './error-log.ts'
import type { Examples } from './examples.ts'
import type { FileSystem } from './file-system.ts'
import type { Git } from './git.ts'
import type { ImportFiles } from './import-files.ts'
import type { LedgerPort } from './ledger.ts'
import type { RemoveFile } from './remove-file.ts'
import type { Outbox } from './outbox.ts'
import type { Pause } from './pause.ts'
import type { ReplaceFile } from './replace-file.ts'
import type { PriceSource } from './shipped-prices.ts'
import type { Progress } from './progress.ts'
import type { ReportFiles } from './report-files.ts'
import type { Scheduler } from './scheduler.ts'
import type { StandardInput } from './standard-input.ts'
import type { Terminal } from './terminal.ts'
import type { TrackedFiles } from './tracked-files.ts'
import type { TranscriptPort } from './transcripts.ts'
import type { Watcher } from './watcher.ts'
import type { SendWebhook } from './webhook.ts'

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
  /** What is said once and for all about the ledger in a directory. */
  readonly alertClaims: (directory: string) => AlertClaims
  /** Where the alerts about the ledger in a directory go on record, as the settings write it. */
  readonly alertLog: (directory: string, written: string) => AlertLog
  /** Alerts about the ledger in a directory that somebody is to be told of. */
  readonly outbox: (directory: string) => Outbox
  readonly desktop: Desktop
  readonly pause: Pause
  readonly webhook: SendWebhook
  readonly errors: ErrorLog
  readonly prices: PriceSource
  /** Replaces one of the user's own files. */
  readonly replaceFile: ReplaceFile
  /** Takes away a file of ours among the user's own. */
  readonly removeFile: RemoveFile
  /** What others are to call when they call us. Throws system errors. */
  readonly ownProgram: () => OwnProgram
  /** The reports that are kept beside the ledger in a directory. */
  readonly reports: (directory: string) => ReportFiles
  /** What is kept of tracked sessions beside the ledger in a directory. */
  readonly tracked: (directory: string) => TrackedFiles
  readonly git: Git
  readonly download: Download
  readonly examples: Examples
  readonly terminal: Terminal
  readonly watcher: Watcher
}
