import { versions } from 'node:process'
import { alertClaimsIn } from './alert-claims.ts'
import { alertLogOf } from './alert-log.ts'
import { systemBackground } from './background.ts'
import { cacheFiles } from './cache-files.ts'
import { claimsIn } from './claims.ts'
import { systemClock } from './clock.ts'
import { systemDesktop } from './desktop.ts'
import { download } from './download.ts'
import { systemEnvironment } from './environment.ts'
import { logError } from './error-log.ts'
import { systemExamples } from './examples.ts'
import { systemFiles } from './file-system.ts'
import { systemGit } from './git.ts'
import { importFiles } from './import-files.ts'
import { keptInput } from './kept-input.ts'
import { systemLedger } from './ledger.ts'
import { ownProgram } from './own-program.ts'
import { removeFile } from './remove-file.ts'
import { outboxIn } from './outbox.ts'
import { pause } from './pause.ts'
import { replaceFile } from './replace-file.ts'
import { reportFiles } from './report-files.ts'
import { systemPrices } from './shipped-prices.ts'
import { terminalProgress } from './progress.ts'
import { systemScheduler } from './scheduler.ts'
import { systemStandardInput } from './standard-input.ts'
import type { System } from './system.ts'
import { systemTerminal } from './terminal.ts'
import { trackedFiles } from './tracked-files.ts'
import { systemTranscripts } from './transcripts.ts'
import { systemWatcher } from './watcher.ts'

/** The real world. */
export function createSystem(): System {
  const environment = systemEnvironment()
  return {
    nodeVersion: versions.node,
    clock: systemClock,
    scheduler: systemScheduler,
    environment,
    files: systemFiles,
    ledger: systemLedger,
    cache: (directory) => cacheFiles(directory, systemClock.now),
    imports: (directory) => importFiles(directory, systemClock.now),
    transcripts: systemTranscripts,
    progress: terminalProgress(systemClock.now),
    standardInput: keptInput(systemStandardInput),
    background: systemBackground,
    claims: (directory) => claimsIn(directory, systemClock.now),
    alertClaims: (directory) => alertClaimsIn(directory, systemClock.now),
    alertLog: (directory, written) => alertLogOf(directory, written, environment.home, systemClock.now),
    outbox: (directory) => outboxIn(directory, systemClock.now),
    desktop: systemDesktop,
    pause,
    // Loading what speaks to the network takes longer than most answers.
    webhook: async (address, message) => (await import('./webhook.ts')).sendWebhook(address, message),
    errors: (directory, error) => logError(directory, error, systemClock.now),
    prices: systemPrices,
    replaceFile,
    removeFile,
    ownProgram,
    reports: reportFiles,
    tracked: trackedFiles,
    git: systemGit,
    download,
    examples: systemExamples,
    terminal: systemTerminal,
    watcher: systemWatcher,
  }
}
