import { ACTIONS, UNPRICED_RULES } from '../core/budget.ts'
import { budgetsOf } from './budgets.ts'
import { type Chooser, USER_ONLY, chooser } from './chooser.ts'
import { type WrittenCostLimits, costLimitsSchema } from './cost-limits-schema.ts'
import { BUILT_IN_LIMITS, DEFAULTS } from './defaults.ts'
import { guardianOf } from './guardian.ts'
import type { Problem } from './problem.ts'
import type { Layer, SettingsEnvironment } from './resolution.ts'
import type { CostLimits, Notifications } from './settings.ts'
import { emptyMappings, sourcesOf } from './sources.ts'
import { thresholdProblem } from './thresholds.ts'
import { LOG_INSIDE_LEDGER, notMilder } from './trust.ts'
import { webhookFault } from './webhook.ts'
import { type Resolved, type Written, readLayers } from './written.ts'

const WEBHOOK_VARIABLE = 'AI_COSTS_WEBHOOK'

/** What the layers' `cost-limits.yaml` say together. */
export function resolveCostLimits(
  layers: readonly Layer[],
  environment: SettingsEnvironment,
): Resolved<CostLimits> {
  const { written, problems, notices } = readLayers(layers, 'cost-limits.yaml', costLimitsSchema)
  if (problems.length > 0) return { part: { kind: 'broken', problems }, origins: new Map(), notices }
  const chosen = chooser(written)
  const { pick } = chosen
  const thresholdWarning = pick(
    'alerts.threshold_warning',
    ({ alerts }) => alerts?.threshold_warning,
    DEFAULTS.thresholdWarning,
  )
  const thresholdCritical = pick(
    'alerts.threshold_critical',
    ({ alerts }) => alerts?.threshold_critical,
    DEFAULTS.thresholdCritical,
  )
  const action = pick('alerts.action', ({ alerts }) => alerts?.action, DEFAULTS.action, notMilder(ACTIONS))
  const list = budgetsOf(written, { thresholdWarning, thresholdCritical, action })
  const faults = [
    ...thresholdFaults(written, thresholdWarning, thresholdCritical),
    ...list.problems,
    ...written.flatMap(({ tree, value }) => emptyMappings(tree, value.sources)),
  ]
  if (faults.length > 0) return { part: { kind: 'broken', problems: faults }, origins: new Map(), notices }
  const marks = pick('alerts.marks', ({ alerts }) => alerts?.marks ?? undefined, DEFAULTS.marks)
  const limits: CostLimits = {
    budgets: written.length === 0 ? BUILT_IN_LIMITS.budgets : list.budgets,
    builtInLimits: written.length === 0,
    thresholdWarning,
    thresholdCritical,
    marks: [...new Set(marks)].toSorted((a, b) => Number(a - b)),
    action,
    onUnpriced: pick(
      'alerts.on_unpriced',
      ({ alerts }) => alerts?.on_unpriced,
      DEFAULTS.onUnpriced,
      notMilder(UNPRICED_RULES),
    ),
    notifications: notificationsOf(chosen, environment),
    guardian: guardianOf(chosen),
    timezone: pick('timezone', ({ timezone }) => timezone, DEFAULTS.timezone),
    weekStartsOn: pick('week_starts_on', (file) => file.week_starts_on, DEFAULTS.weekStartsOn),
    // `recorded` takes a zero, by which many tools mean "unknown", for free: that is for the user to say.
    costMode: pick('cost_mode', (file) => file.cost_mode, DEFAULTS.costMode, USER_ONLY),
    defaultModel: pick<string | null>('default_model', (file) => file.default_model, DEFAULTS.defaultModel),
    ui: {
      theme: pick('ui.theme', ({ ui }) => ui?.theme, DEFAULTS.ui.theme),
      mouse: pick('ui.mouse', ({ ui }) => ui?.mouse, DEFAULTS.ui.mouse),
      reducedMotion: pick('ui.reduced_motion', ({ ui }) => ui?.reduced_motion, DEFAULTS.ui.reducedMotion),
    },
    billing: { plan: pick('billing.plan', ({ billing }) => billing?.plan, DEFAULTS.billing.plan) },
    collect: pick('collect', ({ collect }) => collect ?? undefined, DEFAULTS.collect, USER_ONLY),
    sources: pick('sources', ({ sources }) => sourcesOf(sources), DEFAULTS.sources, USER_ONLY),
    durability: pick('durability', ({ durability }) => durability, DEFAULTS.durability, USER_ONLY),
  }
  return {
    part: { kind: 'ok', value: limits },
    origins: new Map([...chosen.origins, ...list.origins]),
    notices: [...notices, ...chosen.notices],
  }
}

function notificationsOf(
  { pick, origins, notices }: Chooser<WrittenCostLimits>,
  environment: SettingsEnvironment,
): Notifications {
  const defaults = DEFAULTS.notifications
  const written = {
    terminal: pick('notifications.terminal', (file) => file.notifications?.terminal, defaults.terminal),
    desktop: pick('notifications.desktop', (file) => file.notifications?.desktop, defaults.desktop),
    file: pick('notifications.file', (file) => file.notifications?.file, defaults.file, LOG_INSIDE_LEDGER),
    quiet: pick('notifications.quiet', (file) => file.notifications?.quiet, defaults.quiet),
    webhook: pick(
      'notifications.webhook',
      (file) => file.notifications?.webhook,
      defaults.webhook,
      USER_ONLY,
    ),
  }
  const { webhook = '' } = environment
  if (webhook === '') return written
  const fault = webhookFault(webhook)
  if (fault === null) {
    origins.set('notifications.webhook', { kind: 'environment', variable: WEBHOOK_VARIABLE })
    return { ...written, webhook }
  }
  // The address itself stays out of the message: it is a secret.
  const message = `the environment variable ${WEBHOOK_VARIABLE} is ignored: it ${fault}`
  const fix = 'set it to an https:// address of a public host, or unset it'
  notices.push({ file: WEBHOOK_VARIABLE, line: 1, column: 1, text: '', message, fix })
  return written
}

/** A pair that only the layers together make wrong is shown where its last half was written. */
function thresholdFaults(
  written: readonly Written<WrittenCostLimits>[],
  warning: CostLimits['thresholdWarning'],
  critical: CostLimits['thresholdCritical'],
): Problem[] {
  const last = written.findLast(
    ({ value: { alerts } }) =>
      alerts?.threshold_warning !== undefined || alerts?.threshold_critical !== undefined,
  )
  const problem = last === undefined ? null : thresholdProblem(last.tree, ['alerts'], warning, critical)
  return problem === null ? [] : [problem]
}
