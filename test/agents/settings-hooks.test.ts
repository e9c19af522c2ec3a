import {
  array,
  assert,
  constant,
  constantFrom,
  dictionary,
  jsonValue,
  nat,
  option,
  pre,
  property,
  record,
  string,
  tuple,
} from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SettingsAgent } from '../../src/agents/agent.ts'
import { claudeCode } from '../../src/agents/claude-code.ts'
import { codex } from '../../src/agents/codex.ts'
import { geminiCli } from '../../src/agents/gemini-cli.ts'
import { type Patched, type WantedHooks, withHooks, withoutHooks } from '../../src/agents/settings-hooks.ts'

const PROGRAM = { node: '/n', script: '/a/bin.cjs' }
const HOOK = '/n /a/bin.cjs hook --agent t'
const STATUS = '/n /a/bin.cjs statusline'

/** Small enough to read. */
const WANTED: WantedHooks = {
  hooks: [{ event: 'Stop', handler: { type: 'command', command: HOOK } }],
  statusLine: { command: STATUS },
}

function textOf(patched: Patched): string {
  if (patched.kind === 'refused') throw new Error(patched.message)
  return patched.text
}

function changesOf(patched: Patched): string {
  if (patched.kind === 'refused') return `${patched.line}: ${patched.message}: ${patched.fix}`
  return patched.changes.map(({ kind, place }) => `${kind} ${place}`).join(', ')
}

/** Settings that call something after a turn. */
function calling(command: string): string {
  return `{ "hooks": { "Stop": [{ "hooks": [{ "command": "${command}" }] }] } }`
}

describe('withHooks', () => {
  it('makes settings where there are none', () => {
    const made = `{
  "hooks": {
    "Stop": [
      {
        "hooks": [
          {
            "type": "command",
            "command": "${HOOK}"
          }
        ]
      }
    ]
  },
  "statusLine": {
    "command": "${STATUS}"
  }
}
`
    expect(textOf(withHooks(undefined, WANTED))).toBe(made)
    expect(textOf(withHooks(' \n', WANTED))).toBe(made)
    expect(textOf(withHooks('{}\n', WANTED))).toBe(made)
  })

  it('puts its own behind what is there, in the same writing', () => {
    const before =
      '{\r\n\t"hooks": {\r\n\t\t"Stop": [{ "hooks": [{ "command": "say" }] }] },\r\n\t"n": 1e3,\r\n\t"statusLine": 7\r\n}'
    expect(textOf(withHooks(before, WANTED))).toBe(
      before.replace('}] }] },', `}] }, { "hooks": [ { "type": "command", "command": "${HOOK}" } ] }] },`),
    )
  })

  it('keeps one line one line', () => {
    expect(textOf(withHooks('{"a":"b: c"}', { ...WANTED, statusLine: null }))).toBe(
      `{"a":"b: c","hooks":{"Stop":[{"hooks":[{"type":"command","command":"${HOOK}"}]}]}}`,
    )
  })

  it.each([
    ['by its name', 'ai-costs hook', HOOK],
    ['by a folder that is gone', '/old/node /old/dist/bin.cjs hook --agent t', HOOK],
    ['for another agent', '/n /a/bin.cjs hook --agent=u', HOOK],
    ['with options of the user', 'ai-costs hook --dir /x', `${HOOK} --dir /x`],
  ])('brings up to date what called us %s', (_, old, now) => {
    const patched = withHooks(calling(old), { ...WANTED, statusLine: null })
    expect(textOf(patched)).toBe(calling(now))
    expect(changesOf(patched)).toBe('updated hooks.Stop')
  })

  it('keeps a script of the user’s that calls us, and says so', () => {
    const before = calling('ai-costs hook | tee log')
    const patched = withHooks(before, { ...WANTED, statusLine: null })
    expect([textOf(patched), changesOf(patched)]).toEqual([before, 'kept hooks.Stop'])
  })

  it.each(['{"command":"my-line"}', '7', '{"type":"static"}', '{"command":"x | ai-costs statusline"}'])(
    'keeps the status line of somebody else: %s',
    (statusLine) => {
      const patched = withHooks(`{"statusLine":${statusLine}}`, { ...WANTED, hooks: [] })
      expect([textOf(patched), changesOf(patched)]).toEqual([
        `{"statusLine":${statusLine}}`,
        'kept statusLine',
      ])
    },
  )

  const FORM = 'write it as [{ "hooks": [{ "type": "command", "command": "…" }] }]'

  it.each([
    ['[]', '1: is not a table of settings: put { } around it, or start anew with {}'],
    ['{\n  "hooks": []\n}', '2: hooks is not a table of events: write "hooks": { }'],
    ['{"hooks": {\n"Stop": {}}}', `2: hooks.Stop has another form than the one that is known: ${FORM}`],
    ['{"hooks": {"Stop": [\n\n"x"]}}', `3: hooks.Stop has another form than the one that is known: ${FORM}`],
    [
      '{"hooks": {"Stop": [{"hooks": {}}]}}',
      `1: hooks.Stop has another form than the one that is known: ${FORM}`,
    ],
    ['{\n  // mine\n}', '2: has a comment, which JSON does not know: take it out'],
    ['{\n  "a": 1,\n}', '3: has a comma behind the last one of a list: take it out'],
  ])('refuses %s and names the line', (text, message) => {
    expect(changesOf(withHooks(text, WANTED))).toBe(message)
  })
})

