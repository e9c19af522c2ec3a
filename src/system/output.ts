import { writeSync } from 'node:fs'
import { stderr, stdout } from 'node:process'
import type { Result } from '../core/result.ts'
import { errnoOf } from './errno.ts'

const STDOUT = 1
const STDERR = 2

/**
 * Writes a result out and returns the exit code. A reader that goes away early (`| head`) is no error: the answer
 * keeps its code. Any other failure to print is `failure`.
 */
export async function write(result: Result, failure: number): Promise<number> {
  try {
    await print(STDERR, result.stderr)
    if (typeof result.stdout === 'string') await print(STDOUT, result.stdout)
    else for await (const piece of result.stdout) await print(STDOUT, piece)
    return result.exitCode
  } catch (error) {
    return errnoOf(error) === 'EPIPE' ? result.exitCode : failure
  }
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
    stream.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}
