import { expect, it } from 'vitest'
import * as check from '../../src/commands/check.ts'
import * as config from '../../src/commands/config.ts'
import { LEDGER, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { call } from './calling.ts'

const ROUTER = `${PROJECT}/.ai-config/model-router.yaml`
const DEAR = `rules:
  - pattern: lint
    model: claude-sonnet-5
    min_model: claude-opus-5
default: claude-opus-5
downgrade:
  steps:
    - { at: 0.80, model: claude-opus-4 }
    - { at: 0.50, model: claude-sonet-5 }
`

it('config names steps and floors that cannot do what they promise, at their lines', async () => {
  const system = fakeSystem({ [ROUTER]: DEAR })
  const { stderr, exitCode } = await call(config, '', system)
  expect(exitCode).toBe(0)
  expect(stderr.split('\n')).toEqual([
    `ai-costs: note: ${ROUTER}:2: rule 1 chooses claude-sonnet-5, which is cheaper than its min_model claude-opus-5 — a min_model only limits downgrades: choose a model above it, or remove it`,
    expect.stringMatching(
      `^ai-costs: note: ${ROUTER}:9: claude-sonet-5 is unknown or has no price, so it is never taken as a step — correct the name, or add to prices.yaml: .*`,
    ),
    `ai-costs: note: ${ROUTER}:8: the step at 80% chooses claude-opus-4, which is cheaper than nothing that the rules or the default choose — choose a cheaper one, unless you mean models that are asked for by name`,
    '',
  ])
  const { stdout } = await call(config, '--json', system)
  expect(JSON.parse(stdout)).toMatchObject({ notices: [{ file: ROUTER, line: 2 }, { line: 9 }, { line: 8 }] })
})

it('config has nothing to say of a router that keeps its promises', async () => {
  const router = DEAR.replace('claude-opus-4 ', 'claude-haiku-4-5 ')
    .replace('sonet', 'sonnet')
    .replace(/ +min_model.*\n/, '')
  expect(await call(config, '', fakeSystem({ [ROUTER]: router }))).toMatchObject({ stderr: '', exitCode: 0 })
})

it.each(['', '--no-cache'])('check %s repeats them', async (words) => {
  const system = fakeSystem({ [ROUTER]: DEAR, [LEDGER]: '' })
  const { stdout, stderr, exitCode } = await call(check, words, system)
  expect(exitCode).toBe(0)
  expect(stdout + stderr).toContain(`${ROUTER}:9: claude-sonet-5 is unknown or has no price`)
})
