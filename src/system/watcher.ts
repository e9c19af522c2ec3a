import type { FSWatcher } from 'chokidar'
import { systemFiles } from './file-system.ts'
import { isLedgerFile } from './ledger-place.ts'

/** Always, whatever a file system says or does not say about changes. */
const POLL_MS = 500
/** After a hint: look this often, until nothing has come for so long. */
const BURST_MS = 10
const QUIET_MS = 100
/** A poll that comes this late means that the machine slept. */
const SLEPT_MS = 10_000
const MINUTE_MS = 60_000

export interface WatchHandlers {
  /** Looks for something new; true when there was. */
  readonly look: () => boolean
  /** The machine slept: nothing that was known is sure. */
  readonly wake: () => void
  /** The clock has turned to a new minute. */
  readonly minute: () => void
  /** Events cannot be had (inotify is used up): polling goes on without them. */
  readonly onDeaf: (reason: string) => void
}

/** Says when it is time to look. */
export interface Watcher {
  /** Begins; the answer ends it. `now` is the clock of the minutes, or null when it stands still. */
  readonly watch: (directory: () => string, now: (() => number) | null, handlers: WatchHandlers) => () => void
}

export const systemWatcher: Watcher = { watch }

/**
 * Polls, and takes events as hints to poll sooner: chokidar throttles changes to one in 50 ms and drops the last of
 * a burst, so an event only means "look every 10 ms until it is quiet".
 */
function watch(directory: () => string, now: (() => number) | null, handlers: WatchHandlers): () => void {
  let lastPoll = performance.now()
  let lastChange = 0
  let burst: NodeJS.Timeout | null = null
  let minute: NodeJS.Timeout | null = null
  const ears = hear(directory, hint, handlers.onDeaf)

  function hint(): void {
    lastChange = performance.now()
    burst ??= setTimeout(onBurst, 0)
  }

  function onBurst(): void {
    burst = null
    if (handlers.look()) lastChange = performance.now()
    if (performance.now() - lastChange < QUIET_MS) burst = setTimeout(onBurst, BURST_MS)
  }

  ears.rearm()
  const poll = setInterval(() => {
    const late = performance.now() - lastPoll - POLL_MS
    lastPoll = performance.now()
    ears.rearm()
    if (late > SLEPT_MS) handlers.wake()
    if (handlers.look()) hint()
  }, POLL_MS)

  function nextMinute(): void {
    if (now === null) return
    minute = setTimeout(
      () => {
        handlers.minute()
        nextMinute()
      },
      MINUTE_MS - (now() % MINUTE_MS),
    )
  }

  nextMinute()
  return () => {
    clearInterval(poll)
    if (burst !== null) clearTimeout(burst)
    if (minute !== null) clearTimeout(minute)
    ears.close()
  }
}

/** Listens to a directory as long as it is there, again when it comes back, and elsewhere when it moves. */
function hear(directoryNow: () => string, hint: () => void, onDeaf: (reason: string) => void) {
  let watcher: FSWatcher | null = null
  let heard = ''
  let state: 'off' | 'starting' | 'on' | 'deaf' | 'closed' = 'off'

  const stop = (next: 'off' | 'deaf' | 'closed'): void => {
    state = next
    void watcher?.close()
    watcher = null
  }

  const fail = (error: unknown): void => {
    if (state === 'closed') return
    stop('deaf')
    onDeaf(error instanceof Error ? error.message : String(error))
  }

  /** chokidar never hears of a directory that is missing when it starts, or that was removed and made again. */
  async function start(directory: string): Promise<void> {
    state = 'starting'
    heard = directory
    try {
      const { watch: watchWith } = await import('chokidar')
      if (state !== 'starting') return
      watcher = watchWith(directory, {
        depth: 0,
        ignoreInitial: true,
        ignored: (path) => path !== directory && !isLedgerFile(path.slice(directory.length + 1)),
      })
      watcher.on('all', (event, path) => {
        if (event === 'unlinkDir' && path === directory) stop('off')
        hint()
      })
      watcher.on('error', fail)
      state = 'on'
    } catch (error) {
      fail(error)
    }
  }

  return {
    rearm(): void {
      const directory = directoryNow()
      const exists = systemFiles.isDirectory(directory)
      if (state === 'on' && (!exists || directory !== heard)) stop('off')
      if (state === 'off' && exists) void start(directory)
    },
    close: () => stop('closed'),
  }
}
