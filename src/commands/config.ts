import { troubleText } from '../core/answers/check-text.ts'
import { type Json, jsonText } from '../core/json.ts'
import type { Trouble } from '../core/judgement.ts'
import { EXIT, type Result } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { describeProblem, excerptOf } from '../settings/problem.ts'
import { type Resolution, problemsOf } from '../settings/resolution.ts'
import { Unreadable } from '../system/file-system.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, JSON_OPTION, hasFlag } from './command.ts'
import { type Call, type JudgingSystem, callOf } from './desk.ts'
import { loadSettings } from './load-settings.ts'
import { resolvedSettings } from './resolved-settings.ts'
import { noticeText, routerNotices } from './router-notices.ts'
import { troubleOf } from './trouble.ts'

export const grammar: Grammar = {
  name: 'config',
  summary: 'show the resolved settings and where each came from; 3 when a file is broken',
  arguments: [],
  options: { ...JSON_OPTION, ...COMMON_OPTIONS },
  examples: ['ai-costs config', 'ai-costs config --json | jq .settings'],
}

export async function run(invocation: Invocation, system: JudgingSystem): Promise<Result> {
  const call = callOf(invocation, system)
  let resolution: Resolution
  let doubts: readonly Trouble[]
  try {
    resolution = await loadSettings(call.settingsPlaces, system.environment, system.files)
    doubts = routerNotices(resolution, call.clock.now(), system)
  } catch (error) {
    if (error instanceof Unreadable) return unreadable(troubleOf(error), call, hasFlag(invocation, 'json'))
    throw error
  }
  const problems = problemsOf(resolution)
  const exitCode = problems.length > 0 ? EXIT.cannotTell : EXIT.ok
  if (hasFlag(invocation, 'json')) return { stdout: asJson(resolution, doubts, call), stderr: '', exitCode }
  const troubles = problems.map(
    (problem) => `ai-costs: ${safeLines(`${describeProblem(problem)}\n${excerptOf(problem)}`)}\n`,
  )
  const notices = [...resolution.notices.map(describeProblem), ...doubts.map(noticeText)].map(
    (notice) => `ai-costs: note: ${safeLines(notice)}\n`,
  )
  return { stdout: asText(resolution, call), stderr: [...troubles, ...notices].join(''), exitCode }
}

/** A settings file that cannot even be read: what the others say would be half the truth. */
function unreadable(trouble: Trouble, { place }: Call, json: boolean): Result {
  const exitCode = EXIT.cannotTell
  if (!json) return { stdout: '', stderr: troubleText([trouble]), exitCode }
  const stdout = `${jsonText({ schema: 1, ledger: place.path, problems: [{ ...trouble }] })}\n`
  return { stdout, stderr: '', exitCode }
}

function asText(resolution: Resolution, call: Call): string {
  const looked = call.settingsPlaces.map(({ trust, directory }) => `${directory} (${trust})`)
  const files =
    resolution.files.length > 0
      ? resolution.files
      : ['none: the built-in limits hold (ai-costs init writes files)']
  const rows = resolvedSettings(resolution)
  const keyWidth = Math.max(...rows.map(({ key }) => key.length))
  const valueWidth = Math.max(...rows.map(({ value }) => value.length))
  const lines = [
    `ledger    ${call.place.path}`,
    ...looked.map((place, nth) => `${nth === 0 ? 'looked in' : '         '} ${place}`),
    ...files.map((file, nth) => `${nth === 0 ? 'read     ' : '         '} ${file}`),
    '',
    ...rows.map(
      ({ key, value, origin }) => `${key.padEnd(keyWidth)}  ${value.padEnd(valueWidth)}  ${origin}`,
    ),
  ]
  return lines.map((line) => `${safeText(line).trimEnd()}\n`).join('')
}

function asJson(resolution: Resolution, doubts: readonly Trouble[], call: Call): string {
  const settings = Object.fromEntries(
    resolvedSettings(resolution).map(({ key, value, origin }): [string, Json] => [key, { value, origin }]),
  )
  return `${jsonText({
    schema: 1,
    ledger: call.place.path,
    files: resolution.files,
    settings,
    problems: problemsOf(resolution).map(placed),
    notices: [...resolution.notices, ...doubts].map(placed),
  })}\n`
}

function placed({ file, line, column, message, fix }: Trouble): Json {
  return { file, line, column, message, fix }
}

/** Each line by itself: line breaks are ours, everything else is the file's. */
function safeLines(text: string): string {
  return text.split('\n').map(safeText).join('\n')
}
