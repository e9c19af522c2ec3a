import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { completedOf } from '../../src/commands/offer.ts'
import * as commands from '../../src/commands/index.ts'
import * as completion from '../../src/commands/completion.ts'
import { fakeSystem } from '../kit/fake-system.ts'
import type { Grammar } from '../../src/commands/command.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

export const GRAMMARS: readonly Grammar[] = Object.values(commands).map(({ grammar }) => grammar)
export const COMPLETED = completedOf(GRAMMARS)

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** Budgets, of which some have what shells break words at, or what they would run. */
const BUDGETS = ['daily', 'project:daily', 'model=claude-*/daily', '$(touch${IFS}ran)/daily']

/** What `completion SHELL` prints. */
export function scriptFor(shell: Shell, grammars: readonly Grammar[] = GRAMMARS): string {
  const result = completion.run({ arguments: [shell], options: {} }, fakeSystem(), grammars)
  if ('then' in result || typeof result.stdout !== 'string') throw new Error('a script is one text')
  return result.stdout
}

/** Whether such a shell is on this machine; where it is not, its tests are skipped, and say why. */
export function hasShell(name: string): boolean {
  const isHere = spawnSync(name, ['-c', 'true']).error === undefined
  if (!isHere) console.warn(`skipped: there is no ${name} on this machine`)
  return isHere
}

/** A folder with two others in it, a transcript, and an `ai-costs` that knows some budgets. */
export function aMachine(): { readonly folder: string; readonly env: Record<string, string> } {
  const folder = temporaryDirectory()
  for (const name of ['bin', 'ledger-a', 'ledger-b']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'transcript.jsonl'), '')
  const lines = BUDGETS.map((id) => `'${id}'`).join(' ')
  const program = join(folder, 'bin', 'ai-costs')
  writeFileSync(
    program,
    `#!/bin/sh\n[ "$*" = "completion --offer budgets" ] && printf '%s\\n' ${lines}\nexit 0\n`,
  )
  chmodSync(program, 0o755)
  return { folder, env: { ...path(join(folder, 'bin')), HOME: folder, TERM: 'dumb', LANG: 'C.UTF-8' } }
}

function path(first: string): Record<string, string> {
  return { PATH: `${first}:${env['PATH'] ?? ''}` }
}
