import { describe, expect, it, test } from 'vitest'
import type { Grammar, Invocation } from '../../src/commands/command.ts'
import { explainUsage } from '../../src/commands/explain-usage.ts'
import * as commands from '../../src/commands/index.ts'
import { parseQuickly } from '../../src/commands/parse.ts'
import { callsIn } from './typed-calls.ts'

const GRAMMARS: readonly Grammar[] = Object.values(commands).map(({ grammar }) => grammar)

function grammarOf(name: string): Grammar {
  const grammar = GRAMMARS.find((one) => one.name === name)
  if (grammar === undefined) throw new Error(`there is no command ${name}`)
  return grammar
}

const COMMON = ['', '--dir /d', '--dir=/d --config c', '--now 2025-12-15 --no-cache', '--dir /a --dir /b']

/** Good calls of each command; every one of them must mean the same to both parsers. */
const GOOD: Readonly<Record<string, readonly string[]>> = {
  alerts: ['list --since 24h --json', 'test', 'snooze 1h'],
  compare: ['tools --since 2025-12-01 --format csv', '--task-type bugfix --all --json'],
  estimate: ['--in 2000 --out=500 --per-day 20 --model claude-*', 'prompt.md - --calls 100'],
  invoice: ['--month 2025-12 --client c --format html ~/work/app ~/work/site'],
  project: ['my-app --json'],
  report: ['', 'weekly --date yesterday --save', 'model --month=2025-12 --section models --top all'],
  session: ['start n --model m', 'log 1500 800 c --if-running', 'quick review c', 'end'],
  summary: ['week --project p --json', '2025-12-01'],
  'shell-init': ['bash'],
  credits: ['set 876', 'add 100 --on 2025-12-01'],
  task: ['show t --json', 'extract t f s --enhancement e'],
  completion: ['bash', '--offer budgets'],
  help: ['check', 'settings', '--man'],
  watch: [],
  status: ['--json'],
  config: ['--json'],
  demo: ['--now 2025-12-15T12:00:00Z'],
  init: ['--dry-run'],
  explain: ['s1', '--json 01KAJ3', '-- -odd'],
  hook: ['{"type":"agent-turn-complete"} --dir d'],
  import: [
    '',
    'codex - --json',
    'claude-code ~/a b.jsonl --since 2026-11-01 --dry-run --all',
    '--task-id t --enhancement e',
  ],
  models: [
    'list opus --provider anthropic --json',
    'show claude-opus-4-5-20251101',
    'set-default claude-sonnet-5 --dry-run',
    'add acme-1 --input 1.00 --output=4.00 --cache-read 0.1 --cache-write 1.25 --cache-write-1h 2 --alias a,b',
    'update --from https://example.com/prices.json --dry-run',
    'import models.json',
  ],
  route: [
    'claude-opus-5 --prompt lint --project p --tool codex --session s1',
    '--prompt - --fallback sonnet --explain --json',
    '--prompt --json',
    '--prompt=--x --prompt -y',
  ],
  allow: ['--session s1 --during 30m --why -x', '--until=18:00 --json', 'list --json', 'end 01KAJ3'],
  raise: ['daily +5 --until tonight --why=--x', 'opus/daily -5 --during 2h', 'list --json', 'end daily'],
  decisions: ['list --json', 'note d1 --outcome -good --lesson=--x'],
  check: [
    '--quiet --json --strict --require-data',
    '--budget opus/daily --project my-app --session s1',
    '--fail-on critical',
    '--fail-on=never --budget=daily',
  ],
  log: [
    'claude-sonnet-4 12000 4500',
    'claude-sonnet-4 12000 4500 8000 3000 --task-type bugfix --project p',
    '--project p claude-sonnet-4 12000 4500',
    'claude-sonnet-4 -2000 -1 --correct 01KAJ3',
    'claude-sonnet-4 0 0 --correct x --cost -0.5',
    'claude-sonnet-4 0 0 --correct x --cost=-0.5',
    'claude-sonnet-4 1 2 --note -- ',
    '-- claude-sonnet-4 1 2',
    'm 1 2 --session s --tool t --task-id i --enhancement e --project-code c --branch b --machine m',
    'm 1 2 --duration 1.5 --timestamp 2025-12-15 --id x --json',
  ],
}

