// One process after the other is what is measured here.
/* oxlint-disable no-await-in-loop */
import type { Bench, Measure } from '../benchmark.ts'
import { estimate } from '../statistics.ts'
import { type Command, finished } from './command.ts'

/** A process to time, and what to put in order before each run of it, which is not timed. */
export interface Subject {
  readonly command: Command
  readonly before?: () => void
}

/**
 * Times the subjects in turns, A B A B …, so that whatever else the machine does falls on all of them alike. One round
 * before the first is not counted: it fills the page cache.
 *
 * @returns milliseconds by round, then by subject
 */
export async function interleaved(
  bench: Bench,
  subjects: readonly Subject[],
): Promise<readonly (readonly number[])[]> {
  const rounds = bench.rounds ?? enoughRounds(sum(await oneRound(subjects)))
  const times: (readonly number[])[] = []
  for (let round = 0; round < rounds; round++) times.push(await oneRound(subjects))
  return times
}

/** How long a subject takes as a multiple of another: the median of the ratios of each round. */
export async function timeRatio(
  bench: Bench,
  subject: Subject,
  yardstick: Subject,
): Promise<readonly Measure[]> {
  const times = await interleaved(bench, [subject, yardstick])
  return [
    { name: 'ratio', unit: 'ratio', estimate: estimate(times.map(([ours, theirs]) => ours! / theirs!)) },
  ]
}

/** What takes long varies less, and nobody waits for 41 rounds of it. */
export function enoughRounds(milliseconds: number): number {
  return milliseconds > 5000 ? 7 : milliseconds > 1000 ? 11 : 41
}

async function oneRound(subjects: readonly Subject[]): Promise<readonly number[]> {
  const times: number[] = []
  for (const { command, before } of subjects) {
    before?.()
    times.push((await finished(command)).milliseconds)
  }
  return times
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
