import { existsSync, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { CLI, clockAt, runProgram } from './run.ts'
import { NOW, type Sandbox, sandbox, spent } from './sandbox.ts'

const ROUTER = `rules:
  - { pattern: "lint", model: claude-haiku-4-5 }
  - { pattern: "(a+)+$", model: claude-sonnet-5 }
default: claude-opus-5
downgrade:
  steps: [{ at: 0.8, model: claude-haiku-4-5 }]
`

function routed(usd: number): Sandbox {
  const box = sandbox()
  box.limits('budgets:\n  daily: 10\n')
  box.write('.ai-config/model-router.yaml', ROUTER)
  box.append(spent(usd))
  return box
}

const at = { env: clockAt(NOW) }

/** Every file of the machine, as text. */
function everyText(box: Sandbox): string {
  const names = readdirSync(box.home, { recursive: true, encoding: 'utf8' })
  const files = names.map((name) => join(box.home, name)).filter((path) => statSync(path).isFile())
  return files.map((path) => readFileSync(path, 'latin1')).join('\n')
}

describe('ai-costs route', () => {
  it('downgrades, and puts it on record for nobody else to read', async () => {
    const box = routed(9)
    const { stdout, stderr, code } = await box.run(['route', '--session', 's1'], at)
    expect({ stdout, code }).toEqual({ stdout: 'claude-haiku-4-5\n', code: 0 })
    expect(stderr).toContain('claude-opus-5 gives way to claude-haiku-4-5')
    const file = join(box.costs, 'decisions.jsonl')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ from: 'claude-opus-5', session_id: 's1' })
    const listed = await box.run(['decisions', '--json'], at)
    expect(JSON.parse(listed.stdout)).toMatchObject({
      decisions: [{ to: 'claude-haiku-4-5', budget: 'daily' }],
    })
  })

  it.each([
    ['a shell command', '$(touch pwned); `touch pwned` "\' canary'],
    ['an option', '--fallback=canary'],
    ['an end of options', '-- canary'],
    ['an escape sequence', '\u001b]0;canary\u0007\u001b[2J'],
    ['100 KB', `canary${'x'.repeat(100_000)}`],
  ])('takes a prompt that looks like %s for text, and keeps none of it', async (_, prompt) => {
    const box = routed(9)
    const outcomes = [
      await box.run(['route', '--prompt', prompt], at),
      await box.run(['route', '--prompt', '-'], { ...at, stdin: prompt }),
    ]
    for (const { stdout, stderr, code } of outcomes) {
      expect({ stdout, code }).toEqual({ stdout: 'claude-haiku-4-5\n', code: 0 })
      // oxlint-disable-next-line no-control-regex -- finding control characters is the point
      expect(stderr).not.toMatch(/canary|[\u0000-\u0009\u000b-\u001f]/)
    }
    expect(everyText(box)).not.toContain('canary')
    expect(existsSync(join(box.project, 'pwned'))).toBe(false)
  })

  it('matches 200 KB against a pattern that others never finish', async () => {
    const { stdout } = await routed(0).run(['route', '--prompt', '-'], {
      ...at,
      stdin: `${'a'.repeat(200_000)}!`,
    })
    expect(stdout).toBe('claude-opus-5\n')
  })

  it('gives a shell one word, also without any settings', async () => {
    const box = sandbox()
    const script = `for word in $("$1" "$2" route --fallback sonnet); do echo "[$word]"; done`
    const surroundings = { cwd: box.project, env: { ...box.env, ...at.env } }
    const { stdout, stderr, code } = await runProgram(
      'sh',
      ['-c', script, 'sh', process.execPath, CLI],
      surroundings,
    )
    expect({ stdout, code }).toEqual({ stdout: '[sonnet]\n', code: 0 })
    expect(stderr).toContain('nothing names a model for this request')
    expect(existsSync(box.costs)).toBe(false)
    expect((await box.run(['route'], at)).code).toBe(1)
  })

  it('keeps every line whole when many are written at once', async () => {
    const box = routed(9)
    await Promise.all(Array.from({ length: 12 }, (_, nth) => box.run(['route', '--session', `s${nth}`], at)))
    const lines = readFileSync(join(box.costs, 'decisions.jsonl'), 'utf8').trimEnd().split('\n')
    const sessions = lines.map((line) => (JSON.parse(line) as { session_id: string }).session_id)
    expect(sessions.toSorted()).toEqual(Array.from({ length: 12 }, (_, nth) => `s${nth}`).toSorted())
  })

  it('neither reads nor writes decisions through a link', async () => {
    const box = routed(9)
    box.write('keys', 'private')
    symlinkSync(join(box.project, 'keys'), join(box.costs, 'decisions.jsonl'))
    const { stdout, stderr, code } = await box.run(['route', '--session', 's1'], at)
    expect({ stdout, code }).toEqual({ stdout: 'claude-haiku-4-5\n', code: 0 })
    expect(stderr).toContain('is a symbolic link')
    expect(readFileSync(join(box.project, 'keys'), 'utf8')).toBe('private')
  })
})
