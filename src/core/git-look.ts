/** Where the work in a repository stands. */
export interface GitLook {
  /** `''` for none: a commit is checked out by itself. */
  readonly branch: string
  /** The whole hash; `''` before the first commit. */
  readonly commit: string
  /** Files whose changes the next commit would hold; null when git did not say. */
  readonly staged: number | null
}

export interface GitCommit {
  readonly commit: string
  /** Epoch milliseconds. */
  readonly at: number
  /** Foreign text. */
  readonly subject: string
}
