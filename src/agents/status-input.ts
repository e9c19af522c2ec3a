import { type Money, parseMoney } from '../core/money.ts'
import type { PlanWindow, StatusEvent } from '../core/status-event.ts'
import { type JsonObject, isObject, parseObject } from './json-object.ts'

/** Those that write to a command of their status line. */
export const STATUS_AGENTS = ['claude-code'] as const

/**
 * Reads what Claude Code writes to its status line command. Null for what is no JSON object; a member that is missing,
 * or is not what it should be, is not known.
 */
export function readStatusEvent(text: string): StatusEvent | null {
  const input = parseObject(text)
  if (input === null) return null
  const workspace = objectOf(input['workspace'])
  const model = objectOf(input['model'])
  const limits = objectOf(input['rate_limits'])
  const cwd = textOf(input['cwd']) ?? textOf(workspace['current_dir']) ?? ''
  return {
    sessionId: textOf(input['session_id']),
    cwd,
    model: textOf(model['display_name']) ?? textOf(model['id']),
    project: folderName(textOf(workspace['project_dir']) ?? cwd),
    costUsd: costOf(objectOf(input['cost'])['total_cost_usd']),
    contextPercent: percentOf(objectOf(input['context_window'])['used_percentage']),
    fiveHour: windowOf(limits['five_hour']),
    sevenDay: windowOf(limits['seven_day']),
  }
}

/** As long as a path can be. */
const LONGEST = 4096

/** A percentage beyond it is no percentage. */
const MOST_PERCENT = 1000

/** No session costs more: beyond it the number is damage. */
const MOST_DOLLARS = 1_000_000

/** The years 2001 to 2286 in epoch seconds: anything else is another unit, or no time at all. */
const INSTANTS = { first: 1e9, last: 1e10 }

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST ? value : null
}

function numberUpTo(value: unknown, most: number): number | null {
  return typeof value === 'number' && value >= 0 && value <= most ? value : null
}

function percentOf(value: unknown): number | null {
  return numberUpTo(value, MOST_PERCENT)
}

function costOf(value: unknown): Money | null {
  const dollars = numberUpTo(value, MOST_DOLLARS)
  return dollars === null ? null : parseMoney(String(dollars))
}

function windowOf(value: unknown): PlanWindow | null {
  const { used_percentage: used, resets_at: resets } = objectOf(value)
  const usedPercent = percentOf(used)
  if (usedPercent === null) return null
  const seconds = numberUpTo(resets, INSTANTS.last)
  return { usedPercent, resetsAt: seconds === null || seconds < INSTANTS.first ? null : seconds * 1000 }
}

/** The last part of a path, of whichever system. */
function folderName(path: string): string | null {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? null
}
