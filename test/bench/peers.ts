import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import type { Skipped } from './benchmark.ts'
import { type Command, command, emptyNode, node } from './kit/command.ts'
import type { Project } from './kit/project.ts'

/** Another way to ask what was spent. */
export interface Peer {
  readonly name: string
  /** Programs without which it does not work. */
  readonly needs: readonly string[]
  readonly command: (project: Project) => Command
}

const JSON_PARSE_LOOP = fileURLToPath(new URL('kit/json-parse-loop.cjs', import.meta.url))
const CHECK_BUDGET = fileURLToPath(new URL('../fixtures/seed/check-budget.sh', import.meta.url))
/** The sum of today as people write it down for jq. */
const TODAY_BY_JQ = '[.[] | select(.timestamp | startswith($today)) | .cost_usd] | add // 0'

/** Nothing at all. */
export const EMPTY_NODE: Peer = { name: '`node -e 0`', needs: [], command: emptyNode }

/** The simplest careful reader. */
export const JSON_PARSE: Peer = {
  name: 'a chunked JSON.parse loop',
  needs: [],
  command: (project) => node([JSON_PARSE_LOOP, project.ledger], project),
}

/** The script that people have, which starts jq three times and yq four times. */
export const CHECK_BUDGET_SCRIPT: Peer = {
  name: 'check-budget.sh',
  needs: ['bash', 'jq', 'bc', 'yq'],
  command: (project) => command('bash', [CHECK_BUDGET], project),
}

const JQ: Peer = {
  name: "today's sum by jq",
  needs: ['jq'],
  command: (project) =>
    command('jq', ['-rs', '--arg', 'today', today(), TODAY_BY_JQ, project.ledger], project),
}

/** All with which `check` is compared; a further one is one line here. */
export const PEERS: readonly Peer[] = [EMPTY_NODE, JSON_PARSE, JQ, CHECK_BUDGET_SCRIPT]

/** Why a peer cannot run here; null when it can. */
export function withoutPeer({ needs }: Peer): Skipped | null {
  const missing = needs.filter((program) => versionOf(program) === null)
  return missing.length === 0 ? null : { skipped: `not installed: ${missing.join(', ')}` }
}

/** The programs that peers need and what each says of its version; those that are missing are left out. */
export function versionsOfPeers(): readonly string[] {
  return [...new Set(PEERS.flatMap(({ needs }) => needs))].flatMap((program) => versionOf(program) ?? [])
}

function versionOf(program: string): string | null {
  const { error, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  if (error !== undefined) return null
  const version = /\d+(\.\d+)+/.exec(stdout)?.[0] ?? '(unknown version)'
  return `${program} ${version}`
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}
