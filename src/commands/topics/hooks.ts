import { type Section, prose, sample, terms } from '../../core/manual.ts'

export const hooks: Section = {
  title: 'hooks',
  passages: [
    prose(
      'hook is what agents call: before prompts and tools it warns, asks or blocks, after turns it imports. What it ' +
        'does at critical is alerts.action, or the action of a budget, in cost-limits.yaml:',
    ),
    terms(
      ['warn', 'a message, once in a session for each budget and level'],
      ['pause', 'the user is asked before a tool is used'],
      ['block', 'exit 2 with the reason and the way out on standard error'],
    ),
    prose(
      'Only what is proven blocks. Trouble of ours never stops an agent: it goes on within a second, and what went ' +
        'wrong is a line in errors.log beside the ledger.',
    ),
    sample(
      'ai-costs init --tool claude-code,codex --dry-run',
      'ai-costs init --tool claude-code --undo',
      'ai-costs allow --during 30m           # hooks block nothing for a while, on record',
      'ai-costs raise daily +5 --until tonight  # a higher limit for a while',
    ),
  ],
}
