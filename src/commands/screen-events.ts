import { loggedEntries } from '../core/alert-log.ts'
import { notedDecisions } from '../core/decision-log.ts'
import { overrideHistory } from '../core/override-history.ts'
import { type Value, instant, name } from '../core/report.ts'
import type { ListRow, ScreenData, ScreenList, ScreenQuestion } from '../core/screen-data.ts'
import type { Standing } from '../core/standing.ts'
import { subjectText } from '../formats/override-text.ts'
import { Unreadable } from '../system/file-system.ts'
import type { System } from '../system/system.ts'
import { readDecisions } from './decisions-file.ts'
import type { ScreenGround } from './screen-ground.ts'
import { readOverrides } from './overrides-file.ts'

type EventSystem = Pick<System, 'alertLog' | 'files'>

/** Of each log, as much of its end as is looked at, and as many of its entries. */
const MOST_BYTES = 256 << 10
const MOST_ROWS = 200

/** Answers what is asked of what was said and decided: alerts, downgrades and overrides, each the newest first. */
export function eventData(question: ScreenQuestion, ground: ScreenGround, system: EventSystem): ScreenData {
  return {
    question,
    facts: [],
    lists: [alertList(ground, system), decisionList(ground, system), overrideList(ground, system)],
    days: [],
  }
}

function alertList({ accounts, place, until }: ScreenGround, system: EventSystem): ScreenList {
  const { path } = system.alertLog(place.directory, accounts.settings.notifications.file)
  return list('Alerts', 'alert', 'none so far', () =>
    loggedEntries(system.files.readEnd(path, MOST_BYTES) ?? '')
      .filter(({ timestamp }) => timestamp <= (until ?? Infinity))
      .map(({ id, timestamp, message, fields }) =>
        row(id, timestamp, name(message), standingIn(fields['level'], fields['exceeded'])),
      ),
  )
}

function standingIn(level: unknown, exceeded: unknown): Standing | null {
  if (exceeded === true) return 'over'
  return level === 'ok' || level === 'warning' || level === 'critical' ? level : null
}

function decisionList({ place, until }: ScreenGround, system: EventSystem): ScreenList {
  return list('Decisions', 'decision', 'no model was lowered so far', () =>
    notedDecisions(readDecisions(place, MOST_BYTES, system))
      .filter(({ decision }) => decision.timestamp <= (until ?? Infinity))
      .map(({ decision: { id, timestamp, from, to, reason } }) =>
        row(id, timestamp, name(`${from} to ${to}: ${reason}`), null),
      ),
  )
}

function overrideList({ place, judgement }: ScreenGround, system: EventSystem): ScreenList {
  return list('Overrides', 'override', 'the settings alone hold', () =>
    overrideHistory(readOverrides(place, system), judgement.snapshot.asOf).map(({ override, state }) =>
      row(
        override.id,
        override.timestamp,
        name(`${override.kind} ${subjectText(override)}, ${state === 'active' ? 'in force' : state}`),
        state === 'active' ? 'warning' : null,
      ),
    ),
  )
}

/** What cannot be read says so in the place of its rows. */
function list(title: string, what: string, none: string, read: () => readonly ListRow[]): ScreenList {
  const columns = [
    { key: 'at', title: 'when' },
    { key: what, title: what, isText: true },
  ]
  const about = { title, columns, total: null }
  try {
    const rows = read()
    return { ...about, rows: rows.slice(0, MOST_ROWS), left: Math.max(0, rows.length - MOST_ROWS), none }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { ...about, rows: [], left: 0, none: `${error.path} ${error.message}: ${error.fix}` }
  }
}

function row(id: string, at: number, text: Value, standing: Standing | null): ListRow {
  return { key: id, cells: [instant(at), text], standing }
}
