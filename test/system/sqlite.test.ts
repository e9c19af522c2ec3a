import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { Unreadable } from '../../src/system/file-system.ts'
import { type SqliteRow, loadSqlite } from '../../src/system/sqlite.ts'
import { SqliteUnavailable } from '../../src/system/sqlite-driver.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { HAS_SQLITE, NO_SQLITE, writer } from './sqlite-databases.ts'

/** What a stand-in for a driver was asked for. */
interface Asked {
  readonly opened: string[]
  readonly asked: string[]
  closed: number
}

interface Contents {
  readonly tables?: readonly string[]
  readonly rows?: readonly Record<string, unknown>[]
  /** Throws its message for what it does not like. */
  readonly refuses?: (sql: string, path: string) => string | null
}

function driverClass({ tables = ['message'], rows = [], refuses = () => null }: Contents, log: Asked) {
  return class {
    readonly path: string
    constructor(path: string) {
      this.path = path
      log.opened.push(path)
    }
    prepare(sql: string) {
      log.asked.push(sql)
      const refused = refuses(sql, this.path)
      if (refused !== null) throw new Error(refused)
      const found = sql.includes('sqlite_master') ? tables.map((name) => ({ name })) : rows
      const isPragma = sql.startsWith('PRAGMA')
      return { setReadBigInts() {}, safeIntegers() {}, iterate: () => (isPragma ? [] : found) }
    }
    close() {
      log.closed++
    }
  }
}

function emptyLog(): Asked {
  return { opened: [], asked: [], closed: 0 }
}

/** Imports these modules and no others. */
function importerOf(modules: Readonly<Record<string, unknown>>) {
  return async (name: string): Promise<unknown> => {
    if (!Object.hasOwn(modules, name)) throw new Error(`no module ${name}`)
    return modules[name]
  }
}

const QUERIES = [
  { table: 'newer', sql: 'SELECT new' },
  { table: 'message', sql: 'SELECT gone' },
  { table: 'message', sql: 'SELECT old' },
]

async function rowsFrom(contents: Contents, log = emptyLog(), path = '/d/a b.db'): Promise<SqliteRow[]> {
  const modules = { 'node:sqlite': { DatabaseSync: driverClass(contents, log) } }
  const { rows } = await loadSqlite(importerOf(modules))
  return [...rows(path, QUERIES)]
}

function refusing(message: string) {
  return (sql: string): string | null => (sql === 'SELECT gone' ? message : null)
}

function unlessImmutable(_sql: string, address: string): string | null {
  return address.endsWith('?mode=ro&immutable=1') ? null : 'unable to open database file'
}

describe('the driver', () => {
  it('is that of Node where Node has one', async () => {
    const [node, libsql] = [emptyLog(), emptyLog()]
    const modules = {
      'node:sqlite': { DatabaseSync: driverClass({}, node) },
      libsql: { default: driverClass({}, libsql) },
    }
    const { rows } = await loadSqlite(importerOf(modules))
    expect([...rows('/d/a b.db', QUERIES)]).toEqual([])
    expect(node.opened).toEqual(['/d/a b.db'])
    expect(libsql.opened).toEqual([])
  })

  it('is libsql where Node has none, which is told by the address to write nothing', async () => {
    const log = emptyLog()
    const { rows } = await loadSqlite(importerOf({ libsql: { default: driverClass({}, log) } }))
    expect([...rows('/d/a b?.db', QUERIES)]).toEqual([])
    expect(log.opened).toEqual(['file:///d/a%20b%3F.db?mode=ro'])
  })

  it('is missing where there is neither, which is said with the fix', async () => {
    const loading = loadSqlite(importerOf({}))
    await expect(loading).rejects.toBeInstanceOf(SqliteUnavailable)
    await expect(loading).rejects.toThrow(NO_SQLITE)
  })

  it('is loaded without its warning, and with every other', async () => {
    const said: unknown[] = []
    const emitWarning = process.emitWarning
    process.emitWarning = (warning: string | Error) => void said.push(warning)
    try {
      await loadSqlite((name) => {
        process.emitWarning(
          'SQLite is an experimental feature and might change at any time',
          'ExperimentalWarning',
        )
        process.emitWarning('SQLite is on fire')
        process.emitWarning('Sockets are experimental', 'ExperimentalWarning')
        return importerOf({ 'node:sqlite': { DatabaseSync: driverClass({}, emptyLog()) } })(name)
      })
      process.emitWarning('SQLite is an experimental feature', 'ExperimentalWarning')
    } finally {
      process.emitWarning = emitWarning
    }
    expect(said).toEqual([
      'SQLite is on fire',
      'Sockets are experimental',
      'SQLite is an experimental feature',
    ])
  })
})

