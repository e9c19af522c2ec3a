import { NONE, type Section, type Value, count, instant, name, word } from '../core/report.ts'
import type { TrackedFacts } from './tracked-facts.ts'

/** Where the repository stood and stands, and what was committed in between; nothing where there is none. */
export function gitSections({ session, git }: TrackedFacts): readonly Section[] {
  if (git === null) return []
  const { look, commits } = git
  return [
    {
      kind: 'figures',
      key: 'git',
      title: 'Git',
      figures: [
        {
          key: 'branch',
          label: 'branch',
          value: look.branch === '' ? word('(detached)') : name(look.branch),
        },
        { key: 'start_commit', label: 'commit at the start', value: hash(session.commit) },
        { key: 'end_commit', label: 'commit now', value: hash(look.commit) },
        { key: 'commits', label: 'commits', value: count(commits.length) },
        {
          key: 'staged_files',
          label: 'files staged',
          value: look.staged === null ? NONE : count(look.staged),
        },
      ],
    },
    {
      kind: 'table',
      key: 'git_commits',
      title: 'Commits',
      columns: [
        { key: 'at', title: 'at' },
        { key: 'commit', title: 'commit' },
        { key: 'subject', title: 'subject' },
      ],
      rows: commits.map(({ at, commit, subject }) => [instant(at), hash(commit), name(subject)]),
      total: null,
      left: 0,
    },
  ]
}

function hash(commit: string): Value {
  return commit === '' ? word('(none)') : name(commit.slice(0, SHORT_HASH))
}

const SHORT_HASH = 10
