import { argv } from 'node:process'
import { HOT_COMMANDS } from './commands/hot-commands.ts'
import { judgeFromCache } from './commands/judge-from-cache.ts'
import type { CachedSystem } from './commands/open-cache.ts'
import type * as judgeNews from './commands/judge-news.ts'
import { parseQuickly } from './commands/parse.ts'
import { EXIT, type Result } from './core/result.ts'
import { cacheFiles } from './system/cache-files.ts'
import { systemClock } from './system/clock.ts'
import { systemEnvironment } from './system/environment.ts'
import { systemFiles } from './system/file-system.ts'
import { write } from './system/output.ts'

// Scripts, hooks and status lines call this on every prompt. So it is one small file that needs no other, and what it
// cannot answer from the cache the whole program answers, in the same words.

/** What the build lays beside this file. CommonJS all of it: ES modules take Node half a start to set up. */
const NEWS = './later/judge-news.cjs'
const WHOLE_PROGRAM = './cli.cjs'
declare const require: (file: string) => unknown

type News = typeof judgeNews

const result = quickAnswer()
if (result === null) require(WHOLE_PROGRAM)
else {
  void write(result, EXIT.cannotTell).then((exitCode) => {
    process.exitCode = exitCode
  })
}

/** What reads new lines; most calls find none. */
function news(): News {
  return require(NEWS) as News
}

function quickAnswer(): Result | null {
  const [name = '', ...words] = argv.slice(2)
  const command = HOT_COMMANDS.find(({ grammar }) => grammar.name === name)
  const invocation = command === undefined ? null : parseQuickly(command.grammar, words)
  if (command === undefined || invocation === null) return null
  try {
    const judged = judgeFromCache(invocation, cachedSystem(), (cache) => news().judgeNews(cache))
    return judged === null ? null : command.answer(invocation, judged.judgement, judged.budgets)
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
