import type { Share } from '../core/money.ts'
import type { Problem } from './problem.ts'
import type { YamlTree } from './yaml-tree.ts'
import type { YamlPath } from './yaml-values.ts'

/** Null when the warning comes before the critical level; otherwise the problem, at the section that sets them. */
export function thresholdProblem(
  tree: YamlTree,
  section: YamlPath,
  warning: Share,
  critical: Share,
): Problem | null {
  if (warning < critical) return null
  const message = `threshold_warning ${shareText(warning)} must be below threshold_critical ${shareText(critical)}`
  const fix = 'write a threshold_warning that is smaller, such as 0.80 with 0.95'
  return tree.problemAt([...section, lastWritten(tree, section)], message, fix)
}

/** `0.80`: at least two decimals, as people write shares. */
export function shareText(share: Share): string {
  const decimals = String(share % 1_000_000n).padStart(6, '0')
  return `${share / 1_000_000n}.${decimals.replace(/0{1,4}$/, '')}`
}

function lastWritten(tree: YamlTree, section: YamlPath): string {
  const keys = ['threshold_warning', 'threshold_critical']
  return keys.toSorted((a, b) => tree.lineOf([...section, b]) - tree.lineOf([...section, a]))[0] ?? ''
}
