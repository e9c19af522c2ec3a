/** Where this program lies, by absolute paths: who calls it by them looks nothing up. */
export interface OwnProgram {
  readonly node: string
  readonly script: string
}
