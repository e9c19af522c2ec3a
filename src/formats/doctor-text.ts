import type { Finding, Health } from '../core/finding.ts'
import { safeText } from '../core/safe-text.ts'
import { countOf } from './count.ts'

/** What was found, for people: what needs them first, each with its fix, and paths in their home begin with `~`. */
export function doctorText(findings: readonly Finding[], home: string): string {
  const lines: string[] = [summaryOf(findings)]
  let health: Health | null = null
  for (const finding of findings) {
    if (finding.health !== health) lines.push('', HEADINGS[finding.health])
    health = finding.health
    lines.push(`  ${finding.topic}: ${shortened(finding.message, home)}`)
    if (finding.fix !== '') lines.push(`    fix: ${shortened(finding.fix, home)}`)
  }
  return lines.map((line) => `${safeText(line)}\n`).join('')
}

const HEADINGS: Readonly<Record<Health, string>> = {
  broken: 'Broken',
  attention: 'Worth a look',
  fine: 'Fine',
  absent: 'Not used here',
}

function summaryOf(findings: readonly Finding[]): string {
  const broken = findings.filter(({ health }) => health === 'broken').length
  const attention = findings.filter(({ health }) => health === 'attention').length
  if (broken + attention === 0) return 'All is well.'
  const parts = [
    ...(broken > 0 ? [`${countOf(broken, 'thing')} broken`] : []),
    ...(attention > 0 ? [`${attention} worth a look`] : []),
  ]
  return `${parts.join(', ')}.`
}

function shortened(text: string, home: string): string {
  return home.length > 1 ? text.replaceAll(`${home}/`, '~/') : text
}
