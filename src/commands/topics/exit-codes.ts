import { type Section, type Term, prose, terms } from '../../core/manual.ts'

/** Who exits how; the help of the program ends with it. */
export const EXIT_CODES: readonly Term[] = [
  ['check, status', '0 ok or no data, 1 warning, 2 critical, 3 cannot tell'],
  ['route', '0, 1 nothing matched, 3 cannot tell; with --fallback always 0'],
  ['hook', '0, or 2 when a budget blocks'],
  ['others', '0 done, 1 not saved or not printed, 3 when settings or the ledger cannot be read'],
  ['everywhere', '64 wrong usage (3 for check, 0 for hook), 70 an internal error'],
]

export const exitCodes: Section = {
  title: 'exit-codes',
  passages: [
    terms(...EXIT_CODES),
    prose(
      'Nothing but a proven critical budget ever exits with 2, because that is what agents take for "block". With ' +
        'check, --fail-on turns lower levels into 0, --strict makes 3 of anything that could not be read, priced or ' +
        'dated, and --require-data makes 3 of having no data.',
    ),
  ],
}
