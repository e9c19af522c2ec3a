import { periodSections } from './period-sections.ts'
import type { Question } from './question.ts'

export const daily: Question = {
  summary: 'the costs of a day, and of the day before',
  title: 'AI cost report',
  period: 'daily',
  labels: 'usual',
  answer: periodSections,
}
