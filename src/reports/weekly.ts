import { periodSections } from './period-sections.ts'
import type { Question } from './question.ts'

export const weekly: Question = {
  summary: 'the costs of a week, and of the week before',
  title: 'AI cost report',
  period: 'weekly',
  labels: 'usual',
  answer: periodSections,
}
