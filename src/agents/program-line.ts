import type { OwnProgram } from '../core/own-program.ts'

/** The line of a script of ours that says what it calls: a list of words in JavaScript as in Python. */
export function programLine({ node, script }: OwnProgram): string {
  return `PROGRAM = ${JSON.stringify([node, script])}`
}

/** What a script of ours calls; nothing when somebody has written that line anew. */
export function programIn(text: string): readonly string[] {
  const [, list = '[]'] = /^(?:const )?PROGRAM = (\[".*"\])$/m.exec(text) ?? []
  try {
    const words: unknown = JSON.parse(list)
    return Array.isArray(words) ? words.filter((word) => typeof word === 'string') : []
  } catch {
    return []
  }
}
