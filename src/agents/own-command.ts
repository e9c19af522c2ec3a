import type { OwnProgram } from '../core/own-program.ts'

/** A command line that calls this program and does nothing else. */
export interface OwnCommand {
  readonly verb: 'hook' | 'statusline'
  /** What is run: the program alone, or Node and the program. */
  readonly program: readonly string[]
  /** What follows the verb, as it is written: `' --agent codex'`. */
  readonly options: string
}

/** The line of a shell that calls this program. `platform` as Node calls it. */
export function commandLine({ node, script }: OwnProgram, words: string, platform: string): string {
  return `${quoted(node, platform)} ${quoted(script, platform)} ${words}`
}

/** Null for what calls something else, or us and something else: that is the user's own. */
export function readOwnCommand(line: string): OwnCommand | null {
  const [, first = '', second, verb, options = ''] = OWN.exec(line.trim()) ?? []
  if (verb !== 'hook' && verb !== 'statusline') return null
  const program = [first, ...(second === undefined ? [] : [second])].map(unquoted)
  const script = program.at(-1) ?? ''
  return SCRIPT.test(script) ? { verb, program, options } : null
}

/** Whether a line has to do with us at all, be it in a script of the user's. */
export function mentionsUs(line: string): boolean {
  return readOwnCommand(line) !== null || /\bai-costs\b.*\b(?:hook|statusline)\b/.test(line)
}

/** A word of a shell without anything that the shell would act on. */
const WORD = String.raw`(?:'[^']*'|"[^"$\x60]*"|\\.|[^\s'"\\|&;<>()$\x60])+`
const OWN = new RegExp(`^(${WORD})(?: +(${WORD}))? +(hook|statusline)((?: +${WORD})*)$`)
const SCRIPT = /(?:^|[\\/])(?:ai-costs(?:\.cmd)?|bin\.cjs)$/

function quoted(path: string, platform: string): string {
  if (/^[\w@%+=:,./-]+$/.test(path)) return path
  return platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", String.raw`'\''`)}'`
}

function unquoted(word: string): string {
  return word.replace(/'([^']*)'|"([^"]*)"|\\(['" \\])/g, '$1$2$3')
}
