import { labelReport } from './label-report.ts'
import type { Question } from './question.ts'

export const project: Question = labelReport('project', 'projects')
