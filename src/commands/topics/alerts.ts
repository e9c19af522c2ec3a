import { type Section, prose, sample } from '../../core/manual.ts'

export const alerts: Section = {
  title: 'alerts',
  passages: [
    prose(
      'Raised by check, hooks, the status line and the pane when a budget reaches its warning or critical threshold, ' +
        'or one of your marks: once for each budget, period or session, threshold and limit, over restarts and any ' +
        'number of processes. They are on record in alerts.log, above the numbers of the pane, on the desktop, and ' +
        'at a webhook when you set one.',
    ),
    sample(
      'alerts: { marks: [0.50, 0.90] }',
      'notifications:',
      '  desktop: true',
      '  quiet: "22:00-07:00"',
      '  webhook: https://hooks.slack.com/services/KEY   # in your own settings only',
    ),
    sample(
      'ai-costs alerts test                  # tries every way to tell you',
      'ai-costs alerts list --since 24h',
      'ai-costs alerts snooze 1h             # off ends it',
    ),
  ],
}
