import type { OwnProgram } from '../core/own-program.ts'
import type { WantedHooks } from './settings-hooks.ts'

/** Where an agent may keep its settings. */
export interface Surroundings {
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly home: string
  readonly workingDirectory: string
}

interface AgentBase {
  /** As `init --tool` calls it, and `hook --agent`. */
  readonly name: string
  /** As people call it. */
  readonly title: string
  /** The file that it reads for every project of the user's. */
  readonly userFile: (surroundings: Surroundings) => string
  /** The file that it reads for the project in the working directory; null where there is none. */
  readonly projectFile: ((surroundings: Surroundings) => string) | null
  /** What is left to do when that file is written, one sentence each. */
  readonly next: (path: string) => readonly string[]
}

/** An agent whose own settings file says what it calls. */
export interface SettingsAgent extends AgentBase {
  readonly kind: 'settings'
  /** `platform` as Node calls it. */
  readonly wanted: (program: OwnProgram, platform: string) => WantedHooks
}

/** A tool that takes a file of ours. */
export interface FileAgent extends AgentBase {
  readonly kind: 'file'
  /** The whole file; `firstLine` is how it begins, wherever it was made. */
  readonly text: (program: OwnProgram) => string
  readonly firstLine: string
}

export type Agent = SettingsAgent | FileAgent

/** What a file of ours begins with, behind the mark of a comment: no other file is replaced or removed. */
export function signature(name: string): string {
  return `made by ai-costs init --tool ${name}; with --undo it takes it away again`
}
