import type { OwnProgram } from '../core/own-program.ts'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** Short words for tracked sessions, and what they call. */
const SHORT_WORDS = {
  'claude-start': 'session start',
  'claude-log': 'session log',
  'claude-quick': 'session quick',
  'claude-status': 'session status',
  'claude-end': 'session end',
} as const

/**
 * What a shell reads at its start to know the short words. They are functions that call this program by its absolute
 * path: whatever else is called `ai-costs` is not meant.
 */
export function shellFunctions(shell: Shell, { node, script }: OwnProgram): string {
  const quoted = shell === 'fish' ? quotedForFish : quotedForShell
  const program = `${quoted(node)} ${quoted(script)}`
  const lines = Object.entries(SHORT_WORDS).map(([word, call]) =>
    functionText(shell, word, `${program} ${call}`),
  )
  return `# ai-costs: ${Object.keys(SHORT_WORDS).join(', ')}\n${lines.join('\n')}\n`
}

function functionText(shell: Shell, word: string, call: string): string {
  if (shell === 'fish') return `function ${word}; ${call} $argv; end`
  // An alias of that name would be meant instead of it.
  return `unalias ${word} 2>/dev/null || :\nfunction ${word} { ${call} "$@"; }`
}

function quotedForShell(path: string): string {
  return `'${path.replaceAll("'", String.raw`'\''`)}'`
}

function quotedForFish(path: string): string {
  return `'${path.replace(/[\\']/g, String.raw`\$&`)}'`
}
