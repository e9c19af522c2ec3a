import { describe, expect, test } from 'vitest'

import { parseMoney } from '../../src/core/money.ts'
import { cline, kiloCode, rooCode } from '../../src/sources/cline.ts'
import { CANARY, keepsItsPromises, read } from './told.ts'

const TASK = '/roots/1763600000000/ui_messages.json'
const SESSION = '/roots/ses-1/ses-1.messages.json'

const TS = Date.UTC(2026, 1, 18, 12)
const USED = { request: CANARY, tokensIn: 100, tokensOut: 50, cacheReads: 20, cacheWrites: 5, cost: 0.12345 }

function request(used: object, more: object = {}) {
  return { ts: TS, type: 'say', say: 'api_req_started', text: JSON.stringify(used), ...more }
}

function task(...messages: readonly object[]): string {
  return JSON.stringify([{ ts: TS - 1, type: 'say', say: 'text', text: CANARY }, ...messages])
}

function session(...messages: readonly object[]): string {
  return JSON.stringify({ version: 1, agent: 'lead', sessionId: 'ses-1', messages })
}

const MODEL = { modelInfo: { modelId: 'claude-sonnet-5', providerId: 'anthropic', mode: 'act' } }
const PLACEHOLDER = request({ request: CANARY }, { ts: TS + 9 })

describe('the tasks of Cline', () => {
  keepsItsPromises(cline, task(request(USED, MODEL), PLACEHOLDER), TASK)

  test('tells each request, and what Cline says that it cost', () => {
    const { told } = read(cline, task(request(USED, MODEL), PLACEHOLDER), TASK)
    expect(told).toHaveLength(1)
    expect(told[0]?.record).toMatchObject({
      id: `cline:1763600000000:${TS}`,
      timestamp: TS,
      sessionId: '1763600000000',
      model: 'claude-sonnet-5',
      inputTokens: 100,
      outputTokens: 50,
      cacheReadTokens: 20,
      cacheWriteTokens: 5,
      costUsd: parseMoney('0.12345'),
      costSource: 'tool',
    })
  })

  test('takes cached tokens out of the input of providers that have them in it', () => {
    const info = { modelInfo: { modelId: 'grok-5', providerId: 'xai' } }
    expect(read(cline, task(request(USED, info)), TASK).told[0]?.record.inputTokens).toBe(75)
  })

  test('knows the model from an earlier message, and says so when it does not', () => {
    const [known] = read(cline, task(MODEL, request(USED)), TASK).told
    const [unknown] = read(cline, task(request(USED)), TASK).told
    expect(known?.record.model).toBe('claude-sonnet-5')
    expect(unknown?.record.model).toBe('(unknown)')
  })

  test('goes on behind what is damaged or strange', () => {
    const text = task(
      { say: 'api_req_started', text: CANARY },
      { say: 'api_req_started' },
      request({ ...USED, tokensOut: -1 }, { ts: TS + 1 }),
      request(USED, { ts: TS + 2 }),
    )
    const { told, counts } = read(cline, text, TASK)
    expect(told).toHaveLength(1)
    expect(counts).toMatchObject({ damaged: 2, strange: 1 })
    expect(read(cline, text.slice(0, -5), TASK)).toMatchObject({ told: [], counts: { damaged: 1 } })
  })

  test('names requests without a time by their place', () => {
    const { told } = read(cline, task(request(USED, { ts: undefined })), TASK)
    expect(told[0]?.record).toMatchObject({ id: 'cline:1763600000000:1', timestamp: null })
  })
})

