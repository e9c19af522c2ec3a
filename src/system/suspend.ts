import { constants } from 'node:os'
import process from 'node:process'

/** Windows knows no such signal. */
const CAN_STOP = 'SIGTSTP' in constants.signals
/** To `kill`, the process group that we are in. */
const OWN_JOB = 0
/** Milliseconds; a stop that has not come by then does not come. */
const IGNORED_MS = 100

/**
 * Stops the whole job, as the shell's Ctrl-Z does: who started us, such as npm, would keep the shell waiting. Where no
 * shell controls jobs, as in a terminal that runs nothing but us, the system ignores it. Resolves when we go on.
 */
export function suspendJob(stop: () => void = stopJob): Promise<void> {
  // Without a listener it does to us what it does to any program.
  const listeners = process.listeners('SIGTSTP')
  process.removeAllListeners('SIGTSTP')
  return new Promise((resolve) => {
    let isOver = false
    const goOn = (): void => {
      if (isOver) return
      isOver = true
      clearTimeout(ignored)
      process.off('SIGCONT', goOn)
      for (const listener of listeners) process.on('SIGTSTP', listener)
      resolve()
    }
    // After a stop, SIGCONT is heard before what is done next.
    const ignored = setTimeout(() => setImmediate(goOn), IGNORED_MS)
    process.once('SIGCONT', goOn)
    stop()
  })
}

function stopJob(): void {
  if (CAN_STOP) process.kill(OWN_JOB, 'SIGTSTP')
}
