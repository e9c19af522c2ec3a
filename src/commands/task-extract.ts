import { troubleText } from '../core/answers/check-text.ts'
import type { UsageRecord } from '../core/record.ts'
import { EXIT, notSaved, type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { looksSecret } from '../core/secrets.ts'
import { countOf } from '../formats/count.ts'
import { taskJson } from '../formats/task-json.ts'
import { settingsForCheck } from '../settings/resolution.ts'
import type { System } from '../system/system.ts'
import { Accounts, readOf } from './accounts.ts'
import { type Invocation, UsageError, hasFlag, valueOf } from './command.ts'
import { type Call, callOf } from './desk.ts'
import type { SourceFiles } from './import-request.ts'
import { findNamed, pathNamed } from './import-sources.ts'
import { takeTurn } from './import-turn.ts'
import { loadSettings } from './load-settings.ts'
import { ownPlace } from './own-place.ts'
import { orNotDone } from './running-session.ts'
import { costsOf } from './task-costs.ts'
import { type TaskLabels, labelTask } from './task-labels.ts'
import { bringIn } from './task-transcript.ts'

const LONGEST_LABEL = 512

/** `task extract TASK TRANSCRIPT [SESSION]`: whatever a transcript used belongs to a task from now on. Throws `UsageError`. */
export function extractTask(
  invocation: Invocation,
  [task = '', transcript = '', session = '']: readonly string[],
  system: System,
): Promise<Result> {
  const labels = { taskId: task, enhancement: valueOf(invocation, 'enhancement') ?? '' }
  for (const label of Object.values(labels)) refuseLabel(label)
  const call = callOf(invocation, system)
  return orNotDone(async () => {
    const resolution = await loadSettings(call.settingsPlaces, system.environment, system.files)
    const settings = settingsForCheck(resolution)
    if (settings.kind === 'broken') {
      return notSaved(`${troubleText(settings.problems)}ai-costs: nothing was extracted: mend that first\n`)
    }
    const accounts = new Accounts(settings.value, readOf(resolution), system.environment.zone, system.prices)
    return extract({ labels, transcript, session }, accounts, call, invocation, system)
  })
}

interface Extraction {
  readonly labels: TaskLabels
  readonly transcript: string
  /** `''` for all sessions of the transcript. */
  readonly session: string
}

async function extract(
  { labels: named, transcript, session }: Extraction,
  accounts: Accounts,
  call: Call,
  invocation: Invocation,
  system: System,
): Promise<Result> {
  const place = ownPlace(call.place, system)
  const sources = transcriptNamed(transcript, accounts, system)
  if (sources.some(({ source }) => source.reading.kind === 'database')) {
    await system.transcripts.loadDatabases()
  }
  const labels = {
    ...named,
    enhancement: named.enhancement || knownEnhancement(named, accounts, call, system),
  }
  // Whoever imports meanwhile would bring in what we are about to label, and label it otherwise.
  const turn = await takeTurn(place.directory, system)
  try {
    const brought = bringIn({ sources, session, labels, place }, accounts, system)
    if (brought.ids.size === 0) {
      const whose = session === '' ? '' : ` of session ${safeText(session)}`
      return notSaved(
        `${brought.remarks}ai-costs: ${safeText(transcript)} tells of no usage${whose}, nothing was extracted: name another transcript\n`,
      )
    }
    const moved = labelTask(brought.ids, labels, accounts, place, system)
    const remarks = `${brought.remarks}${countOf(brought.ids.size, 'response')}: ${brought.news} new, ${moved} labelled anew\n`
    const text = await answerText(labels.taskId, accounts, call, invocation, system)
    const stderr = hasFlag(invocation, 'json') ? brought.remarks : remarks
    return brought.remarks === '' ? success(text, stderr) : { stdout: text, stderr, exitCode: EXIT.notSaved }
  } finally {
    turn.release()
  }
}

/** Never all that a source has, which its name would mean to an import. Throws `UsageError`. */
function transcriptNamed(
  word: string,
  { settings }: Accounts,
  system: Pick<System, 'environment' | 'files' | 'transcripts'>,
): readonly SourceFiles[] {
  const path = pathNamed(word, system.environment)
  if (system.files.exists(path)) return findNamed([path], settings.sources, system)
  throw new UsageError(`there is no transcript "${word}": name a file, or a folder of transcripts`)
}

/** That of the task until now: its later transcripts belong to it as well. */
function knownEnhancement(
  labels: TaskLabels,
  accounts: Accounts,
  call: Call,
  system: Pick<System, 'ledger'>,
): string {
  return costsOf(({ taskId }) => taskId === labels.taskId, accounts, call, system)[0]?.enhancement ?? ''
}

async function answerText(
  task: string,
  accounts: Accounts,
  call: Call,
  invocation: Invocation,
  system: System,
): Promise<string> {
  const isOfTask = ({ taskId }: UsageRecord): boolean => taskId === task
  const [cost] = costsOf(isOfTask, accounts, call, system)
  if (cost === undefined) return ''
  if (hasFlag(invocation, 'json')) return taskJson(cost, [])
  const { taskText } = await import('../formats/task-text.ts')
  return taskText(cost, [], system.terminal.page())
}

function refuseLabel(label: string): void {
  if (looksSecret(label)) {
    throw new UsageError('a task or enhancement looks like a secret key, which has no place in a ledger')
  }
  if (label.length > LONGEST_LABEL) {
    throw new UsageError(`a task or enhancement is longer than ${LONGEST_LABEL} characters: shorten it`)
  }
}
