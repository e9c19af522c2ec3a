import type { Trouble } from '../core/judgement.ts'
import type { Unreadable } from '../system/file-system.ts'

/** What a file that cannot be read keeps us from telling. */
export function troubleOf(error: Unreadable): Trouble {
  return { file: error.path, line: null, column: null, message: error.message, fix: error.fix }
}
