import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'

import { SHELLS, shellFunctions } from '../../src/formats/shell-functions.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

const WORDS = ['claude-start', 'claude-log', 'claude-quick', 'claude-status', 'claude-end'] as const

function isThere(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true']).error === undefined
}

/** A program that prints its words, in a folder with a name that no shell must act on. */
function echoing(): string {
  const folder = join(temporaryDirectory(), `a 'b' $(touch c) \\ "d"`)
  mkdirSync(folder)
  const script = join(folder, 'bin.cjs')
  writeFileSync(script, 'console.log(JSON.stringify(process.argv.slice(2)))')
  return script
}

describe.each(SHELLS)('in %s', (shell) => {
  // A shell that this machine lacks is passed over by name.
  test.runIf(isThere(shell))(`${shell} takes every word to its verb, arguments as they are`, () => {
    const functions = shellFunctions(shell, { node: process.execPath, script: echoing() })
    const calls = WORDS.map((word) => `${word} 'JWT "x"' 2`).join('\n')
    const printed = execFileSync(shell, ['-c', `${functions}\n${calls}`], { encoding: 'utf8' })
    expect(
      printed
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toEqual(WORDS.map((word) => ['session', word.slice('claude-'.length), 'JWT "x"', '2']))
  })

  it('calls the program by its absolute path', () => {
    const text = shellFunctions(shell, { node: '/usr/bin/node', script: '/opt/ai costs/bin.cjs' })
    expect(text.match(/'\/usr\/bin\/node' '\/opt\/ai costs\/bin\.cjs' session /g)).toHaveLength(WORDS.length)
  })
})

it('replaces aliases of the same names, also where errors end the shell', () => {
  const functions = shellFunctions('bash', { node: process.execPath, script: echoing() })
  const script = `set -e\nshopt -s expand_aliases\nalias claude-end='false'\n${functions}\nclaude-end`
  expect(execFileSync('bash', ['-c', script], { encoding: 'utf8' })).toBe('["session","end"]\n')
})
