import { join } from 'node:path'
import type { FileSystem } from './file-system.ts'
import { ancestors } from './ledger-place.ts'

/** The root of the git repository that a folder lies in, or null. A worktree's `.git` is a file. */
export function repositoryOf(folder: string, files: Pick<FileSystem, 'exists'>): string | null {
  return ancestors(folder).find((candidate) => files.exists(join(candidate, '.git'))) ?? null
}
