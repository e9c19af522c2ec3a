import { statSync } from 'node:fs'
import { Unreadable } from './file-system.ts'
import {
  type ImportModule,
  type SqliteConnection,
  type SqliteDriver,
  loadSqliteDriver,
} from './sqlite-driver.ts'

/** Integers are numbers where a number holds them exactly, else bigints; blobs are null. */
export type SqliteRow = Readonly<Record<string, string | number | bigint | null>>

export interface SqliteQuery {
  /** The query is only tried on databases that have this table. */
  readonly table: string
  readonly sql: string
}

/** Databases of other tools, which may be writing to them meanwhile. */
export interface Sqlite {
  /**
   * The rows of the first query that the database can answer: that has its tables and columns. They are read while they
   * are taken, what stands only in the write-ahead log included; to stop early closes the database. Throws `Unreadable`.
   */
  readonly rows: (path: string, queries: readonly SqliteQuery[]) => Generator<SqliteRow, void, void>
}

/** Finds a way to read databases. Throws `SqliteUnavailable`, whose message says the fix. */
export async function loadSqlite(importModule: ImportModule = importByName): Promise<Sqlite> {
  const driver = await loadSqliteDriver(importModule)
  return { rows: (path, queries) => readRows(driver, path, queries) }
}

/** No bundler follows a name that it cannot see. */
function importByName(name: string): Promise<unknown> {
  return import(name)
}

function* readRows(
  driver: SqliteDriver,
  path: string,
  queries: readonly SqliteQuery[],
): Generator<SqliteRow, void, void> {
  const { connection, tables } = open(driver, path)
  try {
    for (const row of answer(connection, path, tables, queries)) yield plainRow(row)
  } catch (error) {
    throw unreadable(path, error)
  } finally {
    connection.close()
  }
}

/** In a directory where nobody may write, a database with a write-ahead log opens only as one that is never written. */
function open(driver: SqliteDriver, path: string): Opened {
  try {
    return openAs(driver, path, false)
  } catch (error) {
    if (hasLog(path)) throw unreadable(path, error)
  }
  try {
    return openAs(driver, path, true)
  } catch (error) {
    throw unreadable(path, error)
  }
}

interface Opened {
  readonly connection: SqliteConnection
  readonly tables: ReadonlySet<unknown>
}

function openAs(driver: SqliteDriver, path: string, immutable: boolean): Opened {
  const connection = driver(path, immutable)
  try {
    // Some tools lock the whole database while they write: that is soon over.
    for (const _ of connection.query(`PRAGMA busy_timeout = ${PATIENCE_MS}`));
    const rows = [...connection.query("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    return { connection, tables: new Set(rows.map((row) => row['name'])) }
  } catch (error) {
    connection.close()
    throw error
  }
}

const PATIENCE_MS = 2000

/** Whether something may stand beside the database that is not in it yet; an immutable one is read without it. */
function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
}

function answer(
  connection: SqliteConnection,
  path: string,
  tables: ReadonlySet<unknown>,
  queries: readonly SqliteQuery[],
): Iterable<Readonly<Record<string, unknown>>> {
  for (const { table, sql } of queries) {
    if (!tables.has(table)) continue
    try {
      return connection.query(sql)
    } catch (error) {
      if (!/^no such (table|column)/.test(messageOf(error))) throw error
    }
  }
  throw new Unreadable(path, 'has none of the tables that this version knows', 'update ai-costs')
}

function plainRow(row: Readonly<Record<string, unknown>>): SqliteRow {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, plainValue(value)]))
}

function plainValue(value: unknown): string | number | bigint | null {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (typeof value !== 'bigint') return null
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

function unreadable(path: string, error: unknown): Unreadable {
  if (error instanceof Unreadable) return error
  const fix = 'see that it is a SQLite database, and that this user may read it'
  return new Unreadable(path, `cannot be read (${messageOf(error)})`, fix)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
