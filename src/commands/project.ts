import { jsonText } from '../core/json.ts'
import { type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { formatInstant } from '../core/timestamp.ts'
import { type ProjectMemory, memoryFigures, projectMemory, projectsIn } from '../reports/project-memory.ts'
import { ALL_DAYS } from '../reports/day-span.ts'
import type { AskingSystem } from './ask-question.ts'
import { Attribution } from './attribution.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, JSON_OPTION, UsageError, hasFlag } from './command.ts'
import { callOf } from './desk.ts'
import { REPORT_FORMATS } from '../formats/index.ts'
import { printReport } from './print-report.ts'
import { type UsageRead, readUsage } from './read-usage.ts'

export const grammar: Grammar = {
  name: 'project',
  summary: 'what a project has cost in its whole life, for the memory of agents',
  arguments: [{ name: '[NAME]', summary: 'as the ledger has it; default: that of this folder' }],
  options: { ...JSON_OPTION, ...COMMON_OPTIONS },
  examples: ['ai-costs project', 'ai-costs project my-app --json > .claude/costs.json'],
}

/** Throws `UsageError`. */
export function run(invocation: Invocation, system: AskingSystem): Promise<Result> {
  const name = invocation.arguments[0] ?? projectHere(system)
  if (name === '') throw new UsageError('NAME is empty: name a project, or leave it out')
  return readUsage(callOf(invocation, system), system, allTime, async (read) => {
    const memory = projectMemory(read.usage, name)
    const text = hasFlag(invocation, 'json') ? memoryJson(memory) : await memoryText(memory, read, system)
    return success(text, remarkOn(memory, read))
  })
}

function allTime() {
  return { sessionCells: { from: -Infinity, labels: 'usual' as const } }
}

function projectHere({ environment, files }: AskingSystem): string {
  return new Attribution(files).projectOf(environment.workingDirectory).name
}

/** The members are those by which agents know it; `lower_bound` says that the truth may be more. */
function memoryJson(memory: ProjectMemory): string {
  return `${jsonText({
    project: memory.project,
    lifetime_cost_usd: memory.cost,
    session_count: memory.sessions,
    avg_cost_per_session: memory.perSession,
    most_used_model: memory.mostUsedModel,
    last_updated: memory.lastUpdated === null ? null : formatInstant(memory.lastUpdated),
    lower_bound: memory.lowerBound,
  })}\n`
}

function memoryText(memory: ProjectMemory, { usage, asOf, qualityIn }: UsageRead, system: AskingSystem) {
  const { calendar } = usage
  const report = {
    name: 'project',
    title: 'Project costs',
    span: null,
    zone: calendar.zone,
    asOf,
    filters: {},
    sections: [memoryFigures(memory)],
    quality: qualityIn(ALL_DAYS),
  }
  const printing = { format: REPORT_FORMATS.text, mostRows: Infinity, section: null }
  return printReport(report, printing, system, calendar)
}

/** A slip in the name looks like a project that costs nothing. */
function remarkOn({ project, sessions, cost }: ProjectMemory, { usage }: UsageRead): string {
  if (sessions > 0 || cost !== 0n) return ''
  const known = projectsIn(usage).slice(0, MOST_NAMES)
  const others = known.length === 0 ? '' : `; the ledger has ${known.join(', ')}`
  return `${safeText(`Nothing is on record for the project ${project}${others}`)}\n`
}

const MOST_NAMES = 10
