import {
  array,
  assert,
  boolean,
  constantFrom,
  integer,
  option,
  oneof,
  property,
  record,
  string,
  stringMatching,
} from 'fast-check'
import { describe, expect, it } from 'vitest'

import { type RouteCall, type RouteGround, answerRoute } from '../../../src/core/answers/route.ts'
import { MODEL_NAME, isModelName } from '../../../src/core/model-name.ts'
import { patternEngine, patternFault } from '../../../src/core/pattern-engine.ts'
import type { RouterSettings } from '../../../src/core/router.ts'
import { NAMED_TOOLS } from '../../../src/core/tool-names.ts'
import { aBudget, share } from '../../kit/a-budget.ts'
import { usage } from '../../kit/fold-lines.ts'
import { aRouter, aRule, ratesOf } from '../routing.ts'
import { aJudgement } from './a-judgement.ts'

const CALL: RouteCall = {
  model: null,
  project: null,
  session: null,
  tool: null,
  fallback: null,
  explain: false,
  json: false,
}

function ground(router: RouterSettings, rest: Partial<RouteGround> = {}): RouteGround {
  return {
    routing: { router, defaultModel: null, ratesOf },
    keptAt: null,
    means: { engine: patternEngine, isLate: () => false },
    newId: () => 'd1',
    ...rest,
  }
}

const spentOf = (usd: number, fields: Readonly<Record<string, unknown>> = {}) =>
  usage({ v: 1, id: 'a', cost_usd: usd, project: 'shop', ...fields })

describe('an answer', () => {
  const models = oneof(
    constantFrom('m-opus', 'm-sonnet', 'm-haiku', 'sonnet', 'claude-opus-4-5', 'gpt-5', 'x-ai/grok-4'),
    stringMatching(new RegExp(MODEL_NAME)),
  )
  const patterns = oneof(
    constantFrom('lint|format', 'a+', '.*'),
    string({ minLength: 1, maxLength: 12 }),
  ).filter((pattern) => patternFault(pattern) === null)
  const routers = record({
    rules: array(record({ pattern: patterns, model: models, reason: string(), minModel: option(models) }), {
      maxLength: 3,
    }),
    default: option(models),
    downgrade: option(
      record({
        budgets: constantFrom(['daily'], []),
        steps: array(
          models.map((model) => ({ at: share('0.5'), model })),
          { maxLength: 1 },
        ),
        protect: option(patterns),
      }),
    ),
  })
  const calls = record<RouteCall>({
    model: option(models),
    project: option(string()),
    session: option(string()),
    tool: option(constantFrom(...NAMED_TOOLS)),
    fallback: option(models),
    explain: boolean(),
    json: constantFrom(false),
  })
  const prompts = oneof(
    string({ unit: 'binary', maxLength: 40 }),
    constantFrom('lint', `${'a'.repeat(20_000)}!`),
  )

  it('is one line with one name of a model, or nothing and why, whatever the settings and the prompt', () => {
    assert(
      property(routers, calls, prompts, integer({ min: 0, max: 20 }), (router, call, prompt, usd) => {
        const judgement = aJudgement({ lines: [spentOf(usd)], budgets: [aBudget('daily', '10')] })
        const answer = answerRoute(call, prompt, judgement, ground(router))
        if (answer === 'engine-needed') throw new Error('there is an engine')
        const { stdout, stderr, exitCode } = answer.result
        const lines = String(stdout).split('\n')
        if (exitCode === 0) {
          expect(lines).toHaveLength(2)
          expect(isModelName(lines[0] ?? '')).toBe(true)
        } else {
          expect({ stdout, fallback: call.fallback, isTold: stderr !== '' }).toEqual({
            stdout: '',
            fallback: null,
            isTold: true,
          })
          expect([1, 3]).toContain(exitCode)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('holds nothing of the prompt', () => {
    const router = aRouter({ rules: [aRule('canary', 'm-opus', { reason: 'birds' })] })
    const judgement = aJudgement({ lines: [spentOf(9)], budgets: [aBudget('daily', '10')] })
    for (const explain of [true, false]) {
      for (const json of [true, false]) {
        const answer = answerRoute({ ...CALL, explain, json }, 'a CANARY sings', judgement, ground(router))
        expect(
          JSON.stringify(answer, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
        ).not.toMatch(/canary|sings/i)
      }
    }
  })
})

describe('a budget of a project', () => {
  const scope = { project: 'shop' }
  const router = aRouter({
    downgrade: {
      budgets: ['project=shop/daily'],
      steps: [{ at: share('0.5'), model: 'm-haiku' }],
      protect: null,
    },
  })
  const judgement = aJudgement({ lines: [spentOf(9)], budgets: [aBudget('daily', '10', scope)] })

  it.each<[call: Partial<RouteCall>, model: string]>([
    [{ project: 'shop' }, 'm-haiku'],
    [{ project: 'other' }, 'm-opus'],
    [{ session: 's1' }, 'm-haiku'],
    [{ session: 's1', project: 'other' }, 'm-opus'],
    [{}, 'm-haiku'],
  ])('presses a request with %j to %s', (call, model) => {
    expect(answerRoute({ ...CALL, ...call }, '', judgement, ground(router))).toMatchObject({
      result: { stdout: `${model}\n` },
    })
  })
})

describe('without an engine', () => {
  it('is asked for one, when a pattern needs it', () => {
    const router = aRouter({ rules: [aRule('a+', 'm-haiku')] })
    const judgement = aJudgement({ lines: [] })
    const without = ground(router, { means: { engine: null, isLate: () => false } })
    expect(answerRoute(CALL, 'x', judgement, without)).toBe('engine-needed')
    expect(answerRoute({ ...CALL, model: 'm-opus' }, 'x', judgement, without)).not.toBe('engine-needed')
  })
})
