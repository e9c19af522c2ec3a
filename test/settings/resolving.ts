import { describeProblem, type Part } from '../../src/settings/problem.ts'
import {
  type LayerFiles,
  problemsOf,
  type Resolution,
  type SettingsInput,
  type Trust,
} from '../../src/settings/resolution.ts'
import { resolveSettings } from '../../src/settings/resolve.ts'

const DIRECTORIES: Record<Trust, string> = { user: '/user', project: '/project', explicit: '/explicit' }

/** Resolves layers given as trust → files. */
export function resolved(
  layers: { readonly [Kind in Trust]?: LayerFiles },
  rest: Omit<SettingsInput, 'layers'> = {},
): Resolution {
  const order: readonly Trust[] = ['user', 'project', 'explicit']
  return resolveSettings({
    layers: order.flatMap((trust) => {
      const files = layers[trust]
      return files === undefined ? [] : [{ trust, directory: DIRECTORIES[trust], files }]
    }),
    ...rest,
  })
}

/** Resolves one user's `cost-limits.yaml`. */
export function withLimits(text: string): Resolution {
  return resolved({ user: { 'cost-limits.yaml': text } })
}

/** Resolves one user's `model-router.yaml`. */
export function withRouter(text: string): Resolution {
  return resolved({ user: { 'model-router.yaml': text } })
}

/** Resolves one user's `prices.yaml`. */
export function withPrices(text: string): Resolution {
  return resolved({ user: { 'prices.yaml': text } })
}

/** The value of a part that has to be ok. */
export function valueOf<Value>(part: Part<Value>): Value {
  if (part.kind === 'broken') throw new Error(part.problems.map(describeProblem).join('\n'))
  return part.value
}

/** Every problem and every notice as one line each. */
export function sentences(resolution: Resolution): string[] {
  return [...problemsOf(resolution), ...resolution.notices].map(describeProblem)
}
