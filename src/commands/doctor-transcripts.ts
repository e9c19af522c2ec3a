import type { Finding } from '../core/finding.ts'
import { countOf } from '../formats/count.ts'
import type { Source } from '../sources/source.ts'
import { errnoOf } from '../system/errno.ts'
import type { StrangeTranscript } from './importer.ts'
import { Unreadable } from '../system/file-system.ts'
import type { TranscriptFile } from '../system/transcript-files.ts'
import type { System } from '../system/system.ts'
import { unreadableFinding } from './doctor-finding.ts'

/** So many are opened, the newest first: a disk with a hundred thousand would keep everybody waiting. */
const MOST_TRIED = 200

const MOST_NAMED = 3

/** Which of a source's transcripts cannot be read, as far as the opening of each shows. */
export function unreadableTranscripts(
  { title, name, reading }: Source,
  files: readonly TranscriptFile[],
  canReadDatabases: boolean,
  { transcripts }: Pick<System, 'transcripts'>,
): readonly Finding[] {
  if (reading.kind === 'database' && !canReadDatabases) {
    const message = 'keeps its transcripts in a SQLite database, which this Node cannot read'
    const fix = 'use Node 22.13 or later, or npm install -g libsql'
    return [{ topic: title, health: 'attention', message, fix, facts: { source: name } }]
  }
  const tried = files.toSorted((a, b) => b.mtime - a.mtime).slice(0, MOST_TRIED)
  const troubles = tried.flatMap(({ path }) => troubleWith(path, transcripts) ?? [])
  const named = troubles.slice(0, MOST_NAMED).map((trouble): Finding => {
    const finding = unreadableFinding(title, trouble)
    return { ...finding, health: 'attention', facts: { source: name, path: trouble.path } }
  })
  const others = troubles.length - named.length
  if (others === 0) return named
  const message = `${countOf(others, 'more transcript')} cannot be read`
  const fix = `ai-costs import ${name} names each of them`
  return [
    ...named,
    { topic: title, health: 'attention', message, fix, facts: { source: name, unreadable: troubles.length } },
  ]
}

/** Which of a source's transcripts were read in vain, wholly or in part: what they hold is in no total. */
export function strangeTranscripts(
  { title, name }: Source,
  strange: readonly StrangeTranscript[],
): readonly Finding[] {
  return strange.slice(0, MOST_NAMED).map(({ path, parts }, nth) => {
    const others = nth === MOST_NAMED - 1 ? strange.length - MOST_NAMED : 0
    const more = others === 0 ? '' : `, and so have ${countOf(others, 'other transcript')}`
    return {
      topic: title,
      health: 'attention',
      message: `${path} has ${countOf(parts, 'part')} of a form that is not known, which may hold usage${more}`,
      fix: 'look at the file, and report it if its tool is newer than this program',
      facts: { source: name, path, strange: parts },
    }
  })
}

function troubleWith(path: string, transcripts: System['transcripts']): Unreadable | null {
  try {
    transcripts.head(path)
    return null
  } catch (error) {
    if (error instanceof Unreadable) return error
    const errno = errnoOf(error)
    if (errno === '') throw error
    return new Unreadable(path, `cannot be read (${errno})`, 'look at the file')
  }
}
