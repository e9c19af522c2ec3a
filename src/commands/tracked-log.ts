import { ESTIMATE, OPERATIONS, type Operation, typical } from '../core/operation.ts'
import { displayCost } from '../core/money.ts'
import { notSaved, type Result, success } from '../core/result.ts'
import type { TrackedSession } from '../core/tracked-session.ts'
import { thousands } from '../formats/count.ts'
import { type Invocation, UsageError, hasFlag, valueOf } from './command.ts'
import { callOf, judgeOnce, open } from './desk.ts'
import { run as log } from './log.ts'
import { noSession, orNotDone, runningSession } from './running-session.ts'
import type { TrackingSystem } from './tracked-usage.ts'

/** What goes into the ledger. */
interface Entry {
  /** Input, output, cache reads and writes, as they were typed. */
  readonly counts: readonly string[]
  readonly context: string
  readonly taskType: string | null
  readonly tool: string | null
}

/** `session log INPUT OUTPUT [CONTEXT]`, and as `session quick` where the first word is a kind of work. Throws `UsageError`. */
export async function logInSession(
  invocation: Invocation,
  words: readonly string[],
  system: TrackingSystem,
): Promise<Result> {
  const [input = '', output, ...context] = words
  if (OPERATIONS.has(input)) return quickInSession(invocation, words, system)
  if (output === undefined) {
    throw new UsageError(
      'session log needs two numbers: write it like ai-costs session log 1500 800 "context"',
    )
  }
  const cache = [valueOf(invocation, 'cache-read') ?? '0', valueOf(invocation, 'cache-write') ?? '0']
  const entry = {
    counts: [input, output, ...cache],
    context: context.join(' ').trim(),
    taskType: valueOf(invocation, 'task-type'),
    tool: valueOf(invocation, 'tool'),
  }
  return logEntry(entry, invocation, system, '')
}

/** `session quick KIND [CONTEXT]`: logs the tokens that such work typically takes. Throws `UsageError`. */
export async function quickInSession(
  invocation: Invocation,
  words: readonly string[],
  system: TrackingSystem,
): Promise<Result> {
  const [kind = '', ...context] = words
  const operation = OPERATIONS.get(kind)
  if (operation === undefined) {
    throw new UsageError(
      `session quick needs a kind of work first: one of ${[...OPERATIONS.keys()].join(', ')}`,
    )
  }
  const entry = {
    counts: [String(typical(operation.input)), String(typical(operation.output)), '0', '0'],
    context: context.join(' ').trim(),
    taskType: operation.taskType,
    tool: ESTIMATE,
  }
  return logEntry(entry, invocation, system, estimateText(operation))
}

/** Hands it to `log`, as a record of the session that runs. */
function logEntry(
  entry: Entry,
  invocation: Invocation,
  system: TrackingSystem,
  remark: string,
): Promise<Result> {
  return orNotDone(async () => {
    const call = callOf(invocation, system)
    const running = runningSession(call.place, system)
    if (running === null) {
      return hasFlag(invocation, 'if-running') ? success('') : noSession(call.place, 'nothing was logged')
    }
    const model = await modelOf(invocation, running.session, system)
    if (typeof model !== 'string') return model
    const logged = await log(asLog(entry, model, running.session, invocation), system)
    if (logged.exitCode !== 0 || hasFlag(invocation, 'json') || typeof logged.stdout !== 'string')
      return logged
    return {
      ...logged,
      stdout: logged.stdout + remark + (await soFar(running.session, invocation, system)),
    }
  })
}

/** That of the call, of the session, or of the settings. */
async function modelOf(
  invocation: Invocation,
  session: TrackedSession,
  system: TrackingSystem,
): Promise<string | Result> {
  const named = valueOf(invocation, 'model') ?? session.model
  if (named !== '') return named
  const opened = await open(callOf(invocation, system), system)
  if (opened.kind === 'open') {
    opened.reader.close()
    const { defaultModel } = opened.accounts.settings
    if (defaultModel !== null) return defaultModel
  }
  return notSaved(
    'ai-costs: nobody says which model it was, and nothing was logged: add --model MODEL, or choose one for good with ai-costs models set-default MODEL\n',
  )
}

function asLog(
  { counts, context, taskType, tool }: Entry,
  model: string,
  session: TrackedSession,
  invocation: Invocation,
): Invocation {
  const common = ['dir', 'config', 'now', 'no-cache', 'json'].map((name) => [name, invocation.options[name]])
  return {
    arguments: [model, ...counts],
    options: {
      ...Object.fromEntries(common),
      session: session.id,
      project: session.project,
      'task-type': taskType ?? undefined,
      tool: tool ?? undefined,
      note: context === '' ? undefined : context,
    },
  }
}

function estimateText({ summary, input, output }: Operation): string {
  const [reads, writes] = [input, output].map(({ from, to }) => `${thousands(from)}-${thousands(to)}`)
  return `estimated: the middle of what ${summary} typically takes, ${reads} in and ${writes} out\n`
}

/** What was logged until now, as the cache knows it; the entry is saved already, so that no trouble may be in the way. */
function soFar(session: TrackedSession, invocation: Invocation, system: TrackingSystem): Promise<string> {
  return judgeOnce(
    callOf(invocation, system),
    system,
    ({ snapshot }) => {
      const spent = snapshot.sessions.find(({ id }) => id === session.id)?.whole
      if (spent === undefined) return ''
      return `Session so far: ${spent.uncertain > 0 ? 'at least ' : ''}${displayCost(spent.usd)}\n`
    },
    () => '',
  )
}
