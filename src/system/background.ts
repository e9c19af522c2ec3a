import { spawn } from 'node:child_process'
import { argv, execPath } from 'node:process'

/** Goes on in another process that nobody waits for. */
export interface Background {
  /**
   * Starts this program with some arguments, in a folder, with nothing to read and nowhere to write. False where no process
   * could be started. Throws system errors, too.
   */
  readonly start: (words: readonly string[], folder: string) => boolean
}

export const systemBackground: Background = {
  start(words, folder) {
    const program = argv[1]
    if (program === undefined) return false
    const child = spawn(execPath, [program, ...words], { cwd: folder, detached: true, stdio: 'ignore' })
    // Its folder may be gone; what the error says comes too late for a hook, which has ended by then.
    child.on('error', () => {})
    child.unref()
    return child.pid !== undefined
  },
}
