import { describe, expect, it } from 'vitest'
import { AGENTS } from '../../src/agents/agents.ts'
import { installedHooks } from '../../src/agents/installed-hooks.ts'
import { withHooks } from '../../src/agents/settings-hooks.ts'

const hooks = (command: unknown) => [{ matcher: '', hooks: [{ type: 'command', command }] }]

describe('the hooks of an agent that call us', () => {
  it.each([
    ['none at all', {}, []],
    ['by name', { hooks: { Stop: hooks('ai-costs hook') } }, ['Stop']],
    ['by path', { hooks: { Stop: hooks('/opt/node/bin/ai-costs hook --dir /x') } }, ['Stop']],
    ['by file', { hooks: { SessionEnd: hooks('node "/opt/ai-costs/dist/bin.cjs" hook') } }, ['SessionEnd']],
    ['from a script', { hooks: { Stop: hooks('ai-costs hook | tee log') } }, ['Stop']],
    ['of others', { hooks: { Stop: hooks('say done') }, statusLine: { command: 'date' } }, []],
    ['among others', { hooks: { Stop: [...hooks('x'), ...hooks('ai-costs hook')] } }, ['Stop']],
    ['for the status line', { statusLine: { command: 'ai-costs statusline' } }, ['statusLine']],
    ['of another form', { hooks: { Stop: 'ai-costs hook', SubagentStop: [null, { hooks: [1] }] } }, []],
    ['of no form', { hooks: ['ai-costs hook'], statusLine: 'ai-costs statusline' }, []],
  ])('%s', (_, settings, places) => {
    expect(installedHooks(JSON.stringify(settings))?.map(({ place }) => place)).toEqual(places)
  })

  it('cannot be told from what is no JSON object', () => {
    expect(['', '{', '[]', 'null', '"ai-costs hook"'].map(installedHooks)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
  })

  it.each(AGENTS.flatMap((agent) => (agent.kind === 'settings' ? [agent] : [])))(
    'are all that was installed for $title',
    ({ wanted }) => {
      const program = { node: '/my node/bin/node', script: '/it’s here/dist/bin.cjs' }
      const { hooks: called, statusLine } = wanted(program, 'linux')
      const patched = withHooks('{"hooks":{"Stop":[{"hooks":[{"command":"say"}]}]}}', {
        hooks: called,
        statusLine,
      })
      if (patched.kind === 'refused') throw new Error(patched.message)
      const places = installedHooks(patched.text)?.map(({ place }) => place) ?? []
      expect(new Set(places)).toEqual(
        new Set([...called.map(({ event }) => event), ...(statusLine === null ? [] : ['statusLine'])]),
      )
    },
  )
})
