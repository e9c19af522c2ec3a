import { EXIT, notSaved, type Result } from '../core/result.ts'
import { importJson } from '../formats/import-json.ts'
import { importRemarks, importText } from '../formats/import-text.ts'
import { DAY_MS, parseTimestamp } from '../core/timestamp.ts'
import { settingsForCheck } from '../settings/resolution.ts'
import { SOURCES } from '../sources/index.ts'
import type { ImportLock } from '../system/import-lock.ts'
import { NotSaved } from '../system/ledger-append.ts'
import { Unreadable } from '../system/file-system.ts'
import type { System } from '../system/system.ts'
import { safeText } from '../core/safe-text.ts'
import { troubleText } from '../core/answers/check-text.ts'
import { Accounts, readOf } from './accounts.ts'
import {
  COMMON_OPTIONS,
  type Grammar,
  type Invocation,
  JSON_OPTION,
  UsageError,
  hasFlag,
  valueOf,
} from './command.ts'
import { type Call, callOf } from './desk.ts'
import { findNamed } from './import-sources.ts'
import type { ImportReport } from '../core/import-report.ts'
import type { ImportRequest, SourceFiles } from './import-request.ts'
import { Importer } from './importer.ts'
import { CLAIMS, type HookClaims, importForHook } from './import-for-hook.ts'
import { loadSettings } from './load-settings.ts'
import { repriceInstead } from './import-reprice.ts'
import { beginTurn, takeTurn } from './import-turn.ts'
import { ownPlace } from './own-place.ts'
import { pipedOf, withPiped } from './piped-transcript.ts'
import { PROGRAM } from './program.ts'
import { troubleOf } from './trouble.ts'

export const grammar: Grammar = {
  name: 'import',
  summary: 'read what other tools wrote down into the ledger; again and again, each response once',
  arguments: [
    {
      name: '[PATH...]',
      summary:
        'sources such as codex, transcripts or folders of them, - for standard input (default: everything)',
      words: SOURCES.map(({ name }) => name),
    },
  ],
  options: {
    'dry-run': { kind: 'flag', summary: 'say what would come in, save nothing' },
    since: { kind: 'value', placeholder: 'DAY', summary: 'leave out what is older, e.g. 2026-11-01' },
    reprice: {
      kind: 'flag',
      summary: 'import nothing: give what the ledger holds the prices of today, where ours priced it',
    },
    all: { kind: 'flag', summary: "into a project's ledger too: what was done elsewhere" },
    'task-id': {
      kind: 'value',
      placeholder: 'ID',
      summary: 'the task that all of it belongs to; AI_COSTS_TASK does not count here',
    },
    enhancement: { kind: 'value', placeholder: 'NAME', summary: 'the enhancement that all of it belongs to' },
    [CLAIMS]: { kind: 'value', summary: 'what a hook claimed for this import', isHidden: true },
    ...JSON_OPTION,
    ...COMMON_OPTIONS,
  },
  examples: [
    'ai-costs import',
    'ai-costs import claude-code --since 2026-11-01 --dry-run',
    'ai-costs import --reprice --dry-run',
    'claude -p --output-format json "…" | ai-costs import -',
  ],
}

export async function run(invocation: Invocation, system: System): Promise<Result> {
  const call = callOf(invocation, system)
  if (call.until !== null) throw new UsageError('--now reads only: leave it out to import')
  const claimed = valueOf(invocation, CLAIMS)
  if (claimed === null) return importOnce(invocation, call, null, system)
  return importForHook(claimed.split(','), call, system, (claims) =>
    importOnce(invocation, call, claims, system),
  )
}

