import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { cleanEnvironment } from '../../e2e/run.ts'
import { Filler } from './filler.ts'
import { type Random, random } from './random.ts'
import { type WrittenSession, writeSession } from './transcript-session.ts'
import { TranscriptTruth } from './transcript-truth.ts'

const DAY_MS = 86_400_000
const DAYS = 90
/** The longest sessions go on for days. */
const LONGEST_MS = 3 * DAY_MS
const PROJECTS = Array.from({ length: 24 }, (_, nth) => `/home/dev/work/service-${nth}`)
const RESUMED_SHARE = 0.06

/** How large transcripts are: so many of them, of so many bytes at most, as ccusage publishes it of real trees. */
const SIZES = [
  { share: 0, bytes: 236 },
  { share: 0.5, bytes: 105_267 },
  { share: 0.75, bytes: 233_572 },
  { share: 0.9, bytes: 653_972 },
  { share: 0.95, bytes: 1_504_757 },
  { share: 0.99, bytes: 5_383_751 },
  { share: 1, bytes: 30_000_000 },
]

/** A home in which Claude Code was used, of which everything is known. */
export interface Transcripts {
  /** The home, where `truth.json` says what the transcripts add up to. */
  readonly folder: string
  /** `~/.ai-costs` in it. */
  readonly costs: string
  readonly env: Readonly<Record<string, string>>
  readonly truth: TranscriptTruth
}

/**
 * Makes a home with so many megabytes of transcripts, of the last months before `end`. The same seed gives the same bytes:
 * responses on several lines that repeat their usage, subagents in files of their own and among the lines of their
 * session, replays, resumed sessions, errors in the name of a model, usage within texts and results, torn last lines.
 */
export function createTranscripts(home: string, megabytes: number, end: number, seed = 7): Transcripts {
  const chance = random(seed)
  const truth = new TranscriptTruth()
  const maker = { chance, filler: new Filler(chance), truth }
  const bytes = megabytes * 1e6
  const resumable: WrittenSession[] = []
  while (truth.bytes < bytes) {
    const cwd = chance.pick(PROJECTS)
    const isResumed = resumable.length > 0 && chance.next() < RESUMED_SHARE
    const session = writeSession(
      {
        folder: join(home, '.claude', 'projects', cwd.replaceAll(/[^A-Za-z0-9]/g, '-')),
        cwd,
        start: end - Math.floor(chance.next() * DAYS * DAY_MS) - LONGEST_MS,
        // None is the better part of the whole, which would leave nothing to share for two threads.
        bytes: Math.min(sizeOf(chance), bytes / 6, bytes - truth.bytes),
        resumed: isResumed ? chance.pick(resumable) : null,
      },
      maker,
    )
    if (session !== null && resumable.length < 50) resumable.push(session)
  }
  const temporary = join(home, 'tmp')
  mkdirSync(temporary)
  writeFileSync(join(home, 'truth.json'), JSON.stringify(truth))
  // Compiled code is kept in the home, as it is for everybody.
  const env = { ...cleanEnvironment(home, temporary), XDG_CACHE_HOME: '' }
  return { folder: home, costs: join(home, '.ai-costs'), env, truth }
}

function sizeOf(chance: Random): number {
  const share = chance.next()
  const nth = SIZES.findIndex((size) => share < size.share)
  const [below, above] = [SIZES[nth - 1]!, SIZES[nth]!]
  const part = (share - below.share) / (above.share - below.share)
  return below.bytes + part * (above.bytes - below.bytes)
}