/** The calls that its own help shows, but those whose words have blanks. */
function examplesOf(name: string): readonly string[] {
  const calls = callsIn(grammarOf(name).examples).map((call) => call.words)
  const unbroken = calls.filter((typed) => typed.every((word) => !/\s/.test(word)))
  return unbroken.flatMap(([first, ...others]) => (first === name ? [others.join(' ')] : []))
}

const CALLS = GRAMMARS.flatMap(({ name, options, arguments: takes }) => {
  const common = COMMON.filter((call) => ('dir' in options && 'now' in options) || call === '').map((call) =>
    name === 'log' ? `m 1 2 ${call}`.trim() : call,
  )
  const good = [...(GOOD[name] ?? []), ...examplesOf(name)]
  if (takes.length > 0) expect(good, `${name} needs an example, or a table of calls`).not.toEqual([])
  return [...common, ...good].map((call) => [name, call] as const)
})

function words(call: string): string[] {
  return call.split(' ').filter((word) => word !== '')
}

describe('both parsers understand the same by', () => {
  test.each(CALLS)('ai-costs %s %s', (name, call) => {
    const quick = parseQuickly(grammarOf(name), words(call))
    const thorough = explainUsage(GRAMMARS, [name, ...words(call)], '1.0.0')
    if (thorough.kind === 'answer') throw new Error(String(thorough.result.stderr))
    // What the quick parser leaves to the thorough one is right by definition.
    if (quick !== null) expect(plain(quick)).toEqual(plain(thorough.invocation))
    expect(thorough.name).toBe(name)
  })

  it('and the quick one takes every call that scripts make', () => {
    const left = CALLS.filter(([name, call]) => parseQuickly(grammarOf(name), words(call)) === null)
    expect(left).toEqual([['log', 'claude-sonnet-4 1 2 --note -- ']])
  })
})

function plain({ arguments: given, options }: Invocation) {
  return { arguments: [...given], options: { ...options } }
}

it('a negative number keeps its sign as an argument and as a value', () => {
  const call = parseQuickly(grammarOf('log'), words('m -2000 -1 --correct x --cost -0.5'))
  expect(call).toEqual({ arguments: ['m', '-2000', '-1'], options: { correct: 'x', cost: '-0.5' } })
})

describe('a call that is not right is explained, with the promised exit code', () => {
  test.each<[call: string, exitCode: number, words: readonly string[]]>([
    ['check --quite', 3, ["unknown option '--quite'", '--quiet']],
    ['check --fail-on sometimes', 3, ['--fail-on', 'warning, critical, never']],
    ['check --budget', 3, ['--budget <ID>', 'argument missing']],
    ['check daily', 3, ['too many arguments', "'check'"]],
    ['check --quiet=yes', 3, ['--quiet']],
    ['log', 64, ["missing required argument 'MODEL'"]],
    ['log m 1', 64, ["missing required argument 'OUTPUT'"]],
    ['log m 1 2 3 4 5', 64, ['too many arguments']],
    ['log m 1 2 --task-typ x', 64, ['--task-type']],
    ['status --quiet', 64, ["unknown option '--quiet'"]],
    ['init --dry-rn', 64, ['--dry-run']],
    ['chek', 64, ["unknown command 'chek'", 'check']],
    ['chek --json', 64, ["unknown command 'chek'", 'check']],
    ['nonsense', 64, ["unknown command 'nonsense'"]],
    ['--jsn', 64, ["unknown option '--jsn'"]],
  ])('ai-costs %s → %i', (call, exitCode, sentences) => {
    const name = call.split(' ')[0] ?? ''
    const quick = GRAMMARS.find((one) => one.name === name)
    if (quick !== undefined) expect(parseQuickly(quick, words(call).slice(1))).toBeNull()
    const outcome = explainUsage(GRAMMARS, words(call), '1.0.0')
    if (outcome.kind === 'call') throw new Error(`it was taken for ${outcome.name}`)
    expect(outcome.result.exitCode).toBe(exitCode)
    expect(outcome.result.stdout).toBe('')
    for (const sentence of sentences) expect(outcome.result.stderr).toContain(sentence)
    expect(outcome.result.stderr).toContain('--help')
  })

  it('by its place in the whole command line, not by what merely looks like a command', () => {
    expect(explainUsage(GRAMMARS, ['--dir', 'check', '--nope'], '1').kind).toBe('answer')
  })
})

