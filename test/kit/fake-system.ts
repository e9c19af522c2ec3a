import { parseUpdatedPrices } from '../../src/core/updated-prices.ts'
import type { Price } from '../../src/core/price.ts'
import { NotDownloaded } from '../../src/system/download.ts'
import { NotSaved } from '../../src/system/ledger-append.ts'
import { systemPrices } from '../../src/system/shipped-prices.ts'
import type { System } from '../../src/system/system.ts'
import { instant } from './fold-lines.ts'
import { memoryLedger } from './memory-ledger.ts'

export const PROJECT = '/home/u/shop'
export const LEDGER = `${PROJECT}/.ai-costs/sessions.jsonl`
/** Where `models update` writes. */
export const UPDATED = '/home/u/.config/ai-costs/prices.updated.json'
export const LIMITS = `${PROJECT}/.ai-config/cost-limits.yaml`

/** A world made of maps, which the test fills and looks into; its clock turns only when the test says so. */
export interface FakeSystem extends System {
  readonly texts: Map<string, string>
  readonly directories: Set<string>
  /** Paths that are symbolic links. */
  readonly links: Set<string>
  /** What `soon` was asked to do and has not done yet. */
  readonly waiting: (() => void)[]
  readonly variables: Record<string, string>
  /** Alerts and other words that were said for good. */
  readonly taken: Set<string>
  now: number
  zone: string
}

export function fakeSystem(texts: Readonly<Record<string, string>> = {}): FakeSystem {
  const files = new Map(Object.entries(texts))
  const directories = new Set<string>()
  const links = new Set<string>()
  const waiting: (() => void)[] = []
  const variables: Record<string, string> = {}
  const taken = new Set<string>()
  const isDirectory = (path: string): boolean =>
    directories.has(path) || [...files.keys()].some((file) => file.startsWith(`${path}/`))
  const system: FakeSystem = {
    texts: files,
    directories,
    links,
    waiting,
    variables,
    taken,
    now: instant('2025-12-15T14:30:00Z'),
    zone: 'Europe/Berlin',
    nodeVersion: '20.19.0',
    clock: { now: () => system.now, random: (bytes) => new Uint8Array(bytes) },
    scheduler: { every: () => () => {}, soon: (task) => void waiting.push(task) },
    environment: {
      variables,
      workingDirectory: PROJECT,
      home: '/home/u',
      platform: 'linux',
      zone: () => system.zone,
    },
    files: {
      exists: (path) => files.has(path) || isDirectory(path),
      isDirectory,
      isLink: (path) => links.has(path),
      readText: (path) => files.get(path),
      readEnd: (path, mostBytes) => files.get(path)?.slice(-mostBytes),
      create(path, text) {
        if (files.has(path)) return false
        files.set(path, text)
        return true
      },
      stamp: (path) => files.get(path) ?? '',
      permissions: (path) =>
        files.has(path) || isDirectory(path) ? { mode: 0o700, isWritable: true } : null,
      changed: (path) => (files.has(path) ? 0 : -Infinity),
      look: (path) => ({
        isLink: links.has(path),
        isDirectory: isDirectory(path),
        stamp: files.get(path) ?? '',
        changed: files.has(path) ? 0 : -Infinity,
      }),
    },
    ledger: memoryLedger(files, directories),
    imports: notHere('imports'),
    transcripts: {
      find: () => ({ files: [], folders: [], unreadable: [] }),
      at: () => [],
      renewed: () => [],
      read: notHere('transcripts'),
      loadDatabases: () => Promise.resolve(true),
      thread: null,
      head: () => '',
      realPath: (path) => path,
    },
    progress: { show() {}, clear() {} },
    standardInput: { read: () => null },
    background: { start: () => true },
    claims: () => ({ take: () => true, giveUp() {} }),
    alertClaims: () => ({
      isTaken: (name) => taken.has(name),
      take: (name) => !taken.has(name) && taken.add(name).has(name),
    }),
    alertLog: (_directory, file) => ({
      path: `${PROJECT}/${file}`,
      append: (lines) =>
        void files.set(`${PROJECT}/${file}`, `${files.get(`${PROJECT}/${file}`) ?? ''}${lines}\n`),
    }),
    outbox: notHere('outboxes'),
    desktop: {
      show: () => Promise.resolve({ kind: 'shown' }),
      showHere: () => Promise.resolve({ kind: 'shown' }),
    },
    webhook: () => Promise.resolve({ kind: 'sent', answer: 'answered 200' }),
    pause: () => Promise.resolve(),
    errors() {},
    cache: () => ({ read: () => null, openIndex: () => null, write: () => false, remove() {} }),
    prices: {
      shipped: systemPrices.shipped,
      shippedOn: systemPrices.shippedOn,
      updated: () => parseUpdated(files.get(UPDATED)),
      updatedStamp: () => files.get(UPDATED) ?? '',
    },
    replaceFile(path, before, text, backup = `${path}.bak`) {
      if (links.has(path)) throw new NotSaved(`${path} is a symbolic link`)
      if (files.get(path) !== before) throw new NotSaved(`${path} was changed`)
      if (before !== undefined) files.set(backup, before)
      files.set(path, text)
    },
    removeFile(path, before, backup) {
      if (files.get(path) !== before) throw new NotSaved(`${path} was changed`)
      if (backup !== null) files.set(backup, before)
      files.delete(path)
    },
    ownProgram: () => ({ node: '/usr/bin/node', script: '/opt/ai-costs/dist/bin.cjs' }),
    reports: (directory) => ({
      save(folder, name, text) {
        const path = `${directory}/${folder}/${name}`
        files.set(path, text)
        return path
      },
    }),
    tracked: (directory) => fakeTracked(`${directory}/state/tracked`, files),
    git: { look: () => null, commits: () => [] },
    download: () => Promise.reject(new NotDownloaded('there is no network in a test')),
    examples: (name) => `# ${name}\ntimezone: UTC # of the days\n`,
    terminal: {
      isInteractive: false,
      page: () => ({ columns: 80, ascii: false }),
      takeStage: () => {
        throw new Error('this terminal has no stage')
      },
      ring() {},
    },
    watcher: { watch: () => () => {} },
  }
  return system
}

function fakeTracked(path: string, files: Map<string, string>): ReturnType<System['tracked']> {
  return {
    path,
    running: () => files.get(path) ?? null,
    begin: (text) => !files.has(path) && files.set(path, text).has(path),
    end: (text) => files.get(path) === text && files.delete(path),
    last: () => files.get(`${path}.last`) ?? null,
    keepLast: (text) => void files.set(`${path}.last`, text),
  }
}

/** Files that only tests on a real disk have. */
function notHere(what: string): () => never {
  return () => {
    throw new Error(`there are no ${what} in a fake system`)
  }
}

function parseUpdated(text: string | undefined): readonly Price[] {
  return text === undefined ? [] : parseUpdatedPrices(text)
}
