import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { env, execPath } from 'node:process'
import { describe, expect, it } from 'vitest'
import type { FileAgent } from '../../src/agents/agent.ts'
import { claudeCodeRouter } from '../../src/agents/claude-code-router.ts'
import { litellm } from '../../src/agents/litellm.ts'
import { opencode } from '../../src/agents/opencode.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

/** Nothing of it may be taken for an option, a shell's business or the end of a text. */
const HOSTILE = '$(touch x) `y` "z" \'; --undo \\n \u001b[31m -x'

/** Stands in for ai-costs: puts on record how it is called, and answers as the session says. */
const FAKE = `
import { appendFileSync, readFileSync } from 'node:fs'
const input = readFileSync(0, 'utf8')
const words = process.argv.slice(2)
appendFileSync(process.env.CALLS, JSON.stringify({ words, input }) + '\\n')
const [, session = ''] = /session(?:ID":"|=)([a-z]+)/.exec(words.join(' ') + ' ' + input) ?? []
const exits = { blocked: 2, broken: 70 }
if (session === 'slow') setTimeout(() => {}, 60_000)
else {
  if (session === 'blocked' || process.env.AI_COSTS_BLOCK === '1') console.error('daily is spent')
  if (session in process.env) console.log(process.env[session])
  process.exitCode = words[0] === 'check' ? 2 : exits[session] ?? 0
}
`

interface Call {
  readonly words: readonly string[]
  readonly input: string
}

/** In the units of the adapter: ample on a busy machine, and so little that nobody answers in time. */
const PATIENCE = {
  'ai-costs.js': [20_000, 1],
  'ai-costs.cjs': [20_000, 1],
  'ai_costs_litellm.py': [20, 0.001],
}

/** A folder with the adapter in it, a driver beside it, and ai-costs played by a script. */
function played(
  agent: FileAgent,
  file: keyof typeof PATIENCE,
  driver: { readonly name: string; readonly text: string },
) {
  const folder = temporaryDirectory()
  const script = join(folder, "it's ai-costs.mjs")
  writeFileSync(script, FAKE)
  writeFileSync(join(folder, driver.name), driver.text)
  const callsFile = join(folder, 'calls')
  return {
    folder,
    run: (program: string, answers: Readonly<Record<string, string>>, isImpatient = false): unknown => {
      const patience = PATIENCE[file][isImpatient ? 1 : 0]
      const text = agent.text({ node: execPath, script })
      const patient = text.replace(/(?<=PATIENCE_\w+ = ).*/, String(patience))
      expect(patient).not.toBe(text)
      writeFileSync(join(folder, file), patient)
      const { stdout, stderr } = spawnSync(program, [join(folder, driver.name)], {
        cwd: folder,
        env: { PATH: env['PATH'] ?? '', CALLS: callsFile, ...answers },
        encoding: 'utf8',
      })
      expect(stderr).toBe('')
      return JSON.parse(stdout)
    },
    calls: (): readonly Call[] =>
      readFileSync(callsFile, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Call),
  }
}

describe('the plugin of OpenCode', () => {
  const DRIVER = `
import { AiCosts } from './ai-costs.js'
const hooks = await AiCosts({ directory: '/app' })
const said = async (sessionID) => {
  const message = { model: { providerID: 'anthropic', modelID: 'claude-opus-5', variant: 'high' } }
  const parts = [{ type: 'text', text: 'lint ' + process.env.hostile }, { type: 'text', text: 'secret', synthetic: true }, { type: 'file' }]
  return hooks['chat.message']({ sessionID }, { message, parts }).then(() => message.model, (error) => error.message)
}
const tool = (sessionID) => hooks['tool.execute.before']({ sessionID }, { args: {} }).then(() => 'allowed', (error) => error.message)
const told = (type) => hooks.event({ event: { type, properties: { sessionID: 'told' } } })
const sessions = process.env.sessions.split(' ')
const answers = await Promise.all(sessions.map(said))
const tools = await Promise.all(sessions.map(tool))
await Promise.all([told('session.idle'), told('message.updated')])
console.log(JSON.stringify({ answers, tools }))
`

  it('takes the model that is routed, stops at exit 2, and fails open', () => {
    const { run, calls } = played(opencode, 'ai-costs.js', { name: 'driver.mjs', text: DRIVER })
    const asked = { providerID: 'anthropic', modelID: 'claude-opus-5', variant: 'high' }
    const lowered = '{"model":{"providerID":"anthropic","modelID":"claude-haiku-4-5"}}'
    const sessions = 'lowered blocked broken garbage nothing'
    expect(run(execPath, { sessions, lowered, garbage: 'x', hostile: HOSTILE })).toEqual({
      answers: [{ ...asked, modelID: 'claude-haiku-4-5' }, 'daily is spent', asked, asked, asked],
      tools: ['allowed', 'daily is spent', 'allowed', 'allowed', 'allowed'],
    })
    const events = calls().map(({ words, input }) => {
      expect(words).toEqual(['hook', '--agent', 'opencode'])
      return JSON.parse(input) as Readonly<Record<string, unknown>>
    })
    expect(events.filter(({ event }) => event === 'session.idle')).toEqual([
      { event: 'session.idle', sessionID: 'told', directory: '/app' },
    ])
    expect(events.find(({ sessionID }) => sessionID === 'lowered')).toEqual({
      event: 'chat.message',
      sessionID: 'lowered',
      directory: '/app',
      model: asked,
      prompt: `lint ${HOSTILE}\n\n`,
    })
  })

  it('does not wait for ai-costs when it hangs, and does without it when it is gone', () => {
    const { folder, run } = played(opencode, 'ai-costs.js', { name: 'driver.mjs', text: DRIVER })
    expect(run(execPath, { sessions: 'slow', hostile: '' }, true)).toMatchObject({ tools: ['allowed'] })
    rmSync(join(folder, "it's ai-costs.mjs"))
    expect(run(execPath, { sessions: 'blocked', hostile: '' })).toMatchObject({ tools: ['allowed'] })
  })
})

