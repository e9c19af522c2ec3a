import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { aResponse, responseLines } from '../kit/transcripts.ts'
import { CLI, type Outcome, clockAt, runProgram } from './run.ts'
import { NOW, type Sandbox, sandbox } from './sandbox.ts'

const LIMITS = 'budgets: { daily: 10 }\ntimezone: UTC\ndefault_model: claude-sonnet-4\n'

const start = { env: clockAt(NOW) }
const later = { env: clockAt('2025-12-15T15:00:00Z') }
const atTheEnd = { env: clockAt('2025-12-15T16:31:00Z') }

function git(box: Sandbox, ...words: readonly string[]): void {
  const date = '2025-12-15T15:00:00Z'
  const env = { ...box.env, ...later.env, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date }
  const who = ['-c', 'user.name=x', '-c', 'user.email=x@example.com']
  execFileSync('git', ['-C', box.project, ...who, ...words], { env, stdio: 'pipe' })
}

describe('a tracked session', () => {
  it('goes from start to report over several terminals and a git hook, and counts in every budget', async () => {
    const box = sandbox()
    box.limits(LIMITS)
    git(box, 'init', '--quiet')
    const starts = await Promise.all(
      ['one', 'two', 'three'].map((name) => box.run(['session', 'start', name], start)),
    )
    expect(starts.map(({ code }) => code).toSorted()).toEqual([0, 1, 1])
    const first = '"$(git diff --cached --name-only | head -n 1)"'
    const hook = `#!/bin/sh\n'${process.execPath}' '${CLI}' session quick code --if-running -- ${first}\n`
    // A name that would be an option.
    box.write('--dir=elsewhere', '')
    git(box, 'add', '--', '--dir=elsewhere')
    writeFileSync(join(box.project, '.git/hooks/pre-commit'), hook, { mode: 0o755 })
    git(box, 'commit', '--quiet', '--allow-empty', '-m', '$(touch pwned) `x` | y')
    expect(await box.run(['session', 'log', '1500', '800', 'token validation'], later)).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('Session so far: $0.1095\n'),
    })
    const checked = await box.run(['check'], later)
    expect(checked.stdout).toContain('$0.11')
    const ended = await box.run(['session', 'end'], atTheEnd)
    expect(ended.stdout).toMatch(
      /^Ended: (one|two|three), \$0\.11 in 2h(1m)? \(11,300 tokens, 2 operations\)\n$/,
    )
    const [name, ...others] = readdirSync(join(box.costs, 'reports')).filter((one) => one !== '.gitignore')
    expect(others).toEqual([])
    expect(name).toMatch(/^session-2025-12-15-1430\d\d-(one|two|three)\.md$/)
    const path = join(box.costs, 'reports', name!)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(ended.stderr).toBe(`Report saved to ${path}\n`)
    const report = readFileSync(path, 'utf8')
    expect(report).toContain('- commits: 1\n')
    expect(report).toContain('| `--dir=elsewhere` |')
    expect(report).toContain('`` $(touch pwned) `x` \\| y ``'.replaceAll('`` ', '``').replaceAll(' ``', '``'))
    expect((await box.run(['session', 'end'], atTheEnd)).code).toBe(1)
    git(box, 'commit', '--quiet', '--allow-empty', '-m', 'after it')
    expect(box.readLedger().trimEnd().split('\n')).toHaveLength(2)
  })

  it('is driven by the short words of a shell', async () => {
    const box = sandbox()
    box.limits(LIMITS)
    const script = [
      'eval "$("$0" "$1" shell-init bash)"',
      'claude-start "Debug session"',
      'claude-log code "middleware"',
      'claude-quick debug "timeout"',
      'claude-status --format csv --section task_types',
      'claude-end',
    ].join(' && ')
    const surroundings = { cwd: box.project, env: { ...box.env, ...start.env } }
    const ran = await runProgram('bash', ['-c', script, process.execPath, CLI], surroundings)
    expect(ran).toMatchObject({ code: 0 })
    expect(ran.stdout).toContain('\ncode_generation,1,3500,5500,0.093,')
    expect(ran.stdout).toContain('\nEnded: Debug session, $0.11 in <1m (12,000 tokens, 2 operations)\n')
  })
})

describe('a task', () => {
  it('is what its agent used, by the environment of a hook or by its transcript', async () => {
    const box = sandbox()
    box.limits('budgets: { scoped: [{ enhancement: login, daily: 1 }] }\ntimezone: UTC\n')
    const at = Date.parse('2025-12-15T14:00:00Z')
    const response = aResponse({ cwd: box.project, at })
    box.write('abc123.jsonl', `${responseLines(response).join('\n')}\n`)
    box.append()
    const extracted = await box.run(
      ['task', 'extract', 'task_17', 'abc123.jsonl', 's-1', '--enhancement', 'login'],
      start,
    )
    expect(extracted).toMatchObject({ code: 0, stderr: '1 response: 1 new, 0 labelled anew\n' })
    const logged = await box.run(['log', 'claude-sonnet-4', '1000', '1000'], {
      env: { ...start.env, CMAT_CURRENT_TASK_ID: 'task_18', AI_COSTS_ENHANCEMENT: 'login' },
    })
    expect(logged.code).toBe(0)
    const answers = await Promise.all(
      [
        ['show', 'task_17', '--json'],
        ['enhancement', 'login'],
        ['list', '--json'],
        ['show', 'none'],
      ].map((words) => box.run(['task', ...words], later)),
    )
    const [shown, enhancement, list, none] = answers as [Outcome, Outcome, Outcome, Outcome]
    expect(JSON.parse(shown.stdout)).toMatchObject({
      metadata: {
        cost_input_tokens: '10',
        cost_output_tokens: '400',
        cost_cache_creation_tokens: '1200',
        cost_cache_read_tokens: '20000',
        cost_usd: '0.01698',
        cost_model: 'claude-sonnet-4-5-20250929',
        session_id: 's-1',
      },
    })
    expect(enhancement.stdout).toMatch(/Tasks: +2\n/)
    expect(enhancement.stdout).toContain('Budget enhancement=login/daily: $0.0350 of $1.00, 3%, ok\n')
    expect(JSON.parse(list.stdout)).toMatchObject({ tasks: [{ task: 'task_18' }, { task: 'task_17' }] })
    expect(none).toMatchObject({ code: 1, stdout: '' })
  })
})
