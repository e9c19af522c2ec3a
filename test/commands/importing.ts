import { join } from 'node:path'

import { Accounts, NOTHING_READ } from '../../src/commands/accounts.ts'
import { Importer } from '../../src/commands/importer.ts'
import type { ImportRequest, SourceFiles } from '../../src/commands/import-request.ts'
import type { ImportReport, SourceReport } from '../../src/core/import-report.ts'
import { BUILT_IN_LIMITS } from '../../src/settings/defaults.ts'
import { claudeCode } from '../../src/sources/claude-code.ts'
import { createSystem } from '../../src/system/create-system.ts'
import { systemPrices } from '../../src/system/shipped-prices.ts'
import type { System } from '../../src/system/system.ts'

export const ACCOUNTS = new Accounts(
  { ...BUILT_IN_LIMITS, prices: [] },
  NOTHING_READ,
  () => 'UTC',
  systemPrices,
)

/** The real world. */
export const SYSTEM: System = createSystem()

/** A request for everything, unless told otherwise. */
export function requestFor(directory: string, change: Partial<ImportRequest> = {}): ImportRequest {
  return {
    ledger: { directory, path: join(directory, 'sessions.jsonl') },
    scope: { program: 'test', project: null, since: null },
    dryRun: false,
    isLive: false,
    labels: { taskId: '', enhancement: '' },
    ...change,
  }
}

export function anImporter(request: ImportRequest, system: System = SYSTEM): Importer {
  return new Importer(request, ACCOUNTS, system)
}

/** The transcripts of Claude Code below a folder. */
export function claudeFiles(folder: string): readonly SourceFiles[] {
  const { files, folders } = SYSTEM.transcripts.find(claudeCode, [folder])
  return [{ source: claudeCode, files, folders, warnings: [] }]
}

/** Runs an import to its end. */
export function importAll(importer: Importer, sources: readonly SourceFiles[]): ImportReport {
  const steps = importer.run(sources)
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value
}

/** What came of the only source that there was. */
export function onlySource({ sources }: ImportReport): SourceReport {
  const [first, ...others] = sources
  if (first === undefined || others.length > 0) throw new Error('there is not one source')
  return first
}
