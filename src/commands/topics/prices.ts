import { type Section, prose, sample } from '../../core/manual.ts'

export const prices: Section = {
  title: 'prices',
  passages: [
    prose(
      'In US dollars per million tokens, dated, and applied record by record at the price of its day. The first that ' +
        'knows a model wins: your prices.yaml, what models update wrote, the shipped table; prices of a project only ' +
        'fill gaps. A name is looked up exactly, then as an alias, then without provider, cloud version and date; ' +
        'never by guessing, so claude-opus-4-5 is not priced as claude-opus-4.',
    ),
    prose(
      'cost_mode: auto takes the cost that a tool recorded, else the price table; recorded or computed take only one ' +
        'of them. A model without a price is named, with the line to add.',
    ),
    sample(
      'ai-costs models list opus',
      'ai-costs models show claude-opus-4-5-20251101',
      'ai-costs models add acme-1 --input 1.00 --output 4.00 --from 2026-01-01',
      'ai-costs models update --dry-run      # the network, only when you say so',
      'ai-costs explain                      # how the cost of a session came about',
    ),
  ],
}
