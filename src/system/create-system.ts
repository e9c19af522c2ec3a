import { versions } from 'node:process'
import { systemBackground } from './background.ts'
import { cacheFiles } from './cache-files.ts'
import { claimsIn } from './claims.ts'
import { systemClock } from './clock.ts'
import { download } from './download.ts'
import { systemEnvironment } from './environment.ts'
import { logError } from './error-log.ts'
import { systemExamples } from './examples.ts'
import { systemFiles } from './file-system.ts'
import { importFiles } from './import-files.ts'
import { systemLedger } from './ledger.ts'
import { replaceFile } from './replace-file.ts'
import { systemPrices } from './shipped-prices.ts'
import { terminalProgress } from './progress.ts'
import { systemScheduler } from './scheduler.ts'
import { systemStandardInput } from './standard-input.ts'
import type { System } from './system.ts'
import { systemTerminal } from './terminal.ts'
import { systemTranscripts } from './transcripts.ts'
import { systemWatcher } from './watcher.ts'

/** The real world. */
export function createSystem(): System {
  return {
    nodeVersion: versions.node,
    clock: systemClock,
    scheduler: systemScheduler,
    environment: systemEnvironment(),
    files: systemFiles,
    ledger: systemLedger,
    cache: (directory) => cacheFiles(directory, systemClock.now),
    imports: (directory) => importFiles(directory, systemClock.now),
    transcripts: systemTranscripts,
    progress: terminalProgress(systemClock.now),
    standardInput: systemStandardInput,
    background: systemBackground,
    claims: (directory) => claimsIn(directory, systemClock.now),
    errors: (directory, error) => logError(directory, error, systemClock.now),
    prices: systemPrices,
    replaceFile,
    download,
    examples: systemExamples,
    terminal: systemTerminal,
    watcher: systemWatcher,
  }
}