describe('options before a command are explained by the call that was meant, with its exit code', () => {
  test.each<[call: string, exitCode: number, meant: string]>([
    ['--now X check', 3, 'check --now X'],
    ['--now=X check --quiet', 3, 'check --now=X --quiet'],
    ['--dir status check --json', 3, 'check --dir status --json'],
    ['--quiet check', 3, 'check --quiet'],
    ['-q check', 3, 'check -q'],
    ['--dir /a\0b --json status', 64, "status --dir '/a b' --json"],
    ["--dir it\0is\0ada's log m 1 2", 64, "log --dir 'it is ada'\\''s' m 1 2"],
    ['--config c watch', 64, 'watch --config c'],
  ])('ai-costs %s', (call, exitCode, meant) => {
    const argv = words(call).map((word) => word.replaceAll('\0', ' '))
    expect(explainUsage(GRAMMARS, argv, '1')).toEqual({
      kind: 'answer',
      result: {
        stdout: '',
        stderr: `ai-costs: put options after the command: ai-costs ${meant}\n(see: ai-costs --help)\n`,
        exitCode,
      },
    })
  })

  test.each(['--dir check', '--now X', '--now X chek'])(
    'but not where there is none: ai-costs %s',
    (call) => {
      expect(JSON.stringify(explainUsage(GRAMMARS, words(call), '1'))).not.toContain('after the command')
    },
  )

  test.each(['--help check', '-h check'])('nor where help was asked for: ai-costs %s', (call) => {
    expect(explainUsage(GRAMMARS, words(call), '1')).toMatchObject({
      kind: 'answer',
      result: { exitCode: 0 },
    })
  })
})

describe('help is an answer, not an error', () => {
  test.each([
    ['--help', 'Usage: ai-costs'],
    ['check --help', 'Usage: ai-costs check'],
    ['--version', '1.2.3'],
    ['-V', '1.2.3'],
  ])('ai-costs %s', (call, beginning) => {
    const outcome = explainUsage(GRAMMARS, words(call), '1.2.3')
    if (outcome.kind === 'call') throw new Error(`it was taken for ${outcome.name}`)
    expect(outcome.result).toMatchObject({ exitCode: 0, stderr: '' })
    expect(String(outcome.result.stdout).startsWith(beginning)).toBe(true)
  })

  it('names every option of every command, but those that we say to ourselves, with its examples', () => {
    for (const grammar of GRAMMARS) {
      const outcome = explainUsage(GRAMMARS, [grammar.name, '--help'], '1')
      const text = outcome.kind === 'answer' ? String(outcome.result.stdout) : ''
      for (const [option, { isHidden }] of Object.entries(grammar.options)) {
        expect(text.includes(`--${option}`)).toBe(isHidden !== true)
      }
      for (const example of grammar.examples) expect(text).toContain(example)
    }
  })

  it('names every command and the exit codes of check', () => {
    const outcome = explainUsage(GRAMMARS, ['--help'], '1')
    const text = outcome.kind === 'answer' ? String(outcome.result.stdout) : ''
    for (const { name, isHidden } of GRAMMARS) expect(text.includes(`  ${name}`)).toBe(isHidden !== true)
    expect(text).toContain('0 ok or no data, 1 warning, 2 critical, 3 cannot tell')
  })
})

describe('without a command it is the pane', () => {
  test.each([[''], ['--dir /d'], ['--now 2025-12-15 --no-cache']])('ai-costs %s', (call) => {
    expect(explainUsage(GRAMMARS, words(call), '1')).toMatchObject({ kind: 'call', name: 'watch' })
  })
})
