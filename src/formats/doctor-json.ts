import type { Finding } from '../core/finding.ts'
import { jsonText } from '../core/json.ts'

/** What was found, for programs. */
export function doctorJson(findings: readonly Finding[], exitCode: number): string {
  return `${jsonText({
    schema: 1,
    exit_code: exitCode,
    findings: findings.map(({ topic, health, message, fix, facts }) => ({
      topic,
      health,
      message,
      fix: fix === '' ? null : fix,
      facts,
    })),
  })}\n`
}
