import type * as answers from '../commands/answer-check.ts'
import { hotCheck } from '../commands/hot-check.ts'
import { start } from './start.ts'

/** Most checks repeat the last answer, and need no more than its words. */
const ANSWERS = './later/answer-check.cjs'
declare const require: (file: string) => unknown

start(hotCheck, () => require(ANSWERS) as typeof answers)
