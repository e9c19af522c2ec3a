import { civilFromDays } from './timestamp.ts'

/** The month of a day, which is numbered from 1970-01-01. Months are numbered, so that the next one is one more: year · 12 + month − 1. */
export function monthOf(day: number): number {
  const { year, month } = civilFromDays(day)
  return year * 12 + month - 1
}