describe('the module of claude-code-router', () => {
  const DRIVER = `
const router = require('./ai-costs.cjs')
const providers = [{ name: 'a', models: ['claude-haiku-4-5'] }, { name: 'openrouter', models: ['x/deepseek-chat'] }]
const old = { Providers: providers, Router: { default: 'a,claude-haiku-4-5' } }
const now = { Providers: providers, Router: { default: 'a/claude-haiku-4-5' } }
const body = { messages: [{ role: 'user', content: [{ type: 'text', text: 'first' }] }, { role: 'user', content: [{ type: 'text', text: 'last' }] }] }
const asked = (sessionId, config) => router({ body, sessionId }, config, {})
Promise.all([
  asked('lowered', old), asked('lowered', now), asked('prefixed', old), asked('unknown', old),
  asked('broken', old), asked('blocked', old), asked('nothing', old), asked('lowered', {}), router({}, undefined),
]).then((answers) => console.log(JSON.stringify(answers.map((one) => one ?? null))))
`

  it('names provider and model as the router writes them, and leaves it alone in any trouble', () => {
    const { run, calls } = played(claudeCodeRouter, 'ai-costs.cjs', { name: 'driver.cjs', text: DRIVER })
    const answers = { lowered: 'claude-haiku-4-5', prefixed: 'deepseek-chat', unknown: 'gpt-9' }
    expect(run(execPath, { ...answers, broken: 'claude-haiku-4-5' })).toEqual([
      'a,claude-haiku-4-5',
      'a/claude-haiku-4-5',
      'openrouter,x/deepseek-chat',
      ...Array<null>(6).fill(null),
    ])
    expect(calls().find(({ words }) => words.includes('--session=prefixed'))).toEqual({
      words: ['route', '--prompt', '-', '--session=prefixed'],
      input: 'last',
    })
    expect(run(execPath, answers, true)).toEqual(Array<null>(9).fill(null))
  })
})

const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython) console.warn('not tested: the callback of LiteLLM, for want of python3')

describe.skipIf(!hasPython)('the callback of LiteLLM', () => {
  const DRIVER = `
import asyncio, json
from ai_costs_litellm import handler
from fastapi import HTTPException

async def call(session, **data):
    data = {"model": "claude-opus-5", "metadata": {"session_id": session}, **data}
    try:
        return (await handler.async_pre_call_hook(None, None, data, "completion"))["model"]
    except HTTPException as error:
        return error.status_code

async def main():
    said = [{"role": "user", "content": [{"type": "text", "text": "last"}]}, {"role": "assistant", "content": None}]
    print(json.dumps(await asyncio.gather(
        call("lowered", messages=said), call("kept"), call("broken"), call("garbage"),
        call("lowered", metadata=None, litellm_session_id="lowered"), call("kept", model="--help"),
    )))

asyncio.run(main())
`

  function world() {
    const playing = played(litellm, 'ai_costs_litellm.py', { name: 'driver.py', text: DRIVER })
    const modules = {
      'fastapi.py':
        'class HTTPException(Exception):\n    def __init__(self, status_code, detail):\n        self.status_code = status_code\n',
      'litellm/integrations/custom_logger.py': 'class CustomLogger:\n    pass\n',
    }
    for (const [name, text] of Object.entries(modules)) {
      mkdirSync(dirname(join(playing.folder, name)), { recursive: true })
      writeFileSync(join(playing.folder, name), text)
    }
    return playing
  }

  const ANSWERS = {
    PYTHONDONTWRITEBYTECODE: '1',
    lowered: '{"model":"claude-haiku-4-5","downgraded":true}',
    kept: '{"model":"claude-opus-5-20260101","downgraded":false}',
    garbage: 'x',
  }

  it('lowers the model where the budgets ask for it, and leaves it in any trouble', () => {
    const { run, calls } = world()
    const asked = 'claude-opus-5'
    expect(run('python3', ANSWERS)).toEqual([
      'claude-haiku-4-5',
      asked,
      asked,
      asked,
      'claude-haiku-4-5',
      '--help',
    ])
    expect(calls().find(({ input }) => input === 'last')?.words).toEqual([
      'route',
      '--json',
      '--prompt',
      '-',
      '--session=lowered',
      '--',
      asked,
    ])
  })

  it('does not wait for ai-costs when it hangs', () => {
    const kept = [...Array<string>(5).fill('claude-opus-5'), '--help']
    expect(world().run('python3', { ...ANSWERS, AI_COSTS_BLOCK: '1' }, true)).toEqual(kept)
  })

  it('answers 429 at critical when it is told to block', () => {
    expect(world().run('python3', { ...ANSWERS, AI_COSTS_BLOCK: '1' })).toEqual(Array<number>(6).fill(429))
  })
})
