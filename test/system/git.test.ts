import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'

import { systemGit } from '../../src/system/git.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

const MINUTE = 60_000
const START = Date.UTC(2025, 11, 15, 14, 30)

let folder = ''
let touched = ''
beforeEach(() => {
  const root = temporaryDirectory()
  folder = join(root, 'shop')
  touched = join(root, 'touched')
  mkdirSync(folder)
})

function git(...words: readonly string[]): string {
  const env = { PATH: process.env['PATH'], HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' }
  return execFileSync('git', ['-C', folder, ...words], { encoding: 'utf8', env, stdio: 'pipe' }).trim()
}

function commit(subject: string, at: number): string {
  const date = `${at / 1000} +0000`
  const env = { PATH: process.env['PATH'], GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date }
  const who = ['-c', 'user.name=x', '-c', 'user.email=x@example.com']
  execFileSync('git', ['-C', folder, ...who, 'commit', '--quiet', '--allow-empty', '-m', subject], { env })
  return git('rev-parse', 'HEAD')
}

/** A program that leaves a mark, for whatever a repository may name. */
function program(name: string): string {
  const path = join(folder, '.git', name)
  writeFileSync(path, `#!/bin/sh\necho ${name} >> '${touched}'\ncat\n`, { mode: 0o755 })
  return path
}

describe('a look at a repository', () => {
  it('is nothing where there is none', () => {
    expect(systemGit.look(folder)).toBeNull()
    expect(systemGit.look(join(folder, 'gone'))).toBeNull()
    expect(systemGit.commits(folder, 0, START)).toEqual([])
  })

  it('tells branch, commit and how many files are staged', () => {
    git('init', '--quiet', '--initial-branch', 'feature/jwt')
    expect(systemGit.look(folder)).toEqual({ branch: 'feature/jwt', commit: '', staged: null })
    writeFileSync(join(folder, 'a.txt'), 'one\n')
    git('add', '.')
    const first = commit('first', START)
    expect(systemGit.look(folder)).toEqual({ branch: 'feature/jwt', commit: first, staged: 0 })
    writeFileSync(join(folder, 'a.txt'), 'one and two\n')
    git('checkout', '--quiet', '--detach')
    git('add', '.')
    expect(systemGit.look(folder)).toEqual({ branch: '', commit: first, staged: 1 })
  })

  it('tells the commits of a stretch of time, oldest first, whatever stands in their subjects', () => {
    git('init', '--quiet')
    commit('before', START - MINUTE)
    const subjects = ['$(touch x) `y` | z', "'; rm -rf / #", '\u202eevil']
    const made = subjects.map((subject, nth) => commit(subject, START + nth * MINUTE))
    commit('after', START + 10 * MINUTE)
    expect(systemGit.commits(folder, START, START + 5 * MINUTE)).toEqual(
      subjects.map((subject, nth) => ({ commit: made[nth], at: START + nth * MINUTE, subject })),
    )
  })

  it('runs nothing that a hostile repository names', () => {
    git('init', '--quiet')
    writeFileSync(join(folder, '.gitattributes'), '* filter=evil diff=evil\n')
    writeFileSync(join(folder, 'a.txt'), 'one\n')
    git('add', '.')
    commit('first', START)
    const evil = program('evil')
    for (const setting of [
      'core.fsmonitor',
      'core.pager',
      'core.sshCommand',
      'gpg.program',
      'filter.evil.clean',
      'filter.evil.smudge',
      'filter.evil.process',
      'diff.evil.textconv',
      'diff.evil.command',
      'diff.external',
      'core.editor',
      'core.askPass',
    ]) {
      git('config', setting, evil)
    }
    git('config', 'log.showSignature', 'true')
    git('config', 'core.hooksPath', join(folder, '.git'))
    git('config', 'extensions.partialClone', 'origin')
    git('config', 'remote.origin.url', 'ssh://example.invalid/x')
    git('config', 'remote.origin.promisor', 'true')
    git('config', 'protocol.ssh.allow', 'always')
    program('post-index-change')
    writeFileSync(join(folder, 'a.txt'), 'two, and longer\n')
    writeFileSync(join(folder, '.git', 'refs', 'heads', 'lost'), `${'1'.repeat(40)}\n`)
    expect(systemGit.look(folder)).toMatchObject({ staged: 0 })
    expect(systemGit.commits(folder, START, START + MINUTE)).toHaveLength(1)
    git('symbolic-ref', 'HEAD', 'refs/heads/lost')
    systemGit.look(folder)
    systemGit.commits(folder, START, START + MINUTE)
    expect(existsSync(touched) ? readFileSync(touched, 'utf8') : '').toBe('')
  })
})
