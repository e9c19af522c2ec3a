import { describe, expect, it } from 'vitest'
import { installedHooks } from '../../src/agents/installed-hooks.ts'

const hooks = (command: unknown) => [{ matcher: '', hooks: [{ type: 'command', command }] }]

describe('the hooks of Claude Code that call us', () => {
  it.each([
    ['none at all', {}, []],
    ['by name', { hooks: { Stop: hooks('ai-costs hook') } }, ['Stop']],
    ['by path', { hooks: { Stop: hooks('/opt/node/bin/ai-costs hook --dir /x') } }, ['Stop']],
    ['by file', { hooks: { SessionEnd: hooks('node "/opt/ai-costs/dist/bin.cjs" hook') } }, ['SessionEnd']],
    ['of others', { hooks: { Stop: hooks('say done') } }, []],
    ['among others', { hooks: { Stop: [...hooks('x'), ...hooks('ai-costs hook')] } }, ['Stop']],
    ['of another form', { hooks: { Stop: 'ai-costs hook', SubagentStop: [null, { hooks: [1] }] } }, []],
    ['of no form', { hooks: ['ai-costs hook'] }, []],
  ])('%s', (_, settings, events) => {
    expect(installedHooks(JSON.stringify(settings))).toEqual(events)
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
})
