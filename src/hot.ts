import { argv } from 'node:process'
import { type Further, hotAnswer } from './commands/hot-answer.ts'
import type { CachedSystem } from './commands/open-cache.ts'
import { EXIT, type Result } from './core/result.ts'
import { cacheFiles } from './system/cache-files.ts'
import { systemClock } from './system/clock.ts'
import { systemEnvironment } from './system/environment.ts'
import { systemFiles } from './system/file-system.ts'
import { write } from './system/output.ts'

// Scripts, hooks and status lines call this on every prompt. So it is one small file that needs no other, and what it
// cannot answer from the cache the whole program answers, in the same words.

/** What the build lays beside this file. CommonJS all of it: ES modules take Node half a start to set up. */
const ANSWERS = './later/answer-from-cache.cjs'
const NEWS = './later/judge-news.cjs'
const WHOLE_PROGRAM = './cli.cjs'
declare const require: (file: string) => unknown

const further: Further = {
  answers: () => require(ANSWERS) as ReturnType<Further['answers']>,
  news: () => require(NEWS) as ReturnType<Further['news']>,
}

const result = quickAnswer()
if (result === null) require(WHOLE_PROGRAM)
else {
  // At once: to take Node apart in an orderly way is work that nobody waits for.
  void write(result, EXIT.cannotTell).then((exitCode) => process.exit(exitCode))
}

function quickAnswer(): Result | null {
  try {
    return hotAnswer(argv.slice(2), cachedSystem(), further)
  } catch {
    // Whatever it is, the whole program meets it too, and knows what to say.
    return null
  }
}

/** Throws where there is no working directory any more. */
function cachedSystem(): CachedSystem {
  return {
    clock: systemClock,
    environment: systemEnvironment(),
    files: systemFiles,
    cache: (directory) => cacheFiles(directory, systemClock.now),
  }
}
