import * as answers from '../commands/answer-statusline.ts'
import { hotStatusline } from '../commands/hot-statusline.ts'
import { start } from './start.ts'

start(hotStatusline, () => answers)
