import { type Section, prose, sample, terms } from '../../core/manual.ts'

export const settings: Section = {
  title: 'settings',
  passages: [
    prose(
      'Read from ~/.config/ai-costs (yours) and the nearest .ai-config from the working directory upward (the ' +
        "project's). --config DIR, or AI_CONFIG_DIR, replaces both. Budgets of both are all judged; for the rest the " +
        'project wins key by key. A cloned project is not trusted: webhooks, paths, sources, what is collected and ' +
        'cost_mode count only from yours.',
    ),
    terms(
      ['cost-limits.yaml', 'budgets, thresholds, notifications, time zone'],
      ['model-router.yaml', 'which model a prompt deserves, and cheaper ones as budgets fill'],
      ['prices.yaml', 'your own prices'],
    ),
    sample(
      'budgets:',
      '  daily: 10.00',
      '  per_session: 2.00',
      '  scoped:',
      '    - { name: opus, model: "claude-opus-*", daily: 4.00 }   # id opus/daily',
      'alerts: { threshold_warning: 0.80, threshold_critical: 0.95 }',
      'timezone: Europe/Berlin',
    ),
    prose(
      'A file sets exactly the budgets that it names; only without any file do the built-in limits hold (10 a day, 50 ' +
        'a week, 200 a month, 2 a session). A broken file is never replaced by defaults: the error names file, line, ' +
        'key and the fix.',
    ),
    sample(
      'ai-costs init                         # commented examples for this project',
      'ai-costs init --config ~/.config/ai-costs  # and for you',
      'ai-costs config                       # what holds, and where each came from',
    ),
  ],
}