describe('withoutHooks', () => {
  it('leaves what the user has put in since', () => {
    const installed = textOf(withHooks('{}', WANTED))
    const edited = installed
      .replace('"hooks": {', '"model": "opus",\n  "hooks": {\n    "Notification": [],')
      .replace(`"command": "${HOOK}"`, `"command": "${HOOK}",\n            "timeout": 99`)
    expect(textOf(withoutHooks(edited))).toBe(
      '{\n  "model": "opus",\n  "hooks": {\n    "Notification": []\n  }\n}',
    )
  })

  it.each([
    [
      'of a group with others',
      '[{"hooks":[{"command":"a"},{"command":"ai-costs hook"},{"command":"b"}]}]',
      '[{"hooks":[{"command":"a"},{"command":"b"}]}]',
    ],
    [
      'among groups',
      '[{"hooks":[{"command":"ai-costs hook"}]},{"hooks":[{"command":"b"}]}]',
      '[{"hooks":[{"command":"b"}]}]',
    ],
    [
      'wherever it is',
      '[{"hooks":[{"command":"ai-costs hook"},{"command":"a"}]},{"hooks":[{"command":"/n /bin.cjs hook"}]}]',
      '[{"hooks":[{"command":"a"}]}]',
    ],
    [
      'but no script that calls it',
      '[{"hooks":[{"command":"ai-costs hook; date"}]}]',
      '[{"hooks":[{"command":"ai-costs hook; date"}]}]',
    ],
    ['of a form of its own', '[null,{"hooks":[1]},"ai-costs hook"]', '[null,{"hooks":[1]},"ai-costs hook"]'],
  ])('takes out one %s', (_, before, after) => {
    expect(textOf(withoutHooks(`{"hooks":{"Stop":${before}}}`))).toBe(`{"hooks":{"Stop":${after}}}`)
  })

  it('refuses what is no JSON', () => {
    expect(changesOf(withoutHooks('{\n"a" 1}'))).toBe('2: is no JSON from here on: mend it')
  })
})

/** Indentation, line ends, and the end of the file. */
type Style = readonly [string | number, string, string]

function spell(value: unknown, [indent, newline, end]: Style): string {
  return JSON.stringify(value, null, indent).replaceAll('\n', newline) + end
}

const AGENTS: readonly SettingsAgent[] = [claudeCode, codex, geminiCli]

describe.each(AGENTS.map((agent) => [agent.name, agent.wanted(PROGRAM, 'linux')] as const))(
  '%s',
  (name, wanted) => {
    const events = wanted.hooks.map(({ event }) => event)
    const handler = record({ type: constant('command'), command: string(), timeout: nat() })
    const groups = array(record({ hooks: array(handler, { minLength: 1 }) }), {
      minLength: 1,
      maxLength: 2,
    })
    const hooks = dictionary(constantFrom(...events, 'Notification'), groups, { minKeys: 1 })
    const others = dictionary(string(), jsonValue()).filter(
      (one) => !('hooks' in one) && !('statusLine' in one),
    )
    const settings = record({
      others,
      hooks: option(hooks, { nil: undefined }),
      statusLine: option(handler, { nil: undefined }),
    }).map(({ others: rest, ...ours }) => ({ ...rest, ...ours }))
    const styles = tuple(constantFrom('', 2, 4, '\t'), constantFrom('\n', '\r\n'), constantFrom('', '\n'))
    const texts = tuple(settings, styles).map(([value, style]) => spell(value, style))

    it('writes as everything else is written', () => {
      assert(
        property(settings, styles, (value, style) => {
          pre(Object.keys(value).length > 0)
          const installed = textOf(withHooks(spell(value, style), wanted))
          expect(installed).toBe(spell(JSON.parse(installed), style))
        }),
      )
    })

    it('undone leaves the very same text', () => {
      assert(
        property(texts, (text) => {
          const installed = textOf(withHooks(text, wanted))
          expect(installed).not.toBe(text)
          expect(textOf(withoutHooks(installed))).toBe(text)
        }),
      )
    })

    it('installed twice is installed once', () => {
      assert(
        property(texts, (text) => {
          const once = withHooks(text, wanted)
          const twice = withHooks(textOf(once), wanted)
          expect(textOf(twice)).toBe(textOf(once))
          expect(twice.kind === 'patched' && twice.changes.some(({ kind }) => kind !== 'kept')).toBe(false)
        }),
      )
    })

    it('puts in what the agent understands, and nothing of the user’s goes', () => {
      const before = {
        hooks: { [events[0] ?? '']: [{ matcher: 'Bash', hooks: [{ type: 'command', command: 'x' }] }] },
        z: 1,
      }
      const after = JSON.parse(textOf(withHooks(JSON.stringify(before), wanted))) as Record<string, unknown>
      expect(after['z']).toBe(1)
      const expected = Object.fromEntries(
        wanted.hooks.map(({ event, handler: one }) => [
          event,
          [...(event === events[0] ? (before.hooks[event] ?? []) : []), { hooks: [one] }],
        ]),
      )
      expect(after['hooks']).toEqual(expected)
      expect(after['statusLine']).toEqual(name === 'claude-code' ? wanted.statusLine : undefined)
    })
  },
)

it.each([
  [
    claudeCode,
    {
      event: 'PreToolUse',
      handler: { type: 'command', command: '/n /a/bin.cjs hook --agent claude-code', timeout: 5 },
    },
  ],
  [
    codex,
    {
      event: 'PreToolUse',
      handler: { type: 'command', command: '/n /a/bin.cjs hook --agent codex', timeout: 5 },
    },
  ],
  [
    geminiCli,
    {
      event: 'BeforeTool',
      handler: {
        name: 'ai-costs',
        type: 'command',
        command: '/n /a/bin.cjs hook --agent gemini-cli',
        timeout: 5000,
      },
    },
  ],
])('$name is called within 5 seconds, by absolute paths', (agent, first) => {
  expect(agent.wanted(PROGRAM, 'linux').hooks[0]).toEqual(first)
})
