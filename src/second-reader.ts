import { workerData } from 'node:worker_threads'
import { type FoldRecipe, foldFrom } from './commands/accounts.ts'
import { type SecondTask, doTask } from './system/second-task.ts'
import { systemPrices } from './system/shipped-prices.ts'

const task = workerData as SecondTask
doTask(task, (lineAt) => foldFrom(task.recipe as FoldRecipe, systemPrices)(lineAt))
