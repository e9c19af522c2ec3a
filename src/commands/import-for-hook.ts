import { EXIT, type Result } from '../core/result.ts'
import type { System } from '../system/system.ts'
import type { Call } from './desk.ts'

/** The option by which a hook tells an import what it has claimed: names of claims, between commas. */
export const CLAIMS = 'claims'

/** Claims that an import was handed. */
export interface HookClaims {
  /** From now on whatever is written is for the next import; once is enough. */
  readonly giveUp: () => void
}

/**
 * Imports on behalf of a hook. Nobody sees what it says, so what went wrong goes to `errors.log`; and whatever happens
 * nothing stays claimed.
 */
export async function importForHook(
  names: readonly string[],
  { place }: Call,
  system: Pick<System, 'claims' | 'errors'>,
  importClaimed: (claims: HookClaims) => Promise<Result>,
): Promise<Result> {
  let left = names.filter((name) => CLAIM.test(name))
  const giveUp = (): void => {
    const claims = system.claims(place.directory)
    for (const name of left) claims.giveUp(name)
    left = []
  }
  try {
    const result = await importClaimed({ giveUp })
    if (result.exitCode !== EXIT.ok) system.errors(place.directory, result.stderr)
    return result
  } catch (error) {
    system.errors(place.directory, error)
    throw error
  } finally {
    giveUp()
  }
}

/** It becomes the name of a file. */
const CLAIM = /^import-\d{1,10}$/
