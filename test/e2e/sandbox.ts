import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { leave } from '../kit/tidy.ts'
import { type Outcome, type Surroundings, cleanEnvironment, run } from './run.ts'

/** A Monday afternoon, the instant of most tests. */
export const NOW = '2025-12-15T14:30:00Z'

/** A machine of its own: a home, a project in it, and nothing else. */
export interface Sandbox {
  readonly home: string
  readonly project: string
  /** `.ai-costs` of the project; `write` and `append` make it. */
  readonly costs: string
  readonly ledger: string
  /** Where the program may put temporary files. */
  readonly temporary: string
  readonly env: Readonly<Record<string, string>>
  /** Writes a file of the project. */
  readonly write: (path: string, content: string | Uint8Array) => void
  /** Appends lines to the ledger. */
  readonly append: (...lines: readonly string[]) => void
  readonly limits: (yaml: string) => void
  readonly readLedger: () => string
  readonly run: (args: readonly string[], change?: Partial<Surroundings>) => Promise<Outcome>
}

/** Makes a sandbox that is gone after the tests of the file. */
export function sandbox(): Sandbox {
  // macOS hands out a symbolic link, which the program would resolve in what it prints.
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'ai-costs-e2e-')))
  leave('after the file', () => rmSync(root, { recursive: true, force: true }))
  const home = join(root, 'home')
  const project = join(home, 'my-app')
  const temporary = join(root, 'tmp')
  for (const folder of [project, temporary]) mkdirSync(folder, { recursive: true })
  const env = cleanEnvironment(home, temporary)
  const ledger = join(project, '.ai-costs', 'sessions.jsonl')
  const write: Sandbox['write'] = (path, content) => {
    const target = join(project, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, content)
  }
  return {
    home,
    project,
    costs: dirname(ledger),
    ledger,
    temporary,
    env,
    write,
    append: (...lines) => {
      mkdirSync(dirname(ledger), { recursive: true })
      appendFileSync(ledger, lines.map((text) => `${text}\n`).join(''))
    },
    limits: (yaml) => write('.ai-config/cost-limits.yaml', yaml),
    readLedger: () => readFileSync(ledger, 'utf8'),
    run: (args, change = {}) => run(args, { cwd: project, ...change, env: { ...env, ...change.env } }),
  }
}

/** One line of a ledger: a priced record of today's session `s1` unless told otherwise. */
export function line(fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    timestamp: NOW,
    session_id: 's1',
    project: 'my-app',
    model: 'claude-sonnet-4',
    input_tokens: 1000,
    output_tokens: 100,
    cost_usd: 1,
    ...fields,
  })
}

/** A session of its own that cost so much; `id` keeps equal lines apart. */
export function spent(usd: number, fields: Readonly<Record<string, unknown>> = {}): string {
  return line({ cost_usd: usd, ...fields })
}
