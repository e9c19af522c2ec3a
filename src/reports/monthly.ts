import { periodSections } from './period-sections.ts'
import type { Question } from './question.ts'

export const monthly: Question = {
  summary: 'the costs of a month, and of the month before',
  title: 'AI cost report',
  period: 'monthly',
  labels: 'usual',
  answer: periodSections,
}
