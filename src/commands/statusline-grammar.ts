import { STATUS_AGENTS } from '../agents/status-input.ts'
import { STATUS_FORMATS } from '../core/answers/statusline.ts'
import { COMMON_OPTIONS, type Grammar } from './command.ts'

export const grammar: Grammar = {
  name: 'statusline',
  summary: "one line for an agent's status bar or tmux; the agent's JSON comes on standard input",
  arguments: [],
  options: {
    agent: {
      kind: 'value',
      placeholder: 'NAME',
      summary: 'the agent whose JSON is sure to come, as the installer writes it',
      choices: STATUS_AGENTS,
    },
    format: {
      kind: 'value',
      placeholder: 'FORMAT',
      summary: 'text (coloured for an agent, or with FORCE_COLOR), tmux, plain or json (default: text)',
      choices: STATUS_FORMATS,
    },
    template: {
      kind: 'value',
      placeholder: 'TEXT',
      isVerbatim: true,
      summary:
        'names in braces: {today} {limit} {percent} {level} {session} {cache} {5h} {5h_resets} {7d} {7d_resets} {week} {month} {model} {project} {context} {stops}; {{ is a brace',
    },
    ...COMMON_OPTIONS,
  },
  examples: [
    "ai-costs statusline --template '{today} of {limit}, {session} here'",
    "tmux set -g status-right '#(ai-costs statusline --format tmux)'",
  ],
}
