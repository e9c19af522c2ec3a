import { type Money, NO_MONEY } from './money.ts'
import { Tally } from './tally.ts'

/** What came of one source. */
export interface SourceReport {
  readonly name: string
  readonly title: string
  /** Transcripts there are, and how many of them were read: the others have not changed since the last time. */
  files: number
  filesRead: number
  bytesRead: number
  /** Lines, or parts of documents, that told of a response. */
  tellings: number
  /** Responses that are news to the ledger, and what they cost. */
  responses: number
  /** Responses that an earlier import brought in with less. */
  updated: number
  costUsd: Money
  /** What all tellings would cost if each were counted. */
  naiveUsd: Money
  /** Tellings that were left out because something had told of the response already, by rule. */
  repeated: number
  retold: number
  retries: number
  /** Responses of other projects, and of before `--since`. */
  elsewhere: number
  earlier: number
  /** Responses that a tool printed, of sessions whose transcripts the ledger holds. */
  copies: number
  /** Printed ones that were taken out of the ledger again, because their transcripts came in, and what they cost. */
  withdrawn: number
  withdrawnUsd: Money
  /** Responses whose final output was never written. */
  unfinished: number
  readonly tally: Tally
}

/** A model that has no price. */
export interface UnpricedModel {
  readonly model: string
  responses: number
  tokens: number
}

/** Something the user should look at: always with a file's name. */
export interface ImportWarning {
  readonly path: string
  /** Goes on after the path and ends with the fix. */
  readonly message: string
}

export interface ImportReport {
  readonly sources: readonly SourceReport[]
  readonly unpriced: readonly UnpricedModel[]
  readonly warnings: readonly ImportWarning[]
  readonly ledgerPath: string
  readonly dryRun: boolean
}

export function emptyReport(name: string, title: string): SourceReport {
  return {
    name,
    title,
    files: 0,
    filesRead: 0,
    bytesRead: 0,
    tellings: 0,
    responses: 0,
    updated: 0,
    costUsd: NO_MONEY,
    naiveUsd: NO_MONEY,
    repeated: 0,
    retold: 0,
    retries: 0,
    elsewhere: 0,
    earlier: 0,
    copies: 0,
    withdrawn: 0,
    withdrawnUsd: NO_MONEY,
    unfinished: 0,
    tally: new Tally(),
  }
}
