import { HOOK_AGENTS } from '../agents/hook-event.ts'
import { COMMON_OPTIONS, type Grammar } from './command.ts'

export const grammar: Grammar = {
  name: 'hook',
  summary: 'what agents call: before prompts and tools it warns, asks or blocks (2), after turns it imports',
  arguments: [
    { name: '[EVENT]', summary: "Codex's notify JSON; other agents write theirs to standard input" },
  ],
  options: {
    agent: {
      kind: 'value',
      placeholder: 'NAME',
      summary: 'who calls; without it the event tells',
      choices: HOOK_AGENTS,
    },
    ...COMMON_OPTIONS,
  },
  examples: ['ai-costs hook < event.json', 'ai-costs init --tool claude-code'],
  usageExit: 0,
}
