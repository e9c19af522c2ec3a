import { type Result, success } from '../core/result.ts'
import { SHELLS, shellFunctions } from '../formats/shell-functions.ts'
import type { System } from '../system/system.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, UsageError } from './command.ts'

export const grammar: Grammar = {
  name: 'shell-init',
  summary:
    'short words for tracked sessions: claude-start, claude-log, claude-quick, claude-status, claude-end',
  arguments: [{ name: '[SHELL]', summary: `${SHELLS.join(', ')}; default: that of $SHELL`, words: SHELLS }],
  options: { ...COMMON_OPTIONS },
  examples: [
    'eval "$(ai-costs shell-init bash)"     # in ~/.bashrc; zsh in ~/.zshrc',
    'ai-costs shell-init fish | source      # in ~/.config/fish/config.fish',
  ],
}

/** Throws `UsageError`, and system errors when the program is gone. */
export function run(
  invocation: Invocation,
  { environment, ownProgram }: Pick<System, 'environment' | 'ownProgram'>,
): Result {
  const [named] = invocation.arguments
  const login = environment.variables['SHELL']?.split('/').at(-1)
  const shell = SHELLS.find((one) => one === (named ?? login))
  if (shell !== undefined) return success(shellFunctions(shell, ownProgram()))
  throw new UsageError(
    named === undefined
      ? `$SHELL names none of ${SHELLS.join(', ')}: write it like ai-costs shell-init bash`
      : `there is no shell "${named}" here: use one of ${SHELLS.join(', ')}`,
  )
}
