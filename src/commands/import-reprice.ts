import { EXIT, type Result } from '../core/result.ts'
import { repriceJson } from '../formats/reprice-json.ts'
import { repriceRemarks, repriceText } from '../formats/reprice-text.ts'
import type { System } from '../system/system.ts'
import type { Accounts } from './accounts.ts'
import { type Invocation, UsageError, hasFlag } from './command.ts'
import { CLAIMS } from './import-for-hook.ts'
import type { ImportRequest } from './import-request.ts'
import { takeTurn } from './import-turn.ts'
import { repriceLedger } from './reprice.ts'

/** `import --reprice`: brings in nothing. Throws `UsageError`, `NotSaved` and `Unreadable`. */
export async function repriceInstead(
  { ledger, scope, dryRun }: ImportRequest,
  accounts: Accounts,
  invocation: Invocation,
  system: System,
): Promise<Result> {
  const foreign = ['all', 'task-id', 'enhancement', CLAIMS].find((name) => hasFlag(invocation, name))
  if (foreign !== undefined) throw new UsageError(`--reprice imports nothing: leave out --${foreign}`)
  if (invocation.arguments.length > 0) {
    throw new UsageError('--reprice is about all that the ledger holds: leave the sources and paths out')
  }
  const isTurnNeeded = !dryRun && system.files.isDirectory(ledger.directory)
  const lock = isTurnNeeded ? await takeTurn(ledger.directory, system) : null
  try {
    const report = repriceLedger({ place: ledger, since: scope.since, dryRun }, accounts, system)
    const stdout = hasFlag(invocation, 'json') ? repriceJson(report) : repriceText(report)
    return { stdout, stderr: repriceRemarks(report), exitCode: EXIT.ok }
  } finally {
    lock?.release()
  }
}
