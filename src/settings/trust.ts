import type { PickRules } from './chooser.ts'

/** From mildest to strictest, a project may tighten what the user wrote, but not loosen it. */
export function notMilder<Word extends string>(mildestFirst: readonly Word[]): PickRules<Word> {
  return {
    refusal: (word, sofar) =>
      sofar !== null && mildestFirst.indexOf(word) < mildestFirst.indexOf(sofar)
        ? {
            message: `is ignored: a project may not loosen your \`${sofar}\` to \`${word}\``,
            fix: 'remove it from the project, or change your own settings',
          }
        : null,
  }
}

/** A project's alert log lies inside `.ai-costs/` and is a log, never the ledger or another file of ours there. */
export const LOG_INSIDE_LEDGER: PickRules<string> = {
  refusal: (path) =>
    isLogInsideLedger(path)
      ? null
      : {
          message: 'is ignored: a project may log only to a file such as .ai-costs/alerts.log',
          fix: 'write a path inside .ai-costs/ that ends with .log, or set it in your own settings',
        },
}

/** Judged by its text; a symbolic link on the way is for the writer to refuse. */
function isLogInsideLedger(path: string): boolean {
  const [top, ...rest] = path.replace(/^\.\//, '').split('/')
  return top === '.ai-costs' && rest.length > 0 && rest.every(isPlainName) && path.endsWith('.log')
}

/** No `..`, and neither backslash nor colon, which separate or name drives and streams on Windows. */
function isPlainName(name: string): boolean {
  return /^[\p{L}\p{N}_][\p{L}\p{N}_. -]*$/u.test(name)
}
