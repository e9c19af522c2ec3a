import { describe, expect, it, test } from 'vitest'

import { claudeCode } from '../../src/sources/claude-code.ts'
import { CANARY, idsIn, keepsItsPromises, lines, read } from './told.ts'

const PATH = '/roots/-home-u-app/s-1.jsonl'
const AGENT = '/roots/-home-u-app/s-1/subagents/agent-7.jsonl'

const USAGE = {
  input_tokens: 4,
  output_tokens: 2,
  cache_creation_input_tokens: 3000,
  cache_read_input_tokens: 20_000,
  cache_creation: { ephemeral_5m_input_tokens: 1000, ephemeral_1h_input_tokens: 2000 },
  server_tool_use: { web_search_requests: 0, web_fetch_requests: 0 },
  service_tier: 'standard',
  speed: 'standard',
  inference_geo: 'not_available',
}

interface Parts {
  readonly line?: object
  readonly message?: object
  readonly usage?: object
}

/** A line as Claude Code writes it, with some fields changed; undefined leaves one out. */
function response({ line = {}, message = {}, usage = {} }: Parts = {}) {
  return {
    type: 'assistant',
    timestamp: '2026-11-20T23:59:58.120Z',
    sessionId: 's-1',
    cwd: '/home/u/app',
    gitBranch: 'main',
    version: '2.1.233',
    uuid: 'u-1',
    parentUuid: 'u-0',
    requestId: 'req_A',
    isSidechain: false,
    ...line,
    message: {
      id: 'msg_A',
      role: 'assistant',
      model: 'claude-sonnet-5',
      content: [{ type: 'text', text: CANARY }],
      stop_reason: null,
      ...message,
      usage: { ...USAGE, ...usage },
    },
  }
}