async function importOnce(
  invocation: Invocation,
  call: Call,
  claims: HookClaims | null,
  system: System,
): Promise<Result> {
  try {
    const resolution = await loadSettings(call.settingsPlaces, system.environment, system.files)
    const settings = settingsForCheck(resolution)
    if (settings.kind === 'broken') {
      return notSaved(`${troubleText(settings.problems)}ai-costs: nothing was imported: mend that first\n`)
    }
    const accounts = new Accounts(settings.value, readOf(resolution), system.environment.zone, system.prices)
    const request = requestOf(invocation, call, accounts, system)
    if (hasFlag(invocation, 'reprice')) return await repriceInstead(request, accounts, invocation, system)
    const piped = pipedOf(invocation.arguments, accounts.settings.sources, system)
    const find = async (): Promise<readonly SourceFiles[]> =>
      piped?.sources ?? (await sourcesOf(invocation, accounts, system))
    const folder = system.transcripts.realPath(system.environment.workingDirectory)
    const transcripts =
      piped === null ? system.transcripts : withPiped(system.transcripts, piped.text, folder)
    const job = { request, accounts, claims, find }
    return answerOf(await importInTurn(job, { ...system, transcripts }), invocation)
  } catch (error) {
    if (error instanceof Unreadable) return notSaved(troubleText([troubleOf(error)]))
    if (error instanceof NotSaved) return notSaved(`ai-costs: ${safeText(error.message)}\n`)
    throw error
  }
}

interface ImportJob {
  readonly request: ImportRequest
  readonly accounts: Accounts
  /** What a hook claimed, so that no other sets out for the same; null for none. */
  readonly claims: HookClaims | null
  /** Looks for transcripts. */
  readonly find: () => Promise<readonly SourceFiles[]>
}

/** Waits for other importers, then imports. */
async function importInTurn(
  { request, accounts, claims, find }: ImportJob,
  system: System,
): Promise<ImportReport> {
  const { progress } = system
  const { directory } = request.ledger
  const importer = new Importer(request, accounts, system)
  // What a hook found is looked for once it is nobody's: an agent that writes meanwhile starts no other import.
  const sources = claims === null ? await find() : []
  const tasks = importer.pending(sources)
  const isNothing = claims === null && (request.dryRun || tasks.length === 0)
  const atOnce = isNothing ? NO_LOCK : beginTurn(directory, system)
  const lock = atOnce ?? (await takeTurn(directory, system))
  try {
    claims?.giveUp()
    // Whoever we waited for may have read some of it, and the tools have written on.
    const isFresh = claims === null && atOnce !== null
    const steps = isFresh
      ? importer.run(sources, tasks)
      : new Importer(request, accounts, system).run(await find())
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done === true) return step.value
      lock.refresh()
      const { done, total } = step.value
      progress.show(
        `importing ${Math.floor((100 * done) / Math.max(1, total))} % of ${Math.ceil(total / 1e6)} MB`,
      )
    }
  } finally {
    progress.clear()
    lock.release()
  }
}

const NO_LOCK: ImportLock = { refresh() {}, release() {} }

async function sourcesOf(
  { arguments: words }: Invocation,
  accounts: Accounts,
  system: System,
): Promise<readonly SourceFiles[]> {
  const sources = findNamed(words, accounts.settings.sources, system)
  const hasDatabases = sources.some(
    ({ source, files }) => source.reading.kind === 'database' && files.length > 0,
  )
  if (hasDatabases) await system.transcripts.loadDatabases()
  return sources
}

function requestOf(
  invocation: Invocation,
  { place }: Call,
  accounts: Accounts,
  system: System,
): ImportRequest {
  const { projectDirectory } = place
  const isScoped = projectDirectory !== null && !hasFlag(invocation, 'all')
  return {
    ledger: ownPlace(place, system),
    scope: {
      program: PROGRAM,
      project: isScoped ? system.transcripts.realPath(projectDirectory) : null,
      since: sinceOf(invocation, accounts),
    },
    dryRun: hasFlag(invocation, 'dry-run'),
    isLive: false,
    labels: {
      taskId: valueOf(invocation, 'task-id') ?? '',
      enhancement: valueOf(invocation, 'enhancement') ?? '',
    },
  }
}

/** A day begins when it does in the user's zone. */
function sinceOf(invocation: Invocation, { calendar }: Accounts): number | null {
  const text = valueOf(invocation, 'since')
  if (text === null) return null
  const instant = parseTimestamp(text)
  if (instant === null) throw new UsageError('--since is no day: write it like 2026-11-01')
  return /^\d{4}-\d\d-\d\d$/.test(text) ? calendar.startOfDay(Math.floor(instant / DAY_MS)) : instant
}

function answerOf(report: ImportReport, invocation: Invocation): Result {
  const stdout = hasFlag(invocation, 'json') ? importJson(report) : importText(report)
  const exitCode = report.warnings.length > 0 ? EXIT.notSaved : EXIT.ok
  return { stdout, stderr: importRemarks(report), exitCode }
}
