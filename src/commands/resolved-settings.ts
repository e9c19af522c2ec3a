import type { Budget } from '../core/budget.ts'
import type { Guardian } from '../core/guardian.ts'
import { type Share, decimalText, displayMoney, picodollarsOf } from '../core/money.ts'
import type { RouterSettings } from '../core/router.ts'
import { maskedAddress } from '../core/webhook-message.ts'
import type { Origin, Resolution } from '../settings/resolution.ts'
import type { CostLimits, UserPrice } from '../settings/settings.ts'

/** One setting as people read it, and where it came from. */
export interface ResolvedSetting {
  readonly key: string
  readonly value: string
  readonly origin: string
}

/** Every setting that holds, in the order of the example files; nothing of a file that is broken. */
export function resolvedSettings({
  limits,
  router,
  prices,
  origins,
}: Resolution): readonly ResolvedSetting[] {
  const rows = [
    ...(limits.kind === 'ok' ? limitRows(limits.value) : [['cost-limits.yaml', 'broken'] as const]),
    ...(router.kind === 'ok' ? routerRows(router.value) : [['model-router.yaml', 'broken'] as const]),
    ...(prices.kind === 'ok' ? [] : [['prices.yaml', 'broken'] as const]),
  ]
  return [
    ...rows.map(([key, value]) => ({ key, value, origin: originText(origins.get(key)) })),
    ...(prices.kind === 'ok' ? prices.value.map(priceRow) : []),
  ]
}

type Row = readonly [key: string, value: string]

function limitRows(limits: CostLimits): Row[] {
  const { notifications } = limits
  return [
    ...limits.budgets.map((budget): Row => [`budgets.${budget.id}`, budgetText(budget)]),
    ['alerts.threshold_warning', shareText(limits.thresholdWarning)],
    ['alerts.threshold_critical', shareText(limits.thresholdCritical)],
    ['alerts.marks', limits.marks.length === 0 ? 'none' : limits.marks.map(shareText).join(', ')],
    ['alerts.action', limits.action],
    ['alerts.on_unpriced', limits.onUnpriced],
    ['notifications.terminal', String(notifications.terminal)],
    ['notifications.desktop', String(notifications.desktop)],
    ['notifications.file', notifications.file],
    ['notifications.quiet', notifications.quiet === null ? 'never' : hoursText(notifications.quiet)],
    ['notifications.webhook', notifications.webhook === null ? 'none' : maskedAddress(notifications.webhook)],
    ...guardianRows(limits.guardian),
    ['timezone', limits.timezone],
    ['week_starts_on', WEEKDAYS[limits.weekStartsOn]],
    ['cost_mode', limits.costMode],
    ['default_model', limits.defaultModel ?? 'none'],
    ['ui.theme', limits.ui.theme],
    ['ui.mouse', String(limits.ui.mouse)],
    ['ui.reduced_motion', String(limits.ui.reducedMotion)],
    ['billing.plan', limits.billing.plan ?? 'none'],
    ['collect', limits.collect.length === 0 ? 'nothing' : limits.collect.join(', ')],
    ['durability', limits.durability],
  ]
}

/** Nothing where nobody asked for a review. */
function guardianRows(guardian: Guardian | null): Row[] {
  if (guardian === null) return []
  const { warnOver, warnsOfOverkill, suggestsCheaper, message } = guardian
  return [
    ['guardian.warn_if_session_exceeds', warnOver === null ? 'as per_session warns' : displayMoney(warnOver)],
    ['guardian.warn_if_model_overkill', String(warnsOfOverkill)],
    ['guardian.suggest_cheaper_model', String(suggestsCheaper)],
    ['guardian.message', message],
  ]
}

function routerRows(router: RouterSettings | null): Row[] {
  if (router === null) return []
  const steps = router.downgrade?.steps.map(({ at, model }) => `${shareText(at)} ${model}`) ?? []
  return [
    ['rules', String(router.rules.length)],
    ['default', router.default ?? 'none'],
    ['downgrade.steps', steps.length === 0 ? 'none' : steps.join(', ')],
  ]
}

/** Every price has a key of its own: a model may have several dates, and both layers may price it. */
function priceRow({ block, fromProject, source }: UserPrice): ResolvedSetting {
  const { model, from, input, output } = block
  const id = `${fromProject ? 'project:' : ''}${model}${from === undefined ? '' : `/${from}`}`
  const rates = `$${input} in, $${output} out per million`
  return {
    key: `prices.${id}`,
    value: fromProject ? `${rates}, only if nothing else prices it` : rates,
    origin: source,
  }
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const

function budgetText({ limit, scope }: Budget): string {
  const labels = Object.entries(scope).map(([key, pattern]) => `${key}=${pattern}`)
  return labels.length === 0 ? displayMoney(limit) : `${displayMoney(limit)} for ${labels.join(', ')}`
}

/** Millionths of one are to a share what picodollars are to a dollar, six digits on. */
function shareText(share: Share): string {
  return decimalText(picodollarsOf(share * 1_000_000n))
}

function hoursText({ from, to }: { readonly from: number; readonly to: number }): string {
  return [from, to].map((minutes) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`).join('-')
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

function originText(origin: Origin | undefined): string {
  if (origin === undefined) return 'built in'
  return origin.kind === 'file' ? `${origin.file}:${origin.line}` : `$${origin.variable}`
}
