import { isBuiltin } from 'node:module'

/** Whether the Node that runs the tests can read and write databases: from 22.13 on. */
export const HAS_SQLITE = isBuiltin('node:sqlite')

/** What `loadSqlite` says where nothing can. */
export const NO_SQLITE = 'this Node cannot read SQLite databases: use Node 22.13 or later, or npm i -g libsql'

interface Writer {
  exec(sql: string): void
  close(): void
}

/** Opens a database for a test to write, which it must close; null where this Node cannot. */
export async function writer(path: string): Promise<Writer | null> {
  if (!HAS_SQLITE) return null
  const name = 'node:sqlite'
  const { DatabaseSync } = (await import(name)) as { DatabaseSync: new (path: string) => Writer }
  return new DatabaseSync(path)
}
