import { once } from 'node:events'
import { stderr, stdout } from 'node:process'
import type { Result } from '../core/result.ts'
import { errnoOf } from './errno.ts'

/**
 * Writes a result out and returns the exit code. A reader that goes away early (`| head`) is no error: the answer
 * keeps its code. Any other failure to print is `failure`.
 */
export async function write(result: Result, failure: number): Promise<number> {
  let failed = false
  const onError = (error: Error): void => {
    if (errnoOf(error) !== 'EPIPE') failed = true
  }
  stdout.on('error', onError)
  stderr.on('error', onError)
  if (result.stderr !== '') stderr.write(result.stderr)
  if (typeof result.stdout === 'string') {
    if (result.stdout !== '') stdout.write(result.stdout)
  } else {
    for await (const piece of result.stdout) {
      if (stdout.destroyed || stdout.errored !== null) break
      if (!stdout.write(piece)) await Promise.race([once(stdout, 'drain'), once(stdout, 'close')])
    }
  }
  await Promise.all([flushed(stdout), flushed(stderr)])
  return failed ? failure : result.exitCode
}

/** Resolves when everything written so far has reached the system, or never will. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.writableLength === 0 || stream.destroyed) resolve()
    else stream.write('', () => resolve())
  })
}
