import { readFileSync } from 'node:fs'
import { dirname, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { packageFile } from './package-file.ts'

/** The text of an example settings file that comes with the program, as it is to lie in a directory. */
export type Examples = (name: string, directory: string) => string

export const systemExamples: Examples = (name, directory) => {
  const text = readFileSync(packageFile(`.ai-config.example/${name}`), 'utf8')
  return text.replace(/(?<=\$schema=)\.\.\/(\S+)/, (_, schema: string) =>
    addressOf(packageFile(schema), directory),
  )
}

/** Where an editor finds a file of the package: beside the settings when their project has it installed. */
function addressOf(file: string, directory: string): string {
  const isNear = file.startsWith(`${dirname(directory)}${sep}`)
  return isNear ? relative(directory, file).replaceAll(sep, '/') : pathToFileURL(file).href
}
