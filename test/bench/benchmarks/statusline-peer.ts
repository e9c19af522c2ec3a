import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import type { Benchmark } from '../benchmark.ts'
import { ccusage } from '../kit/ccusage.ts'
import { ours } from '../kit/command.ts'
import { nextImport } from '../kit/importing.ts'
import { timeRatio } from '../kit/rounds.ts'

export const name = 'statusline-peer'
export const what = '`statusline` after an import of 1 GB, against `ccusage statusline`'
export const bounds = { ratio: 1 / 30 }

export const run: Benchmark['run'] = async (bench) => {
  const peer = ccusage(bench)
  if ('skipped' in peer) return peer
  await nextImport(bench, 1000)
  const transcripts = bench.transcripts(1000)
  const event = eventOf(join(transcripts.folder, '.claude', 'projects'), transcripts.folder)
  return timeRatio(
    bench,
    { command: ours(transcripts, ['statusline'], event) },
    { command: peer.statusline(transcripts, event) },
  )
}

/** What Claude Code would say about some session. */
function eventOf(projects: string, cwd: string): string {
  const files = readdirSync(projects, { recursive: true, encoding: 'utf8' })
  const transcript = files.find((file) => file.endsWith('.jsonl')) ?? ''
  return JSON.stringify({
    session_id: transcript.replace(/^.*[/]|[.]jsonl$/g, ''),
    transcript_path: join(projects, transcript),
    cwd,
    model: { id: 'claude-opus-5', display_name: 'Opus' },
    workspace: { current_dir: cwd, project_dir: cwd },
    cost: { total_cost_usd: 1, total_duration_ms: 1000 },
  })
}
