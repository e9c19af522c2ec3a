import { systemPrices } from '../../src/system/shipped-prices.ts'
import type { System } from '../../src/system/system.ts'
import { instant } from './fold-lines.ts'
import { memoryLedger } from './memory-ledger.ts'

export const PROJECT = '/home/u/shop'
export const LEDGER = `${PROJECT}/.ai-costs/sessions.jsonl`
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
  now: number
  zone: string
}

export function fakeSystem(texts: Readonly<Record<string, string>> = {}): FakeSystem {
  const files = new Map(Object.entries(texts))
  const directories = new Set<string>()
  const links = new Set<string>()
  const waiting: (() => void)[] = []
  const variables: Record<string, string> = {}
  const isDirectory = (path: string): boolean =>
    directories.has(path) || [...files.keys()].some((file) => file.startsWith(`${path}/`))
  const system: FakeSystem = {
    texts: files,
    directories,
    links,
    waiting,
    variables,
    now: instant('2025-12-15T14:30:00Z'),
    zone: 'Europe/Berlin',
    clock: { now: () => system.now, random: (bytes) => new Uint8Array(bytes) },
    scheduler: { every: () => () => {}, soon: (task) => void waiting.push(task) },
    environment: { variables, workingDirectory: PROJECT, home: '/home/u', zone: () => system.zone },
    files: {
      exists: (path) => files.has(path) || isDirectory(path),
      isDirectory,
      isLink: (path) => links.has(path),
      readText: (path) => files.get(path),
      create(path, text) {
        if (files.has(path)) return false
        files.set(path, text)
        return true
      },
      stamp: (path) => files.get(path) ?? '',
      changed: (path) => (files.has(path) ? 0 : -Infinity),
    },
    ledger: memoryLedger(files, directories),
    cache: () => ({ read: () => null, openIndex: () => null, write: () => false, remove() {} }),
    prices: systemPrices,
    examples: (name) => `# ${name}\ntimezone: UTC # of the days\n`,
    terminal: {
      isInteractive: false,
      page: () => ({ columns: 80, ascii: false }),
      takeStage: () => {
        throw new Error('this terminal has no stage')
      },
    },
    watcher: { watch: () => () => {} },
  }
  return system
}