const SIDE = {
  line: { isSidechain: true, requestId: 'req_B', uuid: 'u-4', timestamp: '2026-11-21T00:00:09.000Z' },
  message: { id: 'msg_B', model: 'claude-haiku-4-5-20251001' },
  usage: { input_tokens: 900, output_tokens: 55, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
}

/** Three tellings of one response and one of a subagent, around midnight. */
const SESSION = lines(
  { type: 'user', sessionId: 's-1', message: { role: 'user', content: `${CANARY} "output_tokens":1` } },
  response(),
  response({
    line: { uuid: 'u-2', timestamp: '2026-11-21T00:00:01.900Z', gitBranch: undefined },
    usage: { cache_creation: undefined, server_tool_use: undefined, speed: undefined },
  }),
  response({
    line: { uuid: 'u-3', timestamp: '2026-11-21T00:00:03.000Z' },
    message: { stop_reason: 'tool_use', content: [{ type: 'tool_use', input: { text: CANARY } }] },
    usage: { output_tokens: 412 },
  }),
  response(SIDE),
)

keepsItsPromises(claudeCode, SESSION, PATH)

/** What is told of one line. */
function toldOf(parts: Parts, path = PATH) {
  return read(claudeCode, lines(response(parts)), path)
}

function recordOf(parts: Parts) {
  const [first] = toldOf(parts).told
  if (first === undefined) throw new Error('nothing was told')
  return first.record
}

describe('the tellings of a response', () => {
  const { told } = read(claudeCode, SESSION, PATH)

  it('have one id, whatever their line, and say what is so far', () => {
    expect(told.map(({ record }) => [record.id, record.outputTokens])).toEqual([
      ['claude-code:msg_A:req_A', 2],
      ['claude-code:msg_A:req_A', 2],
      ['claude-code:msg_A:req_A', 412],
      ['claude-code:msg_B', 55],
    ])
  })

  it('are final once there is a reason to stop, or more output than a placeholder has', () => {
    expect(told.map(({ isFinal }) => isFinal)).toEqual([false, false, true, true])
    expect(toldOf({ usage: { output_tokens: 8 } }).told[0]?.isFinal).toBe(false)
    expect(toldOf({ usage: { output_tokens: 9 } }).told[0]?.isFinal).toBe(true)
    expect(toldOf({ message: { stop_reason: 'end_turn' } }).told[0]?.isFinal).toBe(true)
  })

  it('say where, when and with what the agent worked', () => {
    expect(told[0]).toMatchObject({
      cwd: '/home/u/app',
      record: {
        timestamp: Date.UTC(2026, 10, 20, 23, 59, 58, 120),
        sessionId: 's-1',
        model: 'claude-sonnet-5',
        tool: 'claude-code',
        branch: 'main',
        inputTokens: 4,
        cacheReadTokens: 20_000,
        cacheWriteTokens: 3000,
        cacheWrite1hTokens: 2000,
        webSearchRequests: 0,
        costUsd: null,
        aggregate: false,
      },
    })
  })
})

describe('an id', () => {
  test.each<[what: string, parts: Parts, id: string, response: string]>([
    ['is message and request', {}, 'claude-code:msg_A:req_A', 'claude-code:msg_A'],
    [
      'is the message alone without a request',
      { line: { requestId: undefined } },
      'claude-code:msg_A',
      'claude-code:msg_A',
    ],
    [
      'is the message alone in a side chain',
      { line: { isSidechain: true } },
      'claude-code:msg_A',
      'claude-code:msg_A',
    ],
    [
      'of a gateway has its colons replaced, so that it still ends where the request begins',
      { message: { id: 'gen:17:a' } },
      'claude-code:gen-17-a:req_A',
      'claude-code:gen-17-a',
    ],
    [
      'is the line itself where the message has none',
      { message: { id: undefined } },
      'claude-code:u-1:req_A',
      'claude-code:u-1',
    ],
    [
      'is the instant where nothing has one',
      { message: { id: null }, line: { uuid: null, requestId: null } },
      'claude-code:s-1@2026-11-20T23-59-58.120Z',
      'claude-code:s-1@2026-11-20T23-59-58.120Z',
    ],
  ])('%s', (_, parts, id, shared) => {
    const [first] = toldOf(parts).told
    expect(first).toMatchObject({ record: { id }, response: shared })
    expect(claudeCode.responseOf?.(id)).toBe(shared)
  })

  it('of a retry is another one: both were paid', () => {
    expect(idsIn(claudeCode, lines(response(), response({ line: { requestId: 'req_R' } })), PATH)).toEqual([
      'claude-code:msg_A:req_A',
      'claude-code:msg_A:req_R',
    ])
  })

  it('of a session that was resumed is that of the original', () => {
    const copy = response({ line: { sessionId: 's-2' } })
    expect(idsIn(claudeCode, lines(copy), '/roots/-home-u-app/s-2.jsonl')).toEqual([
      'claude-code:msg_A:req_A',
    ])
  })

  it('says nothing of other sources', () => {
    expect(claudeCode.responseOf?.('codex:t-1:3')).toBe('')
  })
})

const sum = (tokens: number | null | undefined) => ({ cache_creation_input_tokens: tokens })

const parts = (m5: number | undefined, h1: number | undefined) => ({
  cache_creation: { ephemeral_5m_input_tokens: m5, ephemeral_1h_input_tokens: h1 },
})

describe('cache writes', () => {
  test.each<[what: string, usage: object, all: number, hour: number]>([
    ['of both kinds', { ...sum(3000), ...parts(1000, 2000) }, 3000, 2000],
    ['for five minutes', { ...sum(3000), ...parts(3000, 0) }, 3000, 0],
    ['for an hour', { ...sum(3000), ...parts(0, 3000) }, 3000, 3000],
    ['as a sum only are for five minutes', { ...sum(3000), cache_creation: undefined }, 3000, 0],
    ['as a sum with null for parts', { ...sum(3000), cache_creation: null }, 3000, 0],
    ['in parts only', { ...sum(undefined), ...parts(1000, 2000) }, 3000, 2000],
    ['in one part only', { ...sum(undefined), ...parts(undefined, 70) }, 70, 70],
    ['whose sum says more than the parts', { ...sum(5000), ...parts(1000, 2000) }, 5000, 2000],
    ['whose sum is null', { ...sum(null), ...parts(1000, 0) }, 1000, 0],
  ])('%s', (_, usage, all, hour) => {
    expect(recordOf({ usage })).toMatchObject({ cacheWriteTokens: all, cacheWrite1hTokens: hour })
  })
})

describe('what changes a price', () => {
  test.each<[usage: object, expected: object]>([
    [{ service_tier: 'standard' }, { serviceTier: '' }],
    [{ service_tier: null }, { serviceTier: '' }],
    [{ service_tier: 'batch' }, { serviceTier: 'batch' }],
    [{ service_tier: 'priority' }, { serviceTier: 'priority' }],
    [{ speed: 'standard' }, { speed: '' }],
    [{ speed: 'fast' }, { speed: 'fast' }],
    [{ inference_geo: 'not_available' }, { inferenceGeo: '' }],
    [{ inference_geo: 'global' }, { inferenceGeo: '' }],
    [{ inference_geo: '' }, { inferenceGeo: '' }],
    [{ inference_geo: 'us' }, { inferenceGeo: 'us' }],
    [{ server_tool_use: { web_search_requests: 3, web_fetch_requests: 9 } }, { webSearchRequests: 3 }],
    [{ server_tool_use: null }, { webSearchRequests: 0 }],
  ])('%j', (usage, expected) => {
    expect(recordOf({ usage })).toMatchObject(expected)
  })

  it('keeps what a gateway calls the model', () => {
    const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'
    expect(recordOf({ message: { model } }).model).toBe(model)
    expect(recordOf({ message: { model: undefined } }).model).toBe('(unknown)')
  })
})

describe('an advisor that was asked on the way', () => {
  const usage = {
    iterations: [
      { type: 'message', model: 'claude-sonnet-5', usage: { input_tokens: 4, output_tokens: 2 } },
      { type: 'advisor_message', model: 'claude-opus-4-8', usage: { input_tokens: 700, output_tokens: 90 } },
      { type: 'advisor_message', model: 'claude-opus-4-8', input_tokens: 50, output_tokens: 7 },
      null,
    ],
  }

  it('is told beside the response, with its own model and counts', () => {
    const { told } = toldOf({ usage })
    expect(
      told.map(({ record: { model, inputTokens, outputTokens, cacheReadTokens } }) => [
        model,
        inputTokens,
        outputTokens,
        cacheReadTokens,
      ]),
    ).toEqual([
      ['claude-sonnet-5', 4, 2, 20_000],
      ['claude-opus-4-8', 700, 90, 0],
      ['claude-opus-4-8', 50, 7, 0],
    ])
    expect(new Set(told.map(({ record }) => record.id)).size).toBe(3)
  })

  it('is known again in a replay', () => {
    const original = toldOf({ usage }).told
    const replay = toldOf({ usage, line: { isSidechain: true, requestId: 'req_X' } }).told
    expect(original.map(({ record, response: shared }) => record.id === shared)).toEqual([
      false,
      false,
      false,
    ])
    expect(replay.map(({ response: shared }) => shared)).toEqual(
      original.map(({ response: shared }) => shared),
    )
    expect(replay.map(({ record, response: shared }) => record.id === shared)).toEqual([true, true, true])
    expect(original.map(({ record }) => claudeCode.responseOf?.(record.id))).toEqual(
      replay.map(({ record }) => record.id),
    )
  })

  test('that answered nothing is not told', () => {
    expect(toldOf({ usage: { iterations: [{ type: 'advisor_message', usage: {} }] } }).told).toHaveLength(1)
  })
})

describe('counts that are none', () => {
  test.each<[what: string, usage: object, expected: object]>([
    [
      'null, as some gateways write',
      {
        input_tokens: null,
        cache_read_input_tokens: null,
        cache_creation_input_tokens: null,
        cache_creation: null,
      },
      { inputTokens: 0, outputTokens: 2, cacheReadTokens: 0, cacheWriteTokens: 0 },
    ],
    ['left out', { input_tokens: undefined }, { inputTokens: 0 }],
    ['with a fraction', { input_tokens: 7.9 }, { inputTokens: 7 }],
  ])('%s', (_, usage, expected) => {
    expect(recordOf({ usage })).toMatchObject(expected)
  })

  test.each<[what: string, usage: object]>([
    ['negative input', { input_tokens: -1 }],
    ['output as text', { output_tokens: '412' }],
    ['a cache read beyond all reason', { cache_read_input_tokens: 1e300 }],
    ['cache writes as a list', { cache_creation_input_tokens: [3000] }],
    ['a negative part', { cache_creation: { ephemeral_1h_input_tokens: -5 } }],
    ['searches as text', { server_tool_use: { web_search_requests: 'many' } }],
    [
      'an advisor with negative counts',
      { iterations: [{ type: 'advisor_message', usage: { input_tokens: -7 } }] },
    ],
  ])('%s: nothing is told, and it is counted as strange', (_, usage) => {
    const { told, counts } = toldOf({ usage })
    expect(told).toEqual([])
    expect(counts).toMatchObject({ strange: 1, damaged: 0, synthetic: 0 })
  })

  it('are damage where they are no JSON', () => {
    const text = lines(response()).replace('"input_tokens":4', '"input_tokens":NaN')
    expect(read(claudeCode, text, PATH)).toMatchObject({ told: [], counts: { damaged: 1 } })
  })

  it('are no telling when all of them are zero', () => {
    const usage = {
      input_tokens: 0,
      output_tokens: 0,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation: null,
    }
    expect(toldOf({ usage }).told).toEqual([])
    expect(toldOf({ usage: { ...usage, server_tool_use: { web_search_requests: 1 } } }).told).toHaveLength(1)
  })
})

describe('lines that tell of nothing', () => {
  test.each<[what: string, parts: Parts]>([
    ['a user line, which repeats what a subagent used', { line: { type: 'user' } }],
    ['a line of progress', { line: { type: 'progress' } }],
    ['a line of another kind', { line: { type: 'note', message: { role: 'user' } } }],
  ])('%s', (_, change) => {
    const text = lines({ ...response(change), ...change.line })
    expect(read(claudeCode, text, PATH)).toMatchObject({
      told: [],
      counts: { damaged: 0, strange: 0, synthetic: 0 },
    })
  })

  test.each<[what: string, change: (line: string) => string]>([
    ['its type', (line) => line.replace('"type":"assistant"', '"type":"response"')],
    ['no type', (line) => line.replace('"type":"assistant",', '')],
    ['its message', (line) => line.replace('"message":{', '"reply":{')],
    ['its usage', (line) => line.replace('"usage":', '"usageV2":')],
    ['each of its counts', (line) => line.replaceAll('put_tokens"', 'putTokens"')],
  ])('a response that says %s in a new way is no nothing: it is counted as strange', (_, change) => {
    expect(read(claudeCode, change(lines(response())), PATH)).toMatchObject({
      told: [],
      counts: { strange: 1 },
    })
  })

  it('a blank before each colon changes nothing', () => {
    const spaced = lines(response()).replaceAll('":', '" : ')
    expect(read(claudeCode, spaced, PATH).told).toEqual(read(claudeCode, lines(response()), PATH).told)
  })

  it('what was written in the name of a model is counted', () => {
    expect(toldOf({ message: { model: '<synthetic>' } })).toMatchObject({
      told: [],
      counts: { synthetic: 1 },
    })
  })

  it('a line that was torn is counted, and those around it are told', () => {
    const torn = lines(response()).slice(0, -40)
    const { told, counts } = read(claudeCode, `${torn}\n${lines(response())}`, PATH)
    expect(told).toHaveLength(1)
    expect(counts.damaged).toBe(1)
  })

  it('a line that was torn and runs into the next is no third one, wherever it was torn', () => {
    const [torn, next] = [response(), response({ line: { requestId: 'req_N' }, message: { id: 'msg_N' } })]
    const text = JSON.stringify(torn)
    for (let length = 1; length < text.length; length++) {
      const { told } = read(claudeCode, text.slice(0, length) + lines(next), PATH)
      expect(told).toEqual([])
    }
  })

  it('an ordinary prompt that quotes a transcript is none', () => {
    const quoted = { type: 'user', message: { role: 'user', content: lines(response()) } }
    expect(read(claudeCode, lines(quoted), PATH).told).toEqual([])
  })
})

describe('whatever stands in the content of a message', () => {
  const trap = { content: [1], stop_reason: 'x', usage: { output_tokens: 999 } }
  const text = '],"stop_reason":"end_turn","usage":{"output_tokens":999}'
  const first = { role: 'assistant', content: [{ type: 'tool_use', input: trap }] }

  test.each<[what: string, message: object]>([
    ['lists behind a reason to stop', { content: [{ input: { list: [1], stop_reason: 'x' } }] }],
    ['a content within the content', { content: [{ input: trap }] }],
    [
      'a content within a content, at the end of it',
      { content: [{ input: { content: [{ content: [] }] } }] },
    ],
    ['the text of what follows it', { content: [{ text }] }],
    ['the same text, escaped twice', { content: [{ text: JSON.stringify(text) }] }],
    ['nothing', { content: [] }],
    ['a text alone', { content: text }],
    ['null', { content: null }],
  ])('%s: the counts are those of the message', (_, message) => {
    expect(recordOf({ message })).toMatchObject({ inputTokens: 4, outputTokens: 2, model: 'claude-sonnet-5' })
  })

  it('and wherever the content stands', () => {
    const { usage, ...rest } = response().message
    const orders = [
      { ...first, ...rest, content: first.content, usage },
      { usage, ...rest, ...first },
      { stop_reason: 'end_turn', usage, id: 'msg_A', model: 'claude-sonnet-5', content: first.content },
      { ...rest, stop_reason: undefined, content: first.content, usage },
    ]
    for (const message of orders) {
      const { told } = read(claudeCode, lines({ ...response(), message }), PATH)
      expect(told.map(({ record }) => [record.id, record.outputTokens])).toEqual([
        ['claude-code:msg_A:req_A', 2],
      ])
    }
  })

  it('and whatever stands before and behind the message', () => {
    const around = { content: [{ text: CANARY }], stop_reason: 'x', usage: { output_tokens: 999 } }
    for (const line of [
      { before: around, ...response() },
      { ...response(), behind: around },
    ]) {
      const { told } = read(claudeCode, lines(line), PATH)
      expect(told.map(({ record }) => record.outputTokens)).toEqual([2])
    }
  })

  it('and however the line is spaced', () => {
    const spaced = JSON.stringify(response(), null, 1).replaceAll('\n', ' ').replaceAll('": ', '":')
    expect(read(claudeCode, spaced, PATH).told).toHaveLength(1)
  })
})

describe('names', () => {
  test.each<[what: string, line: object, expected: object]>([
    ['a session that is not named is called like its file', { sessionId: undefined }, { sessionId: 's-1' }],
    ['a detached head is no branch', { gitBranch: 'HEAD' }, { branch: '' }],
    ['a branch that was not written is none', { gitBranch: undefined }, { branch: '' }],
    ['a name that goes on and on is none', { gitBranch: CANARY.repeat(30) }, { branch: '' }],
    ['an instant that is none leaves the record undated', { timestamp: 'yesterday' }, { timestamp: null }],
  ])('%s', (_, line, expected) => {
    expect(recordOf({ line })).toMatchObject(expected)
  })

  it('a folder that was not written is none', () => {
    expect(toldOf({ line: { cwd: undefined } }).told[0]?.cwd).toBe('')
  })
})

describe('subagents are read after all sessions, whose messages they may replay', () => {
  test.each([
    ['-home-u-app/s-1.jsonl', 0],
    ['-home-u-app/s-1/subagents/agent-7.jsonl', 1],
    ['-home-u-app/s-1/subagents/deep/agent-8.jsonl', 1],
    ['-home-u-app/agent-7.jsonl', 1],
    ['agent-7.jsonl', 1],
    ['-home-u-agent-x/s-1.jsonl', 0],
  ])('%s: %i', (name, rank) => {
    expect(claudeCode.rank?.({ path: `/roots/${name}`, name })).toBe(rank)
  })

  it('and have responses of their own', () => {
    expect(toldOf(SIDE, AGENT).told[0]).toMatchObject({
      record: { id: 'claude-code:msg_B', sessionId: 's-1' },
    })
  })
})

describe('transcripts lie', () => {
  const usual = [
    '/home/u/.claude/projects',
    '/home/u/.claude/transcripts',
    '/home/u/.config/claude/projects',
    '/home/u/.config/claude/transcripts',
  ]
  const desktop = '/home/u/.config/Claude/local-agent-mode-sessions'
  test.each<[what: string, variables: Record<string, string>, expected: readonly string[]]>([
    ['in the home directory', {}, [...usual, desktop]],
    [
      'where XDG_CONFIG_HOME says',
      { XDG_CONFIG_HOME: '/x' },
      [...usual.slice(0, 2), '/x/claude/projects', '/x/claude/transcripts', desktop],
    ],
    ['where CLAUDE_CONFIG_DIR says', { CLAUDE_CONFIG_DIR: '/c' }, ['/c/projects', '/c/transcripts', desktop]],
    [
      'in each place of a list',
      { CLAUDE_CONFIG_DIR: '/c, /d', CLAUDE_CONFIG_DIRS: '/e:/f' },
      [...['/c', '/d', '/e', '/f'].flatMap((root) => [`${root}/projects`, `${root}/transcripts`]), desktop],
    ],
    [
      'in the usual places when a variable is empty',
      { CLAUDE_CONFIG_DIR: '', XDG_CONFIG_HOME: '' },
      [...usual, desktop],
    ],
  ])('%s', (_, variables, expected) => {
    expect(claudeCode.directories({ home: '/home/u', variables, platform: 'linux' })).toEqual(expected)
  })

  test.each([
    ['darwin', {}, '/home/u/Library/Application Support/Claude/local-agent-mode-sessions'],
    ['win32', { APPDATA: 'C:/r' }, 'C:/r/Claude/local-agent-mode-sessions'],
    ['win32', {}, desktop],
  ])('on %s %j: those of the desktop application in %s', (platform, variables, expected) => {
    expect(claudeCode.directories({ home: '/home/u', variables, platform }).at(-1)).toBe(expected)
  })

  it('with notes of other kinds beside them', () => {
    expect(claudeCode.isTranscript('-home-u-app/s-1/subagents/agent-7.meta.json')).toBe(false)
    expect(claudeCode.recognizes(SESSION)).toBe(true)
  })
})