describe('reading', () => {
  it('asks the first query that the database can answer', async () => {
    const log = emptyLog()
    await rowsFrom({ refuses: refusing('no such column: gone') }, log)
    expect(log.asked.slice(-2)).toEqual(['SELECT gone', 'SELECT old'])
    expect(log.closed).toBe(1)
  })

  it('gives numbers where they are exact, bigints where not, and nothing of blobs', async () => {
    const row = { a: 3n, b: 2n ** 60n, c: 1.5, d: 'text', e: null, f: new Uint8Array([1]) }
    expect(await rowsFrom({ rows: [row] })).toEqual([
      { a: 3, b: 2n ** 60n, c: 1.5, d: 'text', e: null, f: null },
    ])
  })

  it('closes the database when it is stopped early', async () => {
    const log = emptyLog()
    const modules = { 'node:sqlite': { DatabaseSync: driverClass({ rows: [{ a: 1n }, { a: 2n }] }, log) } }
    const { rows } = await loadSqlite(importerOf(modules))
    for (const row of rows('/d/a.db', QUERIES)) {
      expect(row).toEqual({ a: 1 })
      break
    }
    expect(log.closed).toBe(1)
  })

  it('of a database with other tables says so, with the fix', async () => {
    const reading = rowsFrom({ tables: ['cookies'] })
    await expect(reading).rejects.toBeInstanceOf(Unreadable)
    await expect(reading).rejects.toMatchObject({
      path: '/d/a b.db',
      message: 'has none of the tables that this version knows',
      fix: 'update ai-costs',
    })
  })

  it('that fails says why, and closes the database', async () => {
    const log = emptyLog()
    const refuses = refusing('database disk image is malformed')
    await expect(rowsFrom({ refuses }, log)).rejects.toMatchObject({
      path: '/d/a b.db',
      message: 'cannot be read (database disk image is malformed)',
    })
    expect(log.closed).toBe(1)
  })

  it('tries a database that does not open once more as one that nobody writes, unless its log holds something', async () => {
    const folder = temporaryDirectory()
    const path = join(folder, 'a.db')
    const log = emptyLog()
    expect(await rowsFrom({ refuses: unlessImmutable, rows: [{ a: 1n }] }, log, path)).toEqual([{ a: 1 }])
    expect(log).toMatchObject({ opened: [path, `file://${path}?mode=ro&immutable=1`], closed: 2 })
    writeFileSync(`${path}-wal`, 'x')
    await expect(rowsFrom({ refuses: unlessImmutable }, log, path)).rejects.toThrow(
      'unable to open database file',
    )
  })
})

describe('a real database', () => {
  it('is read with what stands only in the log of one who is writing, and is not written', async () => {
    const folder = temporaryDirectory()
    const path = join(folder, 'a.db')
    const tool = await writer(path)
    tool?.exec(`PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;
      CREATE TABLE message (id TEXT); INSERT INTO message VALUES ('a'); PRAGMA wal_checkpoint;
      INSERT INTO message VALUES ('b')`)
    const before = readdirSync(folder)
    expect(await read(path)).toEqual(HAS_SQLITE ? [{ id: 'a' }, { id: 'b' }] : NO_SQLITE)
    expect(readdirSync(folder)).toEqual(before)
    tool?.close()
  })

  it('that is none says so', async () => {
    const path = join(temporaryDirectory(), 'a.db')
    writeFileSync(path, 'no database at all '.repeat(100))
    expect(await read(path)).toBe(HAS_SQLITE ? 'cannot be read (file is not a database)' : NO_SQLITE)
  })

  it('that is not there says so, and is not made', async () => {
    const folder = temporaryDirectory()
    expect(await read(join(folder, 'a.db'))).toBe(
      HAS_SQLITE ? 'cannot be read (unable to open database file)' : NO_SQLITE,
    )
    expect(readdirSync(folder)).toEqual([])
  })
})

/** Its rows; where this Node has no driver, the sentence that says so. */
async function read(path: string): Promise<unknown> {
  try {
    const { rows } = await loadSqlite()
    return [...rows(path, [{ table: 'message', sql: 'SELECT id FROM message ORDER BY id' }])]
  } catch (error) {
    return error instanceof Error ? error.message : error
  }
}
