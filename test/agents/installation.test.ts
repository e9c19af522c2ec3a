import { describe, expect, it } from 'vitest'
import { AGENTS } from '../../src/agents/agents.ts'
import { install, uninstall } from '../../src/agents/installation.ts'
import { opencode } from '../../src/agents/opencode.ts'

const PROGRAM = { node: '/n', script: '/a/bin.cjs' }
const OLDER = { node: '/old', script: '/a/bin.cjs' }

describe.each(AGENTS.map((agent) => [agent.title, agent] as const))('%s', (_, agent) => {
  it('undone leaves nothing of a file that was made for it', () => {
    const made = install(agent, undefined, PROGRAM, 'linux')
    if (made.kind !== 'write') throw new Error(`it is to be written, not ${made.kind}`)
    expect(uninstall(agent, made.text, PROGRAM)).toMatchObject({ kind: 'remove', isOurs: true })
    expect(install(agent, made.text, PROGRAM, 'linux')).toEqual({
      kind: 'write',
      text: made.text,
      changes: [],
    })
  })

  it('brings up to date what an older version has made', () => {
    const old = install(agent, undefined, OLDER, 'linux')
    const now = install(agent, undefined, PROGRAM, 'linux')
    if (old.kind !== 'write' || now.kind !== 'write') throw new Error('both are to be written')
    expect(install(agent, old.text, PROGRAM, 'linux')).toMatchObject({ kind: 'write', text: now.text })
  })

  it.each([undefined, '', '\n'])('has nothing to undo in %j', (text) => {
    expect(uninstall(agent, text, PROGRAM)).toEqual({ kind: 'none' })
  })
})

describe('a file of ours', () => {
  it('is not confused with one of the user’s', () => {
    const refusal = {
      kind: 'refused',
      line: null,
      message: 'was not made by ai-costs init --tool opencode',
      fix: 'move it away, or name another place with --to',
    }
    expect(install(opencode, 'export const Mine = 1', PROGRAM, 'linux')).toEqual(refusal)
    expect(uninstall(opencode, 'export const Mine = 1', PROGRAM)).toEqual(refusal)
  })

  it('is known to be edited by the user', () => {
    const edited = `${opencode.text(PROGRAM)}// mine\n`
    expect(uninstall(opencode, edited, PROGRAM)).toMatchObject({ kind: 'remove', isOurs: false })
  })
})
