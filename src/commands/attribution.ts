import { basename, isAbsolute, join, win32 } from 'node:path'
import { UNKNOWN } from '../core/record.ts'
import { looksSecret } from '../core/secrets.ts'
import { type FileSystem, Unreadable } from '../system/file-system.ts'
import { ancestors } from '../system/ledger-place.ts'

/** Which project a folder belongs to. */
export interface Project {
  readonly name: string
  /** The code to bill, as `.claude/project-code.txt` says it; `''` for none. */
  readonly code: string
}

type ProjectFiles = Pick<FileSystem, 'exists' | 'isLink' | 'readText'>

const CODE_FILE = join('.claude', 'project-code.txt')
const CODE_BYTES = 1024
const LONGEST_CODE = 64

/** Finds the projects of the folders in which agents worked; asks about each folder once. */
export class Attribution {
  readonly #files: ProjectFiles
  readonly #known = new Map<string, Project>()

  constructor(files: ProjectFiles) {
    this.#files = files
  }

  /** The project of a folder, which need not exist any more: then its own name has to do. */
  projectOf(folder: string): Project {
    const known = this.#known.get(folder)
    if (known !== undefined) return known
    const project = this.#find(folder)
    this.#known.set(folder, project)
    return project
  }

  #find(folder: string): Project {
    if (folder === '') return { name: UNKNOWN, code: '' }
    // What is relative, or has the form of another system, would lead to the folder of whoever imports.
    const upward = ancestors(folder).filter((one) => isAbsolute(one) || win32.isAbsolute(one))
    const coded = upward.find((candidate) => this.#files.exists(join(candidate, CODE_FILE)))
    const repository = upward.find((candidate) => this.#files.exists(join(candidate, '.git')))
    const root = repository === undefined ? (coded ?? folder) : this.#mainOf(repository)
    return { name: nameOf(root), code: coded === undefined ? '' : this.#codeIn(coded) }
  }

  /** A worktree's `.git` is a file that says where the repository is: `gitdir: /repo/.git/worktrees/name`. */
  #mainOf(repository: string): string {
    const text = this.#textOf(join(repository, '.git'))
    const main = /^gitdir: (.+)[/\\]\.git[/\\]worktrees[/\\]/.exec(text)?.[1]
    return main ?? repository
  }

  #codeIn(folder: string): string {
    const path = join(folder, CODE_FILE)
    // A cloned repository could have it lead to any file of the user's, whose first line would be billed.
    if (this.#files.isLink(path)) return ''
    const line = this.#textOf(path).trim().split(/\r?\n/)[0]?.trim() ?? ''
    return line.length > LONGEST_CODE || looksSecret(line) ? '' : line
  }

  #textOf(path: string): string {
    try {
      return this.#files.readText(path, CODE_BYTES, 'follow') ?? ''
    } catch (error) {
      // A directory, mostly: an ordinary repository.
      if (error instanceof Unreadable) return ''
      throw error
    }
  }
}

/** The last part of a path, in the manner of whichever system wrote it. */
function nameOf(path: string): string {
  const name = basename(path.replaceAll('\\', '/'))
  return name === '.' || name === '..' ? UNKNOWN : name || UNKNOWN
}
