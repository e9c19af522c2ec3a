import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import * as help from '../../src/commands/help.ts'
import { manualOf } from '../../src/commands/manual.ts'
import { parseQuickly } from '../../src/commands/parse.ts'
import { TOPICS } from '../../src/commands/topics.ts'
import { type Section, prose, sample, terms } from '../../src/core/manual.ts'
import { manualRoff } from '../../src/formats/manual-roff.ts'
import { sectionText } from '../../src/formats/manual-text.ts'
import { fakeSystem } from '../kit/fake-system.ts'
import { call } from './calling.ts'
import { GRAMMARS } from './shells.ts'
import { callsIn } from './typed-calls.ts'

const SHOWN = GRAMMARS.filter(({ isHidden }) => isHidden !== true)
const ROFF = manualRoff(manualOf(GRAMMARS, '1.2.3'))
const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

function told(words: string) {
  return call(help, words, fakeSystem(), GRAMMARS)
}

describe('help', () => {
  it('of the program names every command that people type, and every topic', async () => {
    const { stdout, exitCode } = await told('')
    expect(exitCode).toBe(0)
    for (const { name } of SHOWN) expect(stdout).toContain(`\n  ${name}`)
    for (const { title } of TOPICS) expect(stdout).toContain(title)
  })

  test.each(SHOWN.map(({ name }) => name))('of %s is what --help says', async (name) => {
    const { stdout, exitCode } = await told(name)
    expect([stdout.startsWith(`Usage: ai-costs ${name}`), exitCode]).toEqual([true, 0])
  })

  test.each(TOPICS.map(({ title }) => title))('of the topic %s fits a terminal', async (title) => {
    const { stdout, exitCode } = await told(title)
    expect([stdout.includes(`${title}\n\n`), exitCode]).toEqual([true, 0])
    expect(stdout.split('\n').filter((line) => line.length > 88)).toEqual([])
    expect(stdout).toMatch(/^[\x20-\x7e\n]+$/)
  })

  it('offers its topics to the shell', () => {
    expect(help.grammar.arguments[0]?.words).toEqual(TOPICS.map(({ title }) => title))
  })

  it('of what is a command and a topic explains both', async () => {
    const { stdout } = await told('alerts')
    expect(stdout).toMatch(/^Usage: ai-costs alerts .*\n\nalerts\n\nRaised by /s)
  })

  test.each([
    ['nonsense', 'there is no command or topic "nonsense"'],
    ['--man check', 'leave check out'],
  ])('%s is wrong usage', async (words, sentence) => {
    await expect(told(words)).rejects.toThrow(sentence)
  })
})

describe('no text names what there is not', () => {
  const fences = [...README.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, text = '']) => text.split('\n'))
  const samples = TOPICS.flatMap(({ passages }) =>
    passages.flatMap((passage) => (passage.kind === 'sample' ? passage.lines : [])),
  )
  const examples = GRAMMARS.flatMap((grammar) => grammar.examples)
  const calls = [...callsIn(samples), ...callsIn(examples), ...callsIn(fences)]

  it('in more than fifty calls', () => {
    expect(calls.length).toBeGreaterThan(50)
  })

  test.each(calls.map(({ text, words }) => [text, words] as const))(
    '%s',
    (_text, [first = 'watch', ...words]) => {
      const grammar = GRAMMARS.find(({ name }) => name === first)
      expect(grammar, `there is no command ${first}`).toBeDefined()
      expect(grammar && parseQuickly(grammar, words)).not.toBeNull()
    },
  )

  test.each(TOPICS)('in the words of $title', ({ passages }) => {
    const options = [...JSON.stringify(passages).matchAll(/--([a-z][\w-]+)/g)].map(([, name]) => name)
    const known = new Set(SHOWN.flatMap((grammar) => Object.keys(grammar.options)))
    expect(options.filter((name) => !known.has(name ?? ''))).toEqual([])
  })
})

describe('the manual page', () => {
  it('has every command, argument and option that people type, and none that we say to ourselves', () => {
    for (const grammar of GRAMMARS) {
      const [, part] = ROFF.split(`.SH "AI\\-COSTS ${grammar.name.toUpperCase().replaceAll('-', '\\-')}"\n`)
      expect(part === undefined, grammar.name).toBe(grammar.isHidden === true)
      for (const [name, { isHidden }] of Object.entries(grammar.options)) {
        const isTold = ROFF.includes(`\\fB\\-\\-${name.replaceAll('-', '\\-')}`)
        if (grammar.isHidden !== true && isHidden !== true) expect(isTold, name).toBe(true)
      }
    }
    expect(ROFF).not.toContain('claims')
  })

  it('has every topic', () => {
    for (const { title } of TOPICS)
      expect(ROFF).toContain(`.SH "${title.toUpperCase().replaceAll('-', '\\-')}"`)
  })

  const hostile: Section = {
    title: 'it\'s "odd"',
    passages: [
      prose(".so /etc/passwd \\fB -x ~ ^ ` 'y ≥ é"),
      sample("'br", '.sp 9', '\\n(.l "q"'),
      terms(['.de x', "'it"]),
    ],
  }
  const odd = manualRoff({ name: 'odd', summary: 'a .b', version: '1', sections: [hostile] })

  it('lets no text become a request, and is plain ASCII', () => {
    const requests = odd.split('\n').filter((line) => /^[.']/.test(line))
    expect(requests.filter((line) => !/^\.(TH|SH|PP|TP|RS|RE|nf|fi|nh|ad)\b/.test(line))).toEqual([])
    expect(odd).toMatch(/^[\x20-\x7e\n]+$/)
  })

  const hasGroff = spawnSync('groff', ['--version']).status === 0
  if (!hasGroff) console.warn('skipped: there is no groff on this machine')

  it.skipIf(!hasGroff)('prints what was meant, without a complaint', () => {
    const text = printed(odd)
    for (const line of [".so /etc/passwd \\fB -x ~ ^ ` 'y ≥ é", "'br", '.sp 9', '\\n(.l "q"', '.de x']) {
      expect(text).toContain(line)
    }
    const complaints = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-z'], { input: ROFF, encoding: 'utf8' })
    expect(complaints.stderr).toBe('')
    for (const { examples } of SHOWN) {
      for (const example of examples.filter((line) => line.length < 60))
        expect(printed(ROFF)).toContain(example)
    }
  })
})

describe('a section as text', () => {
  it('hangs what words mean beside them, and below those that are too long', () => {
    const section = {
      title: 't',
      passages: [terms(['ab', 'one two three four five six seven'], ['a-very-long-word-here', 'x'])],
    }
    expect(sectionText(section, 40)).toBe(
      ['t', '', '  ab  one two three four five six seven', '  a-very-long-word-here', '      x', ''].join(
        '\n',
      ),
    )
  })

  it('never breaks a line to copy', () => {
    const line = `ai-costs ${'x'.repeat(100)}`
    expect(sectionText({ title: 't', passages: [sample(line)] }, 40)).toContain(`  ${line}\n`)
  })
})

/** As on paper: without the marks of bold print. */
function printed(roff: string): string {
  return execFileSync('groff', ['-man', '-Tutf8', '-ww', '-P-cbou'], {
    input: roff,
    encoding: 'utf8',
    stdio: 'pipe',
  })
}
