import { type Section, prose, sample } from '../../core/manual.ts'

export const sessions: Section = {
  title: 'sessions',
  passages: [
    prose(
      'A session by hand is a stretch of work with a name. One runs for each ledger, in as many terminals as you ' +
        'like, until it is ended; then a report in Markdown lies in reports/ beside the ledger. What agents use in ' +
        'the same project meanwhile counts by itself: log only what no hook and no import brings in.',
    ),
    sample(
      'ai-costs session start "JWT development" --model claude-sonnet-5',
      'ai-costs session log 1500 800 "token validation"',
      'ai-costs session quick review "security audit"   # typical tokens, an estimate',
      'ai-costs session end',
      'eval "$(ai-costs shell-init bash)"               # claude-start and others',
    ),
    prose(
      'Tasks are what an orchestrator hands out. Hooks and log label what they bring in with AI_COSTS_TASK and ' +
        'AI_COSTS_ENHANCEMENT of their environment; task extract labels a transcript, also one that was imported.',
    ),
    sample(
      'ai-costs task extract task_17 ~/.claude/projects/shop/abc123.jsonl --enhancement login',
      'ai-costs task show task_17 --json',
      'ai-costs task enhancement login                  # and its budgets',
    ),
  ],
}
