import { type Section, prose, sample } from '../../core/manual.ts'

export const billing: Section = {
  title: 'billing',
  passages: [
    prose(
      'A project has its code in .claude/project-code.txt and its expenses in .claude/billing.json. Who is billed ' +
        'how stands in billing.json beside your settings: by retainer, at the cost of the models (api), by the ' +
        'session (subscription), or not at all (internal). Expenses belong to each month of their term, to every ' +
        'third or twelfth month from their start_date on, or to the month of their date.',
    ),
    sample(
      'ai-costs invoice --month 2025-12',
      'ai-costs invoice --month 2025-12 --client "Example Ltd" --format html > invoice.html',
    ),
    prose(
      'Prepaid credits go down by what was used after the balance was set. Whether ANTHROPIC_API_KEY is set tells ' +
        'an API key from a subscription; the key itself is never looked at.',
    ),
    sample(
      'ai-costs credits set 876              # then credits add 100 for a top-up',
      'ai-costs credits                      # what is left, and until when',
      'ai-costs project my-app --json        # what it has cost in its whole life',
    ),
  ],
}
