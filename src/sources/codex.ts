import { CodexSession } from './codex-session.ts'
import type { Places, Source, Transcript } from './source.ts'

/**
 * Codex writes a session as one line for each event, and counts its tokens up from event to event. A fork begins with
 * what its parent said; archived sessions are copies or the only ones left.
 */
export const codex: Source = {
  name: 'codex',
  title: 'Codex CLI',
  directories,
  isTranscript: (name) => /(?:^|\/)rollout-[^/]*\.jsonl$/.test(name),
  recognizes: (text) => /^\s*\{[^\n]{0,512}?"type"\s*:\s*"session_meta"/.test(text),
  withoutCopies,
  reading: {
    kind: 'lines',
    open: ({ name }, state, tally) => new CodexSession(sessionOfFile(name), state, tally),
  },
}

const ARCHIVE = 'archived_sessions'

function directories({ home, variables }: Places): readonly string[] {
  const root = variables['CODEX_HOME'] || `${home}/.codex`
  return [`${root}/sessions`, `${root}/${ARCHIVE}`]
}

/** An archived session that is active too is older there. */
function withoutCopies(transcripts: readonly Transcript[]): readonly Transcript[] {
  const active = new Set(transcripts.filter((one) => !isArchived(one)).map(fileOf))
  return transcripts.filter((one) => !isArchived(one) || !active.has(fileOf(one)))
}

function isArchived({ path, name }: Transcript): boolean {
  return path
    .slice(0, path.length - name.length)
    .replace(/[\\/]+$/, '')
    .endsWith(ARCHIVE)
}

function fileOf({ name }: Transcript): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

/** The session that a transcript is of, by its name: `rollout-2026-11-20T10-00-00-<session>.jsonl`. */
export function sessionOfFile(name: string): string {
  return fileOf({ path: name, name })
    .replace(/^rollout-(?:[\d-]+T[\d-]+-)?/, '')
    .replace(/\.jsonl$/, '')
}
