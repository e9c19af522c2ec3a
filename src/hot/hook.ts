import * as answers from '../commands/answer-hook.ts'
import { hotHook } from '../commands/hot-hook.ts'
import { start } from './start.ts'

start(hotHook, () => answers)
