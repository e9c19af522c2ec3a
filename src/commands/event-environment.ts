import type { System } from '../system/system.ts'

/** The environment of an agent that says in which folder it works: that decides whose ledger and settings it is about. */
export function environmentOf(
  event: { readonly cwd: string } | null,
  { environment, files }: Pick<System, 'environment' | 'files'>,
): System['environment'] {
  return event !== null && files.isDirectory(event.cwd)
    ? { ...environment, workingDirectory: event.cwd }
    : environment
}
