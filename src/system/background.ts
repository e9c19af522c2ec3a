import { spawn } from 'node:child_process'
import { argv, execPath } from 'node:process'

/** Goes on in another process that nobody waits for. */
export interface Background {
  /** Starts this program with some arguments, in a folder, with nothing to read and nowhere to write. */
  readonly start: (words: readonly string[], folder: string) => void
}

export const systemBackground: Background = {
  start(words, folder) {
    const program = argv[1]
    if (program === undefined) return
    const child = spawn(execPath, [program, ...words], { cwd: folder, detached: true, stdio: 'ignore' })
    // Its folder may be gone; a hook has nobody to tell.
    child.on('error', () => {})
    child.unref()
  },
}