describe('the sessions of Cline', () => {
  const metrics = {
    inputTokens: 7507,
    outputTokens: 131,
    cacheReadTokens: 50,
    cacheWriteTokens: 7,
    cost: 0.0110232,
  }
  const answer = (id: string | undefined, more: object = {}) => ({
    id,
    role: 'assistant',
    ts: 1_785_320_475_705,
    content: [{ type: 'text', text: CANARY }],
    modelInfo: { id: 'glm-5.2', provider: 'cline' },
    metrics,
    ...more,
  })
  const TEXT = session({ id: 'm-0', role: 'user', content: CANARY }, answer('m-1'), answer('m-2'))
  keepsItsPromises(cline, TEXT, SESSION)

  test('tells each answer, with cached tokens taken out of the input', () => {
    expect(read(cline, TEXT, SESSION).told[0]?.record).toMatchObject({
      id: 'cline:ses-1:ses-1:m-1',
      timestamp: 1_785_320_475_705,
      sessionId: 'ses-1',
      model: 'glm-5.2',
      inputTokens: 7450,
      outputTokens: 131,
      cacheReadTokens: 50,
      cacheWriteTokens: 7,
      costUsd: parseMoney('0.0110232'),
    })
  })

  test('counts what a subagent used to the session that it worked for', () => {
    const [told] = read(cline, TEXT, '/roots/ses-1/agent-7.messages.json').told
    expect(told?.record).toMatchObject({ id: 'cline:ses-1:agent-7:m-1', sessionId: 'ses-1' })
  })

  test('says what is damaged and what is strange', () => {
    expect(read(cline, TEXT.slice(0, 50), SESSION).counts.damaged).toBe(1)
    expect(read(cline, '{"messages": 7}', SESSION).counts.strange).toBe(1)
    const { told, counts } = read(
      cline,
      session(answer('m-1', { metrics: { inputTokens: '7' } }), answer(undefined)),
      SESSION,
    )
    expect(told.map(({ record }) => record.id)).toEqual(['cline:ses-1:ses-1:1'])
    expect(counts.strange).toBe(1)
  })
})

describe.each([
  [rooCode, Date.UTC(2025, 10, 1)],
  [kiloCode, Date.UTC(2025, 10, 12)],
])('the tasks of $title', (source, since) => {
  keepsItsPromises(source, task(request(USED), PLACEHOLDER), TASK)

  test.each([
    ['since it has them in it', { apiProtocol: 'anthropic' }, since, 75],
    ['before that from OpenAI', { apiProtocol: 'openai' }, since - 1, 75],
    ['but not before that from Anthropic', { apiProtocol: 'anthropic' }, since - 1, 100],
    ['but not before that from nobody knows whom', {}, since - 1, 100],
    ['but not where they are more than all', { tokensIn: 4, cacheReads: 90, cacheWrites: 60 }, since, 4],
  ])('takes cached tokens out of the input %s', (_when, more, ts, input) => {
    const { told } = read(source, task(request({ ...USED, ...more }, { ts })), TASK)
    expect(told[0]?.record).toMatchObject({ id: `${source.name}:1763600000000:${ts}`, inputTokens: input })
  })
})

describe('where tasks lie', () => {
  const STORAGE = 'User/globalStorage/saoudrizwan.claude-dev/tasks'
  const places = { home: '/home/u', variables: {}, platform: 'linux' }

  test.each([
    ['linux', {}, '/home/u/.config'],
    ['linux', { XDG_CONFIG_HOME: '/cfg' }, '/cfg'],
    ['darwin', {}, '/home/u/Library/Application Support'],
    ['win32', { APPDATA: 'C:/Users/u/AppData/Roaming' }, 'C:/Users/u/AppData/Roaming'],
    ['win32', {}, '/home/u/AppData/Roaming'],
  ])('on %s with %o: below %s', (platform, variables, base) => {
    const found = cline.directories({ ...places, platform, variables })
    for (const editor of ['Code', 'Code - Insiders', 'Cursor', 'VSCodium', 'Windsurf']) {
      expect(found).toContain(`${base}/${editor}/${STORAGE}`)
    }
  })

  test('in remote windows and outside of editors too', () => {
    const found = cline.directories(places)
    expect(found).toContain(`/home/u/.vscode-server/data/${STORAGE}`)
    expect(found).toContain('/home/u/.cline/data/tasks')
    expect(found).toContain('/home/u/.cline/data/sessions')
    expect(rooCode.directories(places)).toContain('/home/u/.vscode-mock/global-storage/tasks')
    expect(kiloCode.directories(places).join()).toContain('globalStorage/kilocode.kilo-code/tasks')
  })

  test('recognizes a task anywhere', () => {
    expect(cline.recognizes(task(request(USED)))).toBe(true)
  })
})
