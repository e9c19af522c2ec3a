import { pathToFileURL } from 'node:url'

/** An open database. */
export interface SqliteConnection {
  /** The rows of a query, whose integers are all bigints. Throws an Error of the driver's. */
  readonly query: (sql: string) => Iterable<Readonly<Record<string, unknown>>>
  readonly close: () => void
}

/**
 * Opens a database without ever writing to it. `immutable` promises that nobody else does either: then nothing is put
 * beside it, not even what SQLite shares with other readers. Throws an Error of the driver's.
 */
export type SqliteDriver = (path: string, immutable: boolean) => SqliteConnection

/** `import()`, as a parameter. */
export type ImportModule = (name: string) => Promise<unknown>

/** Nothing here can read databases: neither this Node nor an optional package. */
export class SqliteUnavailable extends Error {
  override readonly name = 'SqliteUnavailable'

  constructor() {
    super('this Node cannot read SQLite databases: use Node 22.13 or later, or npm i -g libsql')
  }
}

/** The driver of this Node, else that of the package `libsql` where somebody installed it. Throws `SqliteUnavailable`. */
export async function loadSqliteDriver(importModule: ImportModule): Promise<SqliteDriver> {
  const node = await withoutSqliteWarning(() => imported(importModule, 'node:sqlite'))
  const DatabaseSync = memberOf(node, 'DatabaseSync')
  if (isConstructor<NodeDatabase>(DatabaseSync)) {
    return (path, immutable) =>
      nodeConnection(new DatabaseSync(immutable ? address(path, immutable) : path, { readOnly: true }))
  }
  const libsql = await imported(importModule, 'libsql')
  const Database = memberOf(libsql, 'default')
  if (isConstructor<LibsqlDatabase>(Database)) {
    // It has no option for reading only, but does as the address says.
    return (path, immutable) => libsqlConnection(new Database(address(path, immutable)))
  }
  throw new SqliteUnavailable()
}

/** What we use of `node:sqlite`; the types of Node 20 do not know it. */
interface NodeDatabase {
  prepare(sql: string): {
    setReadBigInts(enabled: boolean): void
    iterate(): Iterable<Record<string, unknown>>
  }
  close(): void
}

/** What we use of `libsql`, which has the interface of `better-sqlite3`. */
interface LibsqlDatabase {
  prepare(sql: string): {
    safeIntegers(enabled: boolean): void
    iterate(): Iterable<Record<string, unknown>>
  }
  close(): void
}

function nodeConnection(database: NodeDatabase): SqliteConnection {
  return {
    query(sql) {
      const statement = database.prepare(sql)
      statement.setReadBigInts(true)
      return statement.iterate()
    },
    close: () => database.close(),
  }
}

function libsqlConnection(database: LibsqlDatabase): SqliteConnection {
  return {
    query(sql) {
      const statement = database.prepare(sql)
      statement.safeIntegers(true)
      return statement.iterate()
    },
    close: () => database.close(),
  }
}

/** Without `mode=ro` a database that is not there would be made. */
function address(path: string, immutable: boolean): string {
  return `${pathToFileURL(path).href}?mode=ro${immutable ? '&immutable=1' : ''}`
}

/** A module; null when there is none, or none that works here. */
async function imported(importModule: ImportModule, name: string): Promise<unknown> {
  try {
    return await importModule(name)
  } catch {
    return null
  }
}

/** `node:sqlite` says that it is experimental whenever it is loaded: nothing that a user could do anything about. */
async function withoutSqliteWarning<Value>(load: () => Promise<Value>): Promise<Value> {
  const emitWarning = process.emitWarning
  process.emitWarning = new Proxy(emitWarning, {
    apply(target, self, args: readonly unknown[]) {
      const [warning, type] = args
      if (type === 'ExperimentalWarning' && /SQLite/.test(String(warning))) return
      Reflect.apply(target, self, args)
    },
  })
  try {
    return await load()
  } finally {
    process.emitWarning = emitWarning
  }
}

function memberOf(module: unknown, name: string): unknown {
  return typeof module === 'object' && module !== null ? Reflect.get(module, name) : undefined
}

function isConstructor<Instance>(value: unknown): value is new (...args: readonly unknown[]) => Instance {
  return typeof value === 'function'
}
