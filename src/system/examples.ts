import { readFileSync } from 'node:fs'
import { packageFile } from './package-file.ts'

/** The text of an example settings file that comes with the program. */
export type Examples = (name: string) => string

export const systemExamples: Examples = (name) =>
  readFileSync(packageFile(`.ai-config.example/${name}`), 'utf8')
