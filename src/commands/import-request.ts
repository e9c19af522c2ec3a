import type { Source } from '../sources/source.ts'
import type { ImportScope } from '../system/import-files.ts'
import type { TranscriptFile } from '../system/transcript-files.ts'
import type { ImportWarning } from '../core/import-report.ts'

/** What is to be read of one source. */
export interface SourceFiles {
  readonly source: Source
  readonly files: readonly TranscriptFile[]
  /** Where it was looked for them. */
  readonly folders: readonly string[]
  readonly warnings: readonly ImportWarning[]
}

export interface ImportRequest {
  readonly ledger: { readonly directory: string; readonly path: string }
  readonly scope: ImportScope
  readonly dryRun: boolean
  /** Whether whoever asks goes on asking, and saves from time to time: else each run saves how far it came. */
  readonly isLive: boolean
  /** Labels for everything that comes in. */
  readonly labels: { readonly taskId: string; readonly enhancement: string }
}
