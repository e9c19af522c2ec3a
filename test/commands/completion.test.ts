import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import * as completion from '../../src/commands/completion.ts'
import type { Grammar } from '../../src/commands/command.ts'
import { LOOKUPS } from '../../src/commands/offer.ts'
import { LIMITS, fakeSystem } from '../kit/fake-system.ts'
import { call } from './calling.ts'
import { type Answers, answersOf } from './shell-answers.ts'
import { COMPLETED, GRAMMARS, SHELLS, type Shell, aMachine, hasShell, scriptFor } from './shells.ts'

const SCRIPTS = Object.fromEntries(SHELLS.map((shell) => [shell, scriptFor(shell)])) as Record<Shell, string>

/** What is typed, what is offered for it, and what must not be. */
const TYPED: readonly (readonly [line: string, offered: readonly string[], not: readonly string[]])[] = [
  ['ai-costs ', ['check', 'watch', 'help', 'completion'], ['notify', '--dir']],
  ['ai-costs ch', ['check'], ['watch']],
  ['ai-costs check --fail-on ', ['warning', 'critical', 'never'], ['--json', 'daily']],
  ['ai-costs check --fail-on cr', ['critical'], ['warning']],
  ['ai-costs check --bud', ['--budget'], ['--json']],
  ['ai-costs --no', ['--now', '--no-cache'], ['--json']],
  ['ai-costs check --budget ', ['daily', 'project:daily', 'model=claude-*/daily'], ['--json']],
  ['ai-costs raise ', ['list', 'end', 'daily'], ['transcript.jsonl']],
  ['ai-costs report ', ['daily', 'weekly', 'session'], ['transcript.jsonl']],
  ['ai-costs report --format json mo', ['model', 'monthly'], ['daily']],
  ['ai-costs report --note mo', [], ['weekly']],
  ['ai-costs import cod', ['codex', 'codex-exec'], ['transcript.jsonl']],
  ['ai-costs import codex ./tr', ['transcript.jsonl'], ['codex']],
  ['ai-costs completion ', ['bash', 'zsh', 'fish'], ['budgets']],
  ['ai-costs help ex', ['exit-codes', 'explain', 'export'], ['settings', 'notify']],
  ['ai-costs import --c', [], ['--claims']],
]

const TYPED_LINES = TYPED.map(([line]) => line)

/** Bash breaks words at = and :, and offers only what follows. */
const BROKEN_AT_SIGNS = [
  'ai-costs check --fail-on=w',
  'ai-costs check --budget project:d',
  'ai-costs check --budget=project:d',
  'ai-costs check --budget model=',
  'ai-costs --dir ledger',
  'ai-costs check --budget $',
  'ai-costs check --budget \\$',
]

