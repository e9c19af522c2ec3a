import { mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clockAt, runProgram } from './run.ts'
import { type Sandbox, NOW, sandbox, spent } from './sandbox.ts'

const ROUTER = `default: claude-opus-5
downgrade: { budgets: [daily], steps: [{ at: 0.80, model: claude-haiku-4-5 }] }
`

/** A project whose one session has spent too much, and the day nearly so. Its owner keeps his settings elsewhere. */
function world(): Sandbox & { readonly settings: string } {
  const box = sandbox()
  box.limits('budgets: { daily: 5.5, per_session: 1 }\nalerts: { action: block }\n')
  box.write('.ai-config/model-router.yaml', ROUTER)
  box.append(spent(5))
  const settings = join(box.home, '.claude', 'settings.json')
  mkdirSync(join(box.home, '.claude'))
  mkdirSync(join(box.home, 'dotfiles'))
  writeFileSync(join(box.home, 'dotfiles', 'claude.json'), '{\n\t"model": "opus"\n}\n', { mode: 0o600 })
  symlinkSync('../dotfiles/claude.json', settings)
  return { ...box, settings }
}

describe('ai-costs init --tool', () => {
  it('installs hooks that the shell of an agent can run, and takes them out again', async () => {
    const box = world()
    const { settings } = box
    const before = readFileSync(settings, 'utf8')
    const outcome = await box.run(['init', '--tool', 'claude-code'])
    expect([outcome.stderr, outcome.code]).toEqual(['', 0])
    expect(statSync(settings).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(box.home, 'dotfiles'))).toEqual(['claude.json'])
    expect(readdirSync(join(box.home, '.claude'))).toEqual([
      'settings.json',
      expect.stringMatching(/^settings\.json\.ai-costs-backup-\d{14}$/),
    ])
    const { hooks, statusLine } = JSON.parse(readFileSync(settings, 'utf8')) as {
      readonly hooks: Record<string, { readonly hooks: readonly { readonly command: string }[] }[]>
      readonly statusLine: { readonly command: string }
    }
    const line = hooks['PreToolUse']?.[0]?.hooks[0]?.command ?? ''
    const event = { hook_event_name: 'PreToolUse', session_id: 's1', cwd: box.project, tool_name: 'Bash' }
    const surroundings = { cwd: box.project, env: { ...box.env, ...clockAt(NOW) } }
    const [blocked, status, again] = await Promise.all([
      runProgram('sh', ['-c', line], { ...surroundings, stdin: JSON.stringify(event) }),
      runProgram('sh', ['-c', statusLine.command], { ...surroundings, stdin: '{"session_id":"s1"}' }),
      box.run(['init', '--tool', 'claude-code']),
    ])
    expect(blocked).toMatchObject({ code: 2, stdout: '' })
    expect(status).toMatchObject({ code: 0, stdout: expect.stringContaining('$5') })
    expect(again.stdout).toContain('nothing to change')
    expect((await box.run(['init', '--tool', 'claude-code', '--undo'])).code).toBe(0)
    expect(readFileSync(settings, 'utf8')).toBe(before)
  })

  it('writes adapters that ask this very program', async () => {
    const box = world()
    expect((await box.run(['init', '--tool', 'opencode,claude-code-router'])).stderr).toBe('')
    for (const path of ['.config/opencode/plugins/ai-costs.js', '.claude-code-router/ai-costs.cjs']) {
      // On a busy machine a start takes longer than an agent would wait for.
      const patient = readFileSync(join(box.home, path), 'utf8').replace(
        'PATIENCE_MS = 1000',
        'PATIENCE_MS = 20_000',
      )
      writeFileSync(join(box.home, path), patient)
    }
    const driver = join(box.home, 'driver.mjs')
    writeFileSync(
      driver,
      `import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
const { AiCosts } = await import(pathToFileURL(process.env.HOME + '/.config/opencode/plugins/ai-costs.js').href)
const router = createRequire(import.meta.url)(process.env.HOME + '/.claude-code-router/ai-costs.cjs')
const hooks = await AiCosts({ directory: process.cwd() })
const reason = await hooks['tool.execute.before']({ sessionID: 's1' }, {}).then(() => '', (error) => error.message)
const message = { model: { providerID: 'anthropic', modelID: 'claude-opus-5' } }
await hooks['chat.message']({ sessionID: 's2' }, { message, parts: [{ type: 'text', text: 'hello' }] }).catch((error) => (message.error = error.message))
const body = { messages: [{ role: 'user', content: 'hello' }] }
const routed = await router({ body, sessionId: 's1' }, { Providers: [{ name: 'p', models: ['claude-haiku-4-5'] }] })
console.log(JSON.stringify({ reason, message, routed }))
`,
    )
    const surroundings = { cwd: box.project, env: { ...box.env, ...clockAt(NOW) } }
    const { stdout } = await runProgram(process.execPath, [driver], surroundings)
    expect(JSON.parse(stdout)).toEqual({
      reason: expect.stringContaining('this tool is blocked'),
      message: { model: { providerID: 'anthropic', modelID: 'claude-haiku-4-5' } },
      routed: 'p,claude-haiku-4-5',
    })
  })

  it('leaves settings that it does not understand to the byte', async () => {
    const box = world()
    const text = '{\n  // mine\n}\n'
    writeFileSync(box.settings, text)
    expect(await box.run(['init', '--tool', 'claude-code'])).toMatchObject({
      stderr: `ai-costs: ${box.settings}:2: has a comment, which JSON does not know, nothing was changed: take it out\n`,
      code: 1,
    })
    expect(readFileSync(box.settings, 'utf8')).toBe(text)
    expect(readdirSync(join(box.home, '.claude'))).toEqual(['settings.json'])
  })
})
