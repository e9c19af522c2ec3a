import { execFileSync } from 'node:child_process'
import { dirname } from 'node:path'
import { env, execPath } from 'node:process'
import type { GitCommit, GitLook } from '../core/git-look.ts'

/**
 * Asks git about a repository that may be hostile. Nothing that its settings name is run: no hook, monitor, filter,
 * signature program, pager or transport; nothing is written, and whoever takes too long is ended.
 */
export interface Git {
  /** Null where there is no repository, no git, or no answer in time. */
  readonly look: (folder: string) => GitLook | null
  /** Commits on the way to the current one, made within some time (epoch milliseconds), oldest first; 100 at most. */
  readonly commits: (folder: string, from: number, to: number) => readonly GitCommit[]
}

const DEADLINE_MS = 3_000
const MOST_BYTES = 4 << 20
const MOST_COMMITS = 100
const SECOND = 1000

/** What the settings of a repository could have git run. */
const INERT = [
  'core.fsmonitor=',
  'core.hooksPath=/dev/null',
  'core.pager=',
  'log.showSignature=false',
  'gpg.program=',
  'safe.bareRepository=explicit',
].flatMap((setting) => ['-c', setting])

export const systemGit: Git = {
  look(folder) {
    if (ask(folder, ['rev-parse', '--is-inside-work-tree'])?.trim() !== 'true') return null
    const commit = ask(folder, ['rev-parse', '--verify', '--quiet', 'HEAD'])?.trim() ?? ''
    return {
      branch: ask(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD'])?.trim() ?? '',
      commit,
      staged: commit === '' ? null : stagedIn(folder),
    }
  },
  commits(folder, from, to) {
    // Git knows whole seconds: what was committed in the second of the beginning counts.
    const [since, until] = [Math.floor(from / SECOND), Math.floor(to / SECOND)]
    const range = [`--since=@${since}`, `--until=@${until}`, `--max-count=${MOST_COMMITS}`]
    const form = ['--no-show-signature', '--no-color', '-z', '--format=%H %ct %s']
    const words = ['log', ...form, ...range, 'HEAD', '--']
    return (ask(folder, words) ?? '')
      .split('\0')
      .flatMap((line) => commitOf(line) ?? [])
      .toReversed()
  },
}

/** Files of the folder itself are not looked at: to compare them, git would run the filters that the repository names. */
function stagedIn(folder: string): number | null {
  const words = ['diff-index', '--cached', '--name-only', '--no-renames', '--no-ext-diff', '-z']
  const names = ask(folder, [...words, '--ignore-submodules=all', 'HEAD', '--'])
  return names === null ? null : names.split('\0').length - 1
}

function commitOf(line: string): GitCommit | null {
  const [, commit, seconds, subject] = /^([0-9a-f]{40,64}) (\d{1,12}) (.*)$/s.exec(line) ?? []
  if (commit === undefined || seconds === undefined || subject === undefined) return null
  return { commit, at: Number(seconds) * SECOND, subject }
}

/** What git answers; null when it does not. */
function ask(folder: string, words: readonly string[]): string | null {
  try {
    return execFileSync('git', ['--no-pager', '-C', folder, ...INERT, ...words], {
      // Where programs of the folder's own could never be meant.
      cwd: dirname(execPath),
      env: environment(),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: DEADLINE_MS,
      killSignal: 'SIGKILL',
      maxBuffer: MOST_BYTES,
      windowsHide: true,
    })
  } catch {
    // No git, no repository, somebody else's, or too slow: all the same to a report.
    return null
  }
}

/** Without what git says to its own hooks, which would lead to another repository. */
function environment(): Record<string, string | undefined> {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_')))
  return {
    ...own,
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    // A repository that lacks objects would fetch them, by whatever program it names.
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    NoDefaultCurrentDirectoryInExePath: '1',
  }
}
