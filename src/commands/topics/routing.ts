import { type Section, prose, sample } from '../../core/manual.ts'

export const routing: Section = {
  title: 'routing',
  passages: [
    prose(
      'route prints exactly one model name: the first rule of model-router.yaml whose pattern is found in the prompt, ' +
        'else default; then a cheaper model, once a budget has reached a step of downgrade. It never upgrades, takes ' +
        'only steps that are proven cheaper by both prices, and leaves prompts alone that match protect. MODEL, when ' +
        'given, skips the rules but not the budgets. A prompt is matched and never kept.',
    ),
    sample(
      'rules:',
      '  - { pattern: "format|lint", model: claude-haiku-4-5, reason: "mechanical" }',
      'default: claude-sonnet-5',
      'downgrade:',
      '  budgets: [daily, weekly, monthly]',
      '  steps: [{ at: 0.80, model: claude-haiku-4-5 }]',
      '  protect: "security|audit"',
    ),
    sample(
      'claude --model "$(ai-costs route --fallback sonnet)"',
      'git diff | ai-costs route --prompt - --explain',
      'ai-costs decisions list               # every downgrade, and what it stood on',
    ),
  ],
}
