import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

import type { Bench, Skipped } from '../benchmark.ts'
import { type Command, type Surroundings, command, finished } from './command.ts'
import type { Transcripts } from './transcripts.ts'

/** The last version that was published with its native program; the npm command only starts that. */
const VERSION = '20.0.24'
const DEADLINE_MS = 60_000

/** `ccusage`, which adds up the same transcripts and keeps nothing. */
export interface Ccusage {
  readonly daily: (transcripts: Transcripts) => Command
  /** For an agent that says this about itself. */
  readonly statusline: (transcripts: Transcripts, event: string) => Command
}

/** Fetches it from npm, once for all benchmarks; where that cannot be, says why. */
export function ccusage({ folder }: Bench): Ccusage | Skipped {
  const program = join(folder, 'ccusage', 'node_modules', packageName(), 'bin', 'ccusage')
  if (!existsSync(program)) {
    const reason = install(join(folder, 'ccusage'))
    if (reason !== null) return { skipped: `ccusage ${VERSION} cannot be had: ${reason}` }
    chmodSync(program, 0o755)
  }
  return {
    daily: (transcripts) =>
      command(program, ['claude', 'daily', '--offline', '--json'], surroundings(transcripts)),
    statusline: (transcripts, event) => ({
      ...command(program, ['statusline', '--offline', '--no-cache'], surroundings(transcripts)),
      stdin: event,
    }),
  }
}

function surroundings({ folder, env }: Transcripts): Surroundings {
  return { folder, env: { ...env, CLAUDE_CONFIG_DIR: join(folder, '.claude') } }
}

/** Throws unless it counts what the transcripts tell: a race against somebody who counts otherwise proves nothing. */
export async function expectSameTotals(daily: Command, { truth }: Transcripts): Promise<void> {
  const { totals } = JSON.parse((await finished(daily)).stdout) as {
    readonly totals: Readonly<Record<string, number>>
  }
  truth.expect('ccusage', {
    input: totals['inputTokens'] ?? NaN,
    output: totals['outputTokens'] ?? NaN,
    read: totals['cacheReadTokens'] ?? NaN,
    written: totals['cacheCreationTokens'] ?? NaN,
  })
}

function packageName(): string {
  return `@ccusage/ccusage-${process.platform}-${process.arch}`
}

/** Why it could not be installed; null when it was. With our own environment: npm may need its certificates. */
function install(folder: string): string | null {
  mkdirSync(folder, { recursive: true })
  const args = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts']
  const { error, status, stderr } = spawnSync('npm', [...args, `${packageName()}@${VERSION}`], {
    encoding: 'utf8',
    timeout: DEADLINE_MS,
  })
  if (error !== undefined) return error.message
  if (status === 0) return null
  return /^npm error (.+)$/m.exec(stderr)?.[1] ?? `npm ended with ${status}`
}
