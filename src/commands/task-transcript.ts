import { safeText } from '../core/safe-text.ts'
import type { TranscriptContent } from '../system/read-transcript.ts'
import type { System } from '../system/system.ts'
import type { TranscriptPort } from '../system/transcripts.ts'
import type { Accounts } from './accounts.ts'
import type { SourceFiles } from './import-request.ts'
import { Importer, type ImportingSystem } from './importer.ts'
import { PROGRAM } from './program.ts'
import type { TaskLabels } from './task-labels.ts'

/** What a transcript told. */
export interface BroughtIn {
  /** The ids of all that it told of, new or not. */
  readonly ids: ReadonlySet<string>
  /** Responses that the ledger did not hold. */
  readonly news: number
  /** What could not be read, as lines. */
  readonly remarks: string
}

export interface Bringing {
  readonly sources: readonly SourceFiles[]
  /** The only session that counts; `''` for all. */
  readonly session: string
  readonly labels: TaskLabels
  readonly place: { readonly directory: string; readonly path: string }
}

/**
 * Imports transcripts as a whole, whatever was read of them before and wherever the work was done: who names a
 * transcript means all of it. Throws `NotSaved` and `Unreadable`.
 */
export function bringIn(
  { sources, session, labels, place }: Bringing,
  accounts: Accounts,
  system: ImportingSystem & Pick<System, 'transcripts'>,
): BroughtIn {
  const ids = new Set<string>()
  const transcripts = ofSession(session, system.transcripts, ids)
  const request = {
    ledger: place,
    scope: { program: PROGRAM, project: null, since: null },
    dryRun: false,
    // How far it has come is not saved: of one session only, it would hide the others from the next import.
    isLive: true,
    labels,
  }
  const tasks = sources.flatMap(({ source, files }) =>
    files.map((file) => ({ source: source.name, file, mark: null })),
  )
  const steps = new Importer(request, accounts, { ...system, transcripts }).run(sources, tasks)
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  const { sources: reports, warnings } = step.value
  return {
    ids,
    news: reports.reduce((sum, { responses }) => sum + responses, 0),
    remarks: warnings
      .map(({ path, message }) => `ai-costs: ${safeText(path)} ${safeText(message)}\n`)
      .join(''),
  }
}

/** Transcripts that tell of one session only, and a note of every response that they tell of. */
function ofSession(session: string, transcripts: TranscriptPort, ids: Set<string>): TranscriptPort {
  const wanted = (content: TranscriptContent): TranscriptContent => ({
    ...content,
    told: content.told.filter(({ record }) => session === '' || record.sessionId === session),
  })
  return {
    ...transcripts,
    thread: null,
    read(reading, file, mark) {
      const content = wanted(transcripts.read(reading, file, mark))
      for (const { record } of content.told) if (record.id !== '') ids.add(record.id)
      return content
    },
  }
}
