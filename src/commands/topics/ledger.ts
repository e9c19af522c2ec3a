import { type Section, prose, sample, terms } from '../../core/manual.ts'

export const ledger: Section = {
  title: 'ledger',
  passages: [
    prose(
      'sessions.jsonl in the ledger directory: one JSON object per line, append-only, the only truth. The directory ' +
        'is --dir, else AI_COST_DIR, else the nearest .ai-costs from the working directory upward, else ~/.ai-costs. ' +
        'Any script may append, in one write per line; timestamp, session_id, model and tokens are enough.',
    ),
    sample(
      '{"timestamp":"2025-12-15T14:30:00Z","session_id":"abc123","model":"claude-sonnet-4",',
      ' "input_tokens":12000,"output_tokens":4500,"cache_read_tokens":8000}',
    ),
    terms(
      ['input_tokens', 'uncached input only'],
      ['id', 'lines that share one are one record, so a retry is harmless'],
      ['cost_usd', 'what it cost; without it the price of its day counts'],
      [
        'project, tool, task_type',
        'and task_id, enhancement, project_code: labels that budgets and reports go by',
      ],
    ),
    prose(
      'Lines that cannot be read are counted and named, and cost no neighbour its record. What has no price is never ' +
        'zero: totals become "at least". Everything else in the directory is a cache, a log or a report; ' +
        'state/ may be deleted at any time.',
    ),
    sample(
      'ai-costs import                       # what tools wrote down, each response once',
      'ai-costs log claude-sonnet-4 12000 4500 8000  # one record by hand',
      'ai-costs doctor                       # what is found, readable and priced',
    ),
  ],
}
