import type { Budget } from '../core/budget.ts'
import type { Downgrade, DowngradeStep, RouterSettings } from '../core/router.ts'
import { chooser } from './chooser.ts'
import { drivingBudgets, unknownDrivers } from './driving-budgets.ts'
import { misplacedDefault } from './misplaced-default.ts'
import { type WrittenModelRouter, modelRouterSchema } from './model-router-schema.ts'
import type { Problem } from './problem.ts'
import type { Layer, Origin, PatternFault } from './resolution.ts'
import { shareText } from './thresholds.ts'
import { shown } from './validate.ts'
import { type Reading, type Resolved, type Written, pathOf, readLayers } from './written.ts'
import { type YamlPath, dotted } from './yaml-values.ts'

/** The engine is RE2, which has nothing that could take longer than the prompt is long. */
const PATTERN_FIX =
  'write it with every bracket closed, without look-around, back-references and possessive repeats'

/** Budgets that make the pressure when the file names none. */
const DRIVING_BUDGETS: readonly string[] = ['daily', 'weekly', 'monthly']

/**
 * What the layers' `model-router.yaml` say together; null when none has the file. Budgets are null while
 * `cost-limits.yaml` is broken: then nobody can tell which ids exist, and they stay as written.
 */
export function resolveModelRouter(
  layers: readonly Layer[],
  budgets: readonly Budget[] | null,
  patternFault: PatternFault = () => null,
): Resolved<RouterSettings | null> {
  const { written, problems, notices } = withAdvice(
    layers,
    readLayers(layers, 'model-router.yaml', modelRouterSchema),
  )
  const faults = [
    ...problems,
    ...written.flatMap((file) => [...refusedPatterns(file, patternFault), ...repeatedSteps(file)]),
  ]
  if (faults.length > 0) return { part: { kind: 'broken', problems: faults }, origins: new Map(), notices }
  if (written.length === 0) return { part: { kind: 'ok', value: null }, origins: new Map(), notices }
  const { pick, origins } = chooser(written)
  const router: RouterSettings = {
    rules: pick('rules', ({ rules }) => rules ?? undefined, []).map((rule) => ({
      pattern: rule.pattern,
      model: rule.model,
      reason: rule.reason ?? '',
      minModel: rule.min_model ?? null,
    })),
    default: pick<string | null>('default', (file) => file.default, null),
    downgrade: written.some(({ value }) => value.downgrade) ? downgradeOf(pick, budgets) : null,
  }
  const strangers = budgets === null ? [] : written.flatMap((file) => unknownDrivers(file, budgets))
  return {
    part: { kind: 'ok', value: router },
    origins: new Map([...origins, ...placesOf(written)]),
    notices: [...notices, ...strangers],
  }
}

/**
 * Where the rules and steps that count stand, by keys such as `rules[0]`: all of them in the last file that has any.
 * Steps go by the order in which they are taken.
 */
function placesOf(written: readonly Written<WrittenModelRouter>[]): ReadonlyMap<string, Origin> {
  const places = new Map<string, Origin>()
  for (const { tree, value } of written) {
    const at = (path: YamlPath): Origin => ({ kind: 'file', file: tree.file, line: tree.lineOf(path) })
    for (const index of (value.rules ?? []).keys()) places.set(`rules[${index}]`, at(['rules', index]))
    const steps = [...(value.downgrade?.steps ?? []).entries()].toSorted(([, a], [, b]) =>
      Number(a.at - b.at),
    )
    for (const [nth, [index]] of steps.entries()) {
      places.set(`downgrade.steps[${nth}]`, at(['downgrade', 'steps', index]))
    }
  }
  return places
}

function downgradeOf(
  pick: ReturnType<typeof chooser<WrittenModelRouter>>['pick'],
  budgets: readonly Budget[] | null,
): Downgrade {
  const ids = pick('downgrade.budgets', ({ downgrade }) => downgrade?.budgets ?? undefined, DRIVING_BUDGETS)
  const steps = pick<readonly DowngradeStep[]>(
    'downgrade.steps',
    ({ downgrade }) => downgrade?.steps ?? undefined,
    [],
  )
  return {
    budgets: budgets === null ? ids : drivingBudgets(ids, budgets),
    steps: steps.toSorted((a, b) => Number(a.at - b.at)),
    protect: pick<string | null>('downgrade.protect', ({ downgrade }) => downgrade?.protect, null),
  }
}

/**
 * A file whose `default:` stands inside its rules gets that advice alone, whatever the parser made of it: a syntax
 * error, or an unknown key of a rule (which in any other place is only worth a notice).
 */
function withAdvice(
  layers: readonly Layer[],
  reading: Reading<WrittenModelRouter>,
): Reading<WrittenModelRouter> {
  return layers.reduce((sofar, layer) => {
    const file = pathOf(layer, 'model-router.yaml')
    const elsewhere = (trouble: Problem) => trouble.file !== file
    if ([...sofar.problems, ...sofar.notices].every(elsewhere)) return sofar
    const advice = misplacedDefault(file, layer.files['model-router.yaml'] ?? '')
    if (advice === null) return sofar
    return {
      written: sofar.written.filter(({ tree }) => tree.file !== file),
      problems: [...sofar.problems.filter(elsewhere), advice],
      notices: sofar.notices.filter(elsewhere),
    }
  }, reading)
}

function refusedPatterns({ tree, value }: Written<WrittenModelRouter>, fault: PatternFault): Problem[] {
  const patterns = [
    ...(value.rules ?? []).map(({ pattern }, index) => ({ path: ['rules', index, 'pattern'], pattern })),
    ...(value.downgrade?.protect === undefined
      ? []
      : [{ path: ['downgrade', 'protect'], pattern: value.downgrade.protect }]),
  ]
  return patterns.flatMap(({ path, pattern }) => {
    const refused = fault(pattern)
    if (refused === null) return []
    const message = `${dotted(path)} is ${shown(pattern)}, which cannot be matched (${refused})`
    return [tree.problemAt(path, message, PATTERN_FIX)]
  })
}

function repeatedSteps({ tree, value }: Written<WrittenModelRouter>): Problem[] {
  const lines = new Map<bigint, number>()
  return (value.downgrade?.steps ?? []).flatMap(({ at }, index) => {
    const path = ['downgrade', 'steps', index, 'at']
    const first = lines.get(at)
    if (first === undefined) {
      lines.set(at, tree.lineOf(path))
      return []
    }
    const message = `there are two downgrade steps at ${shareText(at)}, the first on line ${first}`
    return [tree.problemAt(path, message, 'remove one of them')]
  })
}
