import * as answers from '../commands/answer-route.ts'
import { hotRoute } from '../commands/hot-route.ts'
import { start } from './start.ts'

start(hotRoute, () => answers)
