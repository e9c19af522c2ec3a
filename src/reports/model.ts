import { labelReport } from './label-report.ts'
import type { Question } from './question.ts'

export const model: Question = labelReport('model', 'models')
