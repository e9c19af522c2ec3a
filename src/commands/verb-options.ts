import { COMMON_OPTIONS, type Invocation, UsageError } from './command.ts'

/** What every verb takes; who writes takes no `--now`. */
export const EVERYWHERE = Object.keys(COMMON_OPTIONS).filter((name) => name !== 'now')

/** Throws `UsageError` for an option that this verb of a command does nothing with. */
export function refuseOtherOptions(invocation: Invocation, call: string, options: readonly string[]): void {
  const allowed = new Set([...options, ...EVERYWHERE])
  const foreign = Object.keys(invocation.options).find((option) => !allowed.has(option))
  if (foreign !== undefined) throw new UsageError(`${call} takes no --${foreign}: leave it out`)
}
