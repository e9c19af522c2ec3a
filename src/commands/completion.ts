import { type Result, success } from '../core/result.ts'
import { bashCompletion } from './completion-bash.ts'
import { fishCompletion } from './completion-fish.ts'
import { lookedUp } from './completion-lookup.ts'
import { zshCompletion } from './completion-zsh.ts'
import { type Grammar, type Invocation, UsageError, choiceOf, valueOf } from './command.ts'
import type { JudgingSystem } from './desk.ts'
import { type Completed, LOOKUPS, completedOf } from './offer.ts'

/** Adding a shell is one file and one line here. */
const SHELLS: ReadonlyMap<string, (commands: readonly Completed[], bare: string) => string> = new Map([
  ['bash', bashCompletion],
  ['zsh', zshCompletion],
  ['fish', fishCompletion],
])
const NAMES = [...SHELLS.keys()]

/** Options without a command are those of the pane. */
const BARE = 'watch'

export const grammar: Grammar = {
  name: 'completion',
  summary: 'print what makes your shell complete commands, options, budgets, models and sessions',
  arguments: [{ name: '[SHELL]', summary: NAMES.join(', '), words: NAMES }],
  options: {
    offer: {
      kind: 'value',
      choices: LOOKUPS,
      summary: 'what the scripts ask for while somebody types',
      isHidden: true,
    },
  },
  examples: [
    'ai-costs completion bash > ~/.local/share/bash-completion/completions/ai-costs',
    'ai-costs completion zsh > "${fpath[1]}/_ai-costs"',
    'ai-costs completion fish > ~/.config/fish/completions/ai-costs.fish',
    'eval "$(ai-costs completion bash)"',
  ],
}

/** Throws `UsageError`. */
export function run(
  invocation: Invocation,
  system: JudgingSystem,
  grammars: readonly Grammar[],
): Result | Promise<Result> {
  if (valueOf(invocation, 'offer') !== null) {
    return lookedUp(choiceOf(invocation, 'offer', LOOKUPS, 'budgets'), system)
  }
  const [shell] = invocation.arguments
  const script = SHELLS.get(shell ?? '')
  if (script === undefined) throw new UsageError(`name your shell: ai-costs completion ${NAMES.join('|')}`)
  return success(script(completedOf(grammars), BARE))
}
