import { writeSync } from 'node:fs'
import { stderr, stdout } from 'node:process'
import type { Result } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { errnoOf } from './errno.ts'

const STDOUT = 1
const STDERR = 2

/**
 * Writes a result out and returns the exit code. A reader that goes away early (`| head`) is no error: the answer
 * keeps its code. Any other failure to print is told, and ends in `failure`: whoever wanted a file has half of one.
 */
export async function write(result: Result, failure: number): Promise<number> {
  try {
    await print(STDERR, result.stderr)
    if (typeof result.stdout === 'string') await print(STDOUT, result.stdout)
    else for await (const piece of result.stdout) await print(STDOUT, piece)
    return result.exitCode
  } catch (error) {
    if (errnoOf(error) === 'EPIPE') return result.exitCode
    await tell(`ai-costs: the output was NOT written in full: ${reasonOf(error)}\n`)
    return failure
  }
}

/** As well as it can be told: it may be stderr itself that takes nothing. */
async function tell(text: string): Promise<void> {
  try {
    await print(STDERR, text)
  } catch {
    // Then nobody is there to hear it.
  }
}

/** What could not be printed may also be what could not be read while it was printed. */
function reasonOf(error: unknown): string {
  const errno = errnoOf(error)
  if (errno === 'ENOSPC' || errno === 'EDQUOT') return `the disk is full (${errno}), make room and ask again`
  if (errno !== '') return `it cannot be written to (${errno}), send it elsewhere`
  return safeText(error instanceof Error ? error.message : String(error))
}

/** Straight to the descriptor, because making a stream of it takes a seventh of a Node start. */
async function print(fd: typeof STDOUT | typeof STDERR, text: string): Promise<void> {
  if (text === '') return
  const bytes = Buffer.from(text)
  let written = 0
  while (written < bytes.length) {
    try {
      written += writeSync(fd, bytes, written)
    } catch (error) {
      if (errnoOf(error) !== 'EAGAIN') throw error
      // A pipe that somebody made non-blocking is full: only the stream knows how to wait for it.
      return printSlowly(fd === STDOUT ? stdout : stderr, bytes.subarray(written))
    }
  }
}

function printSlowly(stream: NodeJS.WriteStream, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once('error', reject)
    stream.write(bytes, (error) => {
      // The listener stays for the event that follows an error; else a large answer would leave one for each piece.
      if (error) return reject(error)
      stream.off('error', reject)
      resolve()
    })
  })
}
