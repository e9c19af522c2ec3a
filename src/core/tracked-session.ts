import { jsonLine } from './json.ts'
import { formatInstant, parseTimestamp } from './timestamp.ts'

/** A stretch of work that the user begins and ends by hand; what is logged meanwhile has its `id` as session. */
export interface TrackedSession {
  readonly id: string
  /** In the user's own words. */
  readonly name: string
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly project: string
  /** The folder in which it began, where git is asked about it. */
  readonly folder: string
  /** The model of what names none; `''` for the default one. */
  readonly model: string
  /** The commit on which it began; `''` without one. */
  readonly commit: string
}

/** What a tracked session that is over came to: what the next one is compared with. */
export interface TrackedResult {
  readonly name: string
  /** How long it took, in milliseconds. */
  readonly ms: number
  /** In picodollars, as decimal text. */
  readonly picodollars: string
  /** True when something in it had no price: then it was at least that. */
  readonly lowerBound: boolean
  readonly tokens: number
}

/** A session as it is kept while it runs: one line of JSON. */
export function trackedText({ startedAt, ...texts }: TrackedSession): string {
  return `${jsonLine({ v: 1, started_at: formatInstant(startedAt), ...texts })}\n`
}

/** What `trackedText` wrote; null for anything else. */
export function parseTracked(text: string): TrackedSession | null {
  const value = objectIn(text)
  const { v, started_at: started, id, name, project, folder, model, commit } = value
  if (v !== 1 || !isText(started) || !isText(id) || id === '' || !isText(name)) return null
  if (!isText(project) || !isText(folder) || !isText(model) || !isText(commit)) return null
  const startedAt = parseTimestamp(started)
  return startedAt === null ? null : { id, name, startedAt, project, folder, model, commit }
}

/** A result as it is kept until the next one: one line of JSON. */
export function resultText(result: TrackedResult): string {
  return `${jsonLine({ v: 1, ...result })}\n`
}

/** What `resultText` wrote; null for anything else. */
export function parseResult(text: string): TrackedResult | null {
  const { v, name, ms, picodollars, lowerBound, tokens } = objectIn(text)
  if (v !== 1 || !isText(name) || !isAmount(ms) || !isAmount(tokens)) return null
  if (!isText(picodollars) || !/^\d{1,30}$/.test(picodollars) || typeof lowerBound !== 'boolean') return null
  return { name, ms, picodollars, lowerBound, tokens }
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}