describe.each(SHELLS)('the script for %s', (shell) => {
  it('has every command and option that people type, and none that we say to ourselves', () => {
    const script = SCRIPTS[shell]
    for (const { name, isHidden, options } of GRAMMARS) {
      expect(script.includes(commandIn(shell, name)), name).toBe(isHidden !== true)
      for (const [option, spec] of Object.entries(options)) {
        if (isHidden === true || spec.isHidden === true) continue
        expect(optionsIn(shell, script, name), `${name} --${option}`).toContain(option)
      }
    }
    expect(script).not.toContain('--claims')
  })

  it('says nothing about a summary that the shell would run or trip over', () => {
    const hostile: Grammar = {
      name: 'odd',
      summary: `it's "a" $(touch ran) \`touch ran\` [x]: \\ end`,
      arguments: [{ name: '[ODD...]', summary: `it's` }],
      options: { odd: { kind: 'value', placeholder: 'A:B', summary: `it's $(touch ran) [x]: \\` } },
      examples: [],
    }
    const { folder, env } = aMachine()
    const script = scriptFor(shell, [...GRAMMARS, hostile])
    writeFileSync(join(folder, 'script'), script)
    if (!hasShell(shell)) return
    const words =
      shell === 'fish'
        ? ['--no-config', 'script']
        : shell === 'bash'
          ? ['--norc', 'script']
          : ['-f', '-n', 'script']
    const { status, stderr } = spawnSync(shell, words, { cwd: folder, env, encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
    expect(existsSync(join(folder, 'ran'))).toBe(false)
  })
})

it('offers only words that no shell reads as something else', () => {
  const words = COMPLETED.flatMap(({ options, arguments: given }) => [
    ...options.flatMap(({ offers }) => offers),
    ...given.flatMap(({ offers }) => offers),
  ])
  expect(words.filter((word) => !/^@?[\w+.,/-]+$/.test(word))).toEqual([])
})

describe.skipIf(!hasShell('bash'))('bash offers', () => {
  const offered = answersOf('bash', SCRIPTS.bash, [...TYPED_LINES, ...BROKEN_AT_SIGNS])

  test.each(TYPED)('for %s', (...typed) => expectOffers(offered(), ...typed))

  it('what stands behind the sign at which bash breaks words', () => {
    const words = offered()
    expect(words.get('ai-costs check --fail-on=w')).toEqual(['warning'])
    expect(words.get('ai-costs check --budget project:d')).toEqual(['daily'])
    expect(words.get('ai-costs check --budget=project:d')).toEqual(['daily'])
    expect(words.get('ai-costs check --budget model=')).toEqual(['claude-\\*/daily'])
  })

  it('directories, and a name that looks like a command as a mere word', () => {
    const words = offered()
    expect(words.get('ai-costs --dir ledger')?.toSorted()).toEqual(['ledger-a', 'ledger-b'])
    expect(words.get('ai-costs check --budget $')).toEqual([])
    expect(words.get('ai-costs check --budget \\$')).toEqual(['\\$\\(touch\\$\\{IFS\\}ran\\)/daily'])
  })
})

describe.skipIf(!hasShell('fish'))('fish offers', () => {
  const offered = answersOf('fish', SCRIPTS.fish, TYPED_LINES)

  test.each(TYPED)('for %s', (...typed) => expectOffers(offered(), ...typed))
})

describe.skipIf(!hasShell('zsh'))('zsh offers', () => {
  const offered = answersOf('zsh', SCRIPTS.zsh, TYPED_LINES)

  test.each(TYPED)('for %s', (...typed) => expectOffers(offered(), ...typed))
})

describe('what is looked up while somebody types', () => {
  const limits = 'budgets:\n  daily: 5\n  scoped:\n    - { name: opus, model: "claude-opus-*", weekly: 4 }\n'

  it('budgets are those of the settings, by their ids', async () => {
    const { stdout } = await call(completion, '--offer budgets', fakeSystem({ [LIMITS]: limits }))
    expect(stdout.split('\n')).toEqual(['daily', 'opus/weekly', ''])
  })

  it('models are those that have a price', async () => {
    const { stdout } = await call(completion, '--offer models', fakeSystem())
    expect(stdout.split('\n')).toContain('claude-opus-4')
  })

  it('nothing is offered, and nothing said, where settings are broken', async () => {
    const broken = fakeSystem({ [LIMITS]: 'budgets: [' })
    const answers = await Promise.all(LOOKUPS.map((lookup) => call(completion, `--offer ${lookup}`, broken)))
    for (const answer of answers) expect(answer).toEqual({ stdout: '', stderr: '', exitCode: 0 })
  })
})

it('asks for the name of a shell that it knows', () => {
  for (const given of [[], ['tcsh']]) {
    expect(() => completion.run({ arguments: given, options: {} }, fakeSystem(), GRAMMARS)).toThrow(
      'name your shell: ai-costs completion bash|zsh|fish',
    )
  }
})

function expectOffers(
  answers: Answers,
  line: string,
  wanted: readonly string[],
  unwanted: readonly string[],
) {
  // Some quote what they offer, and some leave out the folder.
  const words = answers.get(line)?.map((word) => word.replaceAll('\\', '').replace(/^\.\//, '')) ?? []
  expect(words).toEqual(expect.arrayContaining([...wanted]))
  for (const word of unwanted) expect(words).not.toContain(word)
}

function commandIn(shell: Shell, name: string): string {
  const forms = { bash: `\n    ${name})\n`, zsh: `\n        ${name})\n`, fish: ` -a ${name} -d ` }
  return forms[shell]
}

/** The part of the script that is about one command. */
function optionsIn(shell: Shell, script: string, name: string): readonly string[] {
  if (shell === 'fish') {
    const lines = script.split('\n').filter((line) => line.includes(`'__ai_costs_in ${name}'`))
    return lines.map((line) => / -l (\S+)/.exec(line)?.[1] ?? '')
  }
  const [part = ''] = (script.split(commandIn(shell, name))[1] ?? '').split('\n          ;;\n')
  const text = shell === 'bash' ? (part.split('\n')[0] ?? '') : part
  return [...text.matchAll(/--([\w-]+)/g)].map(([, option = '']) => option)
}
