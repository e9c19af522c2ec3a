import { join } from 'node:path'

import { expect, it } from 'vitest'

import { opencode } from '../../src/sources/opencode.ts'
import { OPENCODE_QUERIES } from '../../src/sources/opencode-queries.ts'
import { Tally } from '../../src/core/tally.ts'
import { loadSqlite } from '../../src/system/sqlite.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { HAS_SQLITE, NO_SQLITE, writer } from '../system/sqlite-databases.ts'
import { CANARY } from './told.ts'

const time = { created: 1_763_600_000_000, completed: 1_763_600_009_000 }
const tokens = { input: 10, output: 20, reasoning: 0, cache: { read: 30, write: 40 } }

const FIRST = data({ role: 'assistant', modelID: 'old', path: { cwd: '/w/old' }, summary: CANARY, cost: 0.5 })
const SECOND = data({
  model: { id: 'new', providerID: 'x' },
  content: [{ type: 'text', text: CANARY }],
  cost: 1,
})

const MESSAGE = `CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, time_created INTEGER, data TEXT);
  INSERT INTO message VALUES ('m1', 's1', 1, '${FIRST}'), ('u1', 's1', 1, '{"role":"user"}'), ('torn', 's1', 1, '{"ro');`
const SESSION_MESSAGE = `CREATE TABLE session_message (id TEXT PRIMARY KEY, session_id TEXT, type TEXT, seq INTEGER, data TEXT);
  INSERT INTO session_message VALUES ('m2', 's2', 'assistant', 1, '${SECOND}'), ('u2', 's2', 'user', 2, '{}');`
const sessions = (table: string) =>
  `CREATE TABLE ${table} (id TEXT PRIMARY KEY, directory TEXT); INSERT INTO ${table} VALUES ('s2', '/w/new');`

const OLD = 'm1 in /w/old: old, 100 tokens'
const NEW = 'm2 in /w/new: new, 100 tokens'

it.each([
  ['version 1.2', MESSAGE + sessions('session'), [OLD], 1],
  [
    'a late version 1, whose new table is empty',
    MESSAGE + sessions('session') + SESSION_MESSAGE.replace(/INSERT[^]*/, ''),
    [OLD],
    1,
  ],
  ['an early version 2', MESSAGE + sessions('session') + SESSION_MESSAGE, [NEW, OLD], 1],
  [
    'version 2 in the place of a version 1',
    MESSAGE + sessions('session') + sessions('session_v2') + SESSION_MESSAGE,
    [NEW, OLD],
    1,
  ],
  ['version 2', sessions('session_v2') + SESSION_MESSAGE, [NEW], 0],
])('every answer in a database of %s is read', async (_what, sql, expected, damaged) => {
  const path = join(temporaryDirectory(), 'opencode.db')
  const tool = await writer(path)
  tool?.exec(sql)
  tool?.close()
  const { text, counts } = await told(path)
  expect(text).toEqual(HAS_SQLITE ? expected : NO_SQLITE)
  expect(counts.damaged).toBe(HAS_SQLITE ? damaged : 0)
})

/** One line for each record; where this Node has no driver, the sentence that says so. */
async function told(path: string) {
  const tally = new Tally()
  const counts = tally.counts()
  if (opencode.reading.kind !== 'database') throw new Error('reads no database')
  const { row } = opencode.reading
  try {
    const { rows } = await loadSqlite()
    const all = [...rows(path, OPENCODE_QUERIES)]
    expect(JSON.stringify(all)).not.toContain(CANARY)
    const records = all.flatMap((one) => row(one, { path, name: 'opencode.db' }, tally))
    const text = records.map(({ record, cwd }) => {
      const sum = record.inputTokens + record.outputTokens + record.cacheReadTokens + record.cacheWriteTokens
      return `${record.id.split(':').at(-1)} in ${cwd}: ${record.model}, ${sum} tokens`
    })
    return { text: text.toSorted().toReversed(), counts }
  } catch (error) {
    return { text: error instanceof Error ? error.message : error, counts }
  }
}

function data(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ tokens, time, ...fields })
}
