import { NAMED_TOOLS } from '../core/tool-names.ts'
import { COMMON_OPTIONS, type Grammar, JSON_OPTION } from './command.ts'

export const grammar: Grammar = {
  name: 'route',
  summary: 'print the one model to use: rules, budgets and prices decide; 1 nothing matched, 3 cannot tell',
  arguments: [{ name: '[MODEL]', summary: 'the model that was asked for; without it the rules choose' }],
  options: {
    prompt: {
      kind: 'value',
      placeholder: 'TEXT',
      isVerbatim: true,
      summary: 'what the model will be asked, matched and never kept; - reads standard input',
    },
    project: { kind: 'value', placeholder: 'NAME', summary: 'for budgets of projects' },
    tool: {
      kind: 'value',
      placeholder: 'NAME',
      summary: 'print the name that this tool has for the model; for budgets of tools',
      choices: NAMED_TOOLS,
    },
    session: {
      kind: 'value',
      placeholder: 'ID',
      summary: 'do not raise the model again within this session',
    },
    fallback: { kind: 'value', placeholder: 'MODEL', summary: 'print this one, and exit 0, in any trouble' },
    explain: { kind: 'flag', summary: 'say on standard error how it came about' },
    ...JSON_OPTION,
    ...COMMON_OPTIONS,
  },
  examples: [
    'claude --model "$(ai-costs route --fallback sonnet)"',
    'ai-costs route --prompt "rename a variable" --explain',
    'ai-costs route claude-opus-5 --tool openrouter < /dev/null',
  ],
}
