import type { Estimate } from './statistics.ts'
import type { Project } from './kit/project.ts'
import type { Transcripts } from './kit/transcripts.ts'

/** One question about speed or size; `test/bench/benchmarks/` holds a file for each. */
export interface Benchmark {
  /** What `npm run bench -- NAME` calls it: the name of its file. */
  readonly name: string
  /** What is measured, against what. */
  readonly what: string
  /** The most that each measure may be, by its name; a measure that is not named here promises nothing. */
  readonly bounds: Readonly<Record<string, number>>
  /** Throws when an answer that it timed was wrong: a fast wrong answer is no result. */
  readonly run: (bench: Bench) => Promise<readonly (Measure | Unmeasured)[] | Skipped>
}

/** How a value is written. A ratio has no unit; below a tenth it reads as a fraction. */
export type Unit = 'ratio' | 'exponent' | 'ms' | 'MB' | '%' | 'bytes' | 'count'

export interface Measure {
  /** The same as its unit when the benchmark has only this one. */
  readonly name: string
  readonly unit: Unit
  readonly estimate: Estimate
}

/** Why something cannot be measured on this machine. */
export interface Skipped {
  readonly skipped: string
}

/** One of several measures that cannot be taken. */
export interface Unmeasured extends Skipped {
  readonly name: string
}

/** What a benchmark works with. */
export interface Bench {
  /** For temporary files; gone at the end. */
  readonly folder: string
  /** Given by `--rounds`; null leaves it to the time that a round takes. */
  readonly rounds: number | null
  /** A project with a ledger of so many records, made when first asked for and then shared. */
  readonly project: (records: number) => Promise<Project>
  /** A home with so many megabytes of transcripts, made when first asked for and then shared. */
  readonly transcripts: (megabytes: number) => Transcripts
}
