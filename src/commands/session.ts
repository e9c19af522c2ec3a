import type { Result } from '../core/result.ts'
import { OPERATIONS } from '../core/operation.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, UsageError } from './command.ts'
import { PRINT_OPTIONS } from './print-report.ts'
import { endSession } from './tracked-end.ts'
import { logInSession, quickInSession } from './tracked-log.ts'
import { startSession } from './tracked-start.ts'
import { sessionStatus } from './tracked-status.ts'
import type { TrackingSystem } from './tracked-usage.ts'
import { refuseOtherOptions } from './verb-options.ts'

const KINDS = [...OPERATIONS.keys()].join(', ')

export const grammar: Grammar = {
  name: 'session',
  summary: 'track a stretch of work by hand, and get a report in Markdown at its end',
  arguments: [
    {
      name: '[VERB]',
      summary: 'start, log, quick, status (default) or end',
      words: ['start', 'log', 'quick', 'status', 'end'],
    },
    {
      name: '[WORDS...]',
      summary: `start NAME · log INPUT OUTPUT [CONTEXT] · quick KIND [CONTEXT]; KIND is ${KINDS}`,
    },
  ],
  options: {
    model: {
      kind: 'value',
      placeholder: 'MODEL',
      summary: 'start: of all that is logged; log, quick: of this; else that of models set-default',
    },
    project: {
      kind: 'value',
      placeholder: 'NAME',
      summary: 'start: default: the name of the git repository or folder',
    },
    'task-type': { kind: 'value', placeholder: 'TYPE', summary: 'log: e.g. bugfix, feature, review' },
    tool: { kind: 'value', placeholder: 'NAME', summary: 'log: e.g. claude-code, codex' },
    'cache-read': { kind: 'value', placeholder: 'TOKENS', summary: 'log: tokens read from the cache' },
    'cache-write': { kind: 'value', placeholder: 'TOKENS', summary: 'log: tokens written to the cache' },
    'if-running': {
      kind: 'flag',
      summary: 'log, quick, end: do nothing when no session runs, as a git hook wants it',
    },
    ...PRINT_OPTIONS,
    ...COMMON_OPTIONS,
  },
  examples: [
    'ai-costs session start "JWT development"',
    'ai-costs session log 1500 800 "token validation"',
    'ai-costs session quick review "security audit"',
    'ai-costs session end',
  ],
}

interface Verb {
  readonly run: (invocation: Invocation, words: readonly string[], system: TrackingSystem) => Promise<Result>
  readonly options: readonly string[]
  readonly takesWords: boolean
}

const PRINTING = Object.keys(PRINT_OPTIONS)

const VERBS: Readonly<Record<string, Verb>> = {
  start: { run: startSession, takesWords: true, options: ['model', 'project', 'json', 'now'] },
  log: {
    run: logInSession,
    takesWords: true,
    options: ['model', 'task-type', 'tool', 'cache-read', 'cache-write', 'if-running', 'json', 'now'],
  },
  quick: { run: quickInSession, takesWords: true, options: ['model', 'if-running', 'json', 'now'] },
  status: { run: sessionStatus, takesWords: false, options: [...PRINTING, 'now'] },
  end: { run: endSession, takesWords: false, options: ['if-running', 'json', 'now'] },
}

/** Throws `UsageError`. */
export async function run(invocation: Invocation, system: TrackingSystem): Promise<Result> {
  const [name = 'status', ...words] = invocation.arguments
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined
  if (verb === undefined) {
    throw new UsageError(`there is no "session ${name}": use one of ${Object.keys(VERBS).join(', ')}`)
  }
  refuseOtherOptions(invocation, `session ${name}`, verb.options)
  if (!verb.takesWords && words.length > 0) {
    throw new UsageError(`session ${name} takes no ${words[0]}: leave it out`)
  }
  return verb.run(invocation, words, system)
}
