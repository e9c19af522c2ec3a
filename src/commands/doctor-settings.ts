import type { Finding } from '../core/finding.ts'
import { type Problem, describeProblem } from '../settings/problem.ts'
import { type Resolution, problemsOf } from '../settings/resolution.ts'
import { Unreadable } from '../system/file-system.ts'
import { unreadableFinding } from './doctor-finding.ts'

const TOPIC = 'settings'

/** Which files were read, and the first thing that is wrong with them. */
export function settingsFindings(resolution: Resolution | Unreadable): readonly Finding[] {
  if (resolution instanceof Unreadable) return [unreadableFinding(TOPIC, resolution)]
  const { files, notices } = resolution
  const problems = problemsOf(resolution)
  const facts = { files, problems: problems.map(describeProblem), notices: notices.map(describeProblem) }
  const [problem] = problems
  if (problem !== undefined) return [{ ...about(problem, problems.length), health: 'broken', facts }]
  const [notice] = notices
  if (notice !== undefined) return [{ ...about(notice, notices.length), health: 'attention', facts }]
  const message =
    files.length === 0 ? 'none, so the built-in limits hold (ai-costs init writes files)' : files.join(', ')
  return [{ topic: TOPIC, health: 'fine', message, fix: '', facts }]
}

function about({ file, line, column, message, fix }: Problem, count: number) {
  const more = count === 1 ? '' : ` (and ${count - 1} more: ai-costs config)`
  return { topic: TOPIC, message: `${file}:${line}:${column}: ${message}${more}`, fix }
}
