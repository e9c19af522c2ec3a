import { HISTORY_DAYS } from '../core/build-dashboard.ts'
import type { Finding } from '../core/finding.ts'
import { unpricedIn } from '../core/judge-quality.ts'
import { bytesText, countOf } from '../formats/count.ts'
import { Unreadable } from '../system/file-system.ts'
import type { OpenLedger } from '../system/ledger.ts'
import { type Examination, unreadableFinding } from './doctor-finding.ts'
import { notesOf } from './ledger-notes.ts'
import { overridesAt } from './overrides-file.ts'

const TOPIC = 'ledger'

/** Reads the whole ledger: what it holds, what of it is damaged or has no price, and who may write to it. */
export function ledgerFindings(examination: Examination): readonly Finding[] {
  const { call, accounts, system } = examination
  const { directory } = call.place
  if (!system.files.isDirectory(directory)) return [noLedger(directory)]
  const reader = system.ledger.reader(directory, accounts.foldAt(call.clock.now(), null))
  try {
    reader.look()
    return [
      ...contentFindings(reader, examination),
      ...unpricedFindings(reader, examination),
      ...permissionFindings(examination),
    ]
  } catch (error) {
    if (error instanceof Unreadable) return [unreadableFinding(TOPIC, error)]
    throw error
  } finally {
    reader.close()
  }
}

function noLedger(directory: string): Finding {
  return {
    topic: TOPIC,
    health: 'attention',
    message: `there is none yet, ${directory} would be it`,
    fix: "ai-costs import brings in what your tools wrote down; ai-costs init begins a project's own",
    facts: { directory },
  }
}

function contentFindings(reader: OpenLedger, { call, accounts, system }: Examination): readonly Finding[] {
  const { directory, path } = call.place
  const asOf = call.clock.now()
  const overrides = overridesAt(call.place, asOf, system)
  const ground = { asOf, overrides, notes: notesOf(reader), ledgerPath: path }
  const { allRecords, snapshot } = accounts.judge(reader, ground)
  const { badLines, rejected, notes } = snapshot.quality
  const files = system.imports(directory).stamp()
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  const facts = { directory, files: files.length, bytes, records: allRecords, damaged: badLines, rejected }
  const holds = `${countOf(files.length, 'file')}, ${countOf(allRecords, 'record')}, ${bytesText(bytes)}`
  const found: Finding = { topic: TOPIC, health: 'fine', message: `${directory}: ${holds}`, fix: '', facts }
  const [note] = notes
  if (note === undefined) return [found]
  const more = notes.length === 1 ? '' : ` (and ${notes.length - 1} more: ai-costs check)`
  return [found, { topic: TOPIC, health: 'attention', message: note + more, fix: '', facts: { notes } }]
}

/** Models of the last weeks that nobody can price. */
function unpricedFindings({ fold }: OpenLedger, { call, accounts }: Examination): readonly Finding[] {
  const today = accounts.calendar.dayOf(call.clock.now())
  return unpricedIn(fold.rollup, today - HISTORY_DAYS + 1, today + 1).map(
    ({ model, records, tokens, fix }) => ({
      topic: 'prices',
      health: 'attention',
      message: `${model} has none: ${countOf(records, 'record')} of the last ${HISTORY_DAYS} days, ${countOf(tokens, 'token')}`,
      fix,
      facts: { model, records, tokens },
    }),
  )
}

const OTHERS = 0o077

function permissionFindings({ call, system }: Examination): readonly Finding[] {
  const { directory, path } = call.place
  const places = [directory, path].flatMap((place) => {
    const permissions = system.files.permissions(place)
    return permissions === null ? [] : [{ place, ...permissions }]
  })
  const closed = places.find(({ isWritable }) => !isWritable)
  const open = places.find(({ mode }) => system.environment.platform !== 'win32' && (mode & OTHERS) !== 0)
  return [
    ...(closed === undefined
      ? []
      : [
          {
            topic: TOPIC,
            health: 'attention',
            message: `${closed.place} may not be written to by this user: nothing new can be saved`,
            fix: `chmod u+w ${closed.place}`,
            facts: { path: closed.place, writable: false },
          } as const,
        ]),
    ...(open === undefined
      ? []
      : [
          {
            topic: TOPIC,
            health: 'attention',
            message: `${open.place} is open to other users (${open.mode.toString(8)})`,
            fix: `chmod go-rwx ${open.place}`,
            facts: { path: open.place, mode: open.mode.toString(8) },
          } as const,
        ]),
  ]
}
