import { type PricedSum, pricedSum } from '../core/priced-sum.ts'
import type { Quality } from '../core/quality.ts'
import { type Figures, type Report, type Section, count, instant, money, name } from '../core/report.ts'
import { safeText } from '../core/safe-text.ts'
import { activityTable } from './tracked-activity.ts'
import { costTables } from './tracked-costs.ts'
import { efficiencyFigures } from './tracked-efficiency.ts'
import { type TrackedFacts, allUsed, durationOf } from './tracked-facts.ts'
import { gitSections } from './tracked-git.ts'
import { insightFigures, modelFigures } from './tracked-insights.ts'

/** All there is to say about a tracked session, running or over. */
export function trackedReport(
  facts: TrackedFacts,
  about: { readonly zone: string; readonly quality: Quality },
): Report {
  return {
    name: 'tracked-session',
    title: `Session: ${safeText(facts.session.name)}`,
    span: null,
    zone: about.zone,
    asOf: facts.end,
    filters: {},
    sections: sectionsOf(facts),
    quality: about.quality,
  }
}

function sectionsOf(facts: TrackedFacts): readonly Section[] {
  return [
    overview(facts),
    ...gitSections(facts),
    ...costTables(facts),
    activityTable(facts),
    efficiencyFigures(facts),
    ...modelFigures(facts),
    insightFigures(facts),
  ]
}

function overview(facts: TrackedFacts): Figures {
  const { session, end, isOver, project } = facts
  const total = pricedSum(allUsed(facts))
  return {
    kind: 'figures',
    key: 'overview',
    title: 'Overview',
    figures: [
      { key: 'name', label: 'session', value: name(session.name) },
      { key: 'session_id', label: 'id', value: name(session.id) },
      { key: 'project', label: 'project', value: name(session.project) },
      { key: 'started_at', label: 'started', value: instant(session.startedAt) },
      {
        key: 'ended_at',
        label: 'ended',
        value: isOver ? instant(end) : { kind: 'word', word: 'still running' },
      },
      { key: 'duration_seconds', label: 'duration', value: { kind: 'duration', ms: durationOf(facts) } },
      { key: 'cost_usd', label: 'total cost', value: cost(total) },
      { key: 'logged_usd', label: 'logged by hand', value: cost(pricedSum(facts.logged)) },
      { key: 'meanwhile_usd', label: 'agents meanwhile', value: cost(pricedSum(facts.meanwhile)) },
      {
        key: 'project_usd',
        label: 'project until now',
        value: money(project.usd, project.lowerBound),
      },
      { key: 'input_tokens', label: 'input tokens', value: count(total.tokens.input) },
      { key: 'output_tokens', label: 'output tokens', value: count(total.tokens.output) },
      { key: 'cache_read_tokens', label: 'cache read', value: count(total.tokens.cacheRead) },
      { key: 'cache_write_tokens', label: 'cache write', value: count(total.tokens.cacheWrite) },
      { key: 'operations', label: 'operations', value: count(total.records) },
    ],
  }
}

function cost({ usd, lowerBound }: PricedSum) {
  return money(usd, lowerBound)
}
