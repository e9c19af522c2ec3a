import { argv } from 'node:process'
import { type Answers, type Extras, type Further, hotAnswer } from '../commands/hot-answer.ts'
import type { HotCommand, HotSystem } from '../commands/hot-command.ts'
import type { Result } from '../core/result.ts'
import { alertClaimsIn } from '../system/alert-claims.ts'
import { cacheFiles } from '../system/cache-files.ts'
import { systemClock } from '../system/clock.ts'
import { systemEnvironment } from '../system/environment.ts'
import { systemFiles } from '../system/file-system.ts'
import { keptInput } from '../system/kept-input.ts'
import { write } from '../system/output.ts'
import { systemStandardInput } from '../system/standard-input.ts'

// Scripts, hooks and status lines call these commands on every prompt. So each is one small file that needs hardly any
// other, and what it cannot answer from the cache the whole program answers, in the same words.

/** What the build lays beside them. CommonJS all of it: ES modules take Node half a start to set up. */
const NEWS = './later/judge-news.cjs'
/** What is written down is among other things what `check` says. */
const EXTRAS = './later/answer-check.cjs'
const ENGINE = './later/pattern-engine.cjs'
const WHOLE_PROGRAM = './cli.cjs'
declare const require: (file: string) => unknown

/** Answers, and ends the process; else lets the whole program answer. */
export function start<Question>(command: HotCommand<Question>, answers: () => Answers<Question>): void {
  const result = quickAnswer(command, answers)
  if (result === null) require(WHOLE_PROGRAM)
  else {
    // At once: to take Node apart in an orderly way is work that nobody waits for.
    void write(result, command.exitUnprinted ?? result.exitCode).then((exitCode) => process.exit(exitCode))
  }
}

function quickAnswer<Question>(
  command: HotCommand<Question>,
  answers: () => Answers<Question>,
): Result | null {
  try {
    return hotAnswer(command, argv.slice(3), hotSystem(), {
      answers(growth) {
        // Whoever loads us keeps what V8 makes of the functions that run.
        require(`way:${growth}`)
        return answers()
      },
      news: () => require(NEWS) as ReturnType<Further<Question>['news']>,
      extras: () => require(EXTRAS) as Extras,
      engine: () => require(ENGINE) as ReturnType<Further<Question>['engine']>,
    })
  } catch {
    // Whatever it is, the whole program meets it too, and knows what to say.
    return null
  }
}

/** Throws where there is no working directory any more. */
function hotSystem(): HotSystem {
  return {
    clock: systemClock,
    environment: systemEnvironment(),
    files: systemFiles,
    standardInput: keptInput(systemStandardInput),
    alertClaims: (directory) => alertClaimsIn(directory, systemClock.now),
    cache: (directory) => cacheFiles(directory, systemClock.now),
  }
}
