import { type Section, prose, sample } from '../../core/manual.ts'

export const reports: Section = {
  title: 'reports',
  passages: [
    prose(
      'report tells what was spent on what, and how that compares. Days are those of the time zone of your settings; ' +
        '--date, --month, --since with --until, and --all say which, and labels (--project, --model, --tool and ' +
        'others) narrow it. Totals are those of check and of the pane, ' +
        'and one that lacks what has no price says so.',
    ),
    sample(
      'ai-costs report                       # today',
      'ai-costs report weekly --date yesterday',
      'ai-costs report model --month 2025-12 --format html > models.html',
      'ai-costs report --date yesterday --save  # kept in reports/ beside the ledger',
      'ai-costs summary month --project my-app',
      'ai-costs export --format csv > records.csv',
    ),
    prose(
      'Names that come from outside are made harmless in every format: no formula, no markup, no escape.',
    ),
  ],
}
