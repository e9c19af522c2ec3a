import { assert, array as arrayOf, constantFrom, integer, property, string as anyText } from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { fromJSONSchema } from 'zod'
import { parseTemplate } from '../../../src/core/answers/status-template.ts'
import {
  type StatusQuestion,
  answerStatusTrouble,
  answerStatusline,
} from '../../../src/core/answers/statusline.ts'
import type { Judgement } from '../../../src/core/judgement.ts'
import type { StatusEvent } from '../../../src/core/status-event.ts'
import { textWidth } from '../../../src/formats/pad.ts'
import { aBudget, usd } from '../../kit/a-budget.ts'
import { usage } from '../../kit/fold-lines.ts'
import { ACTS_ON_A_TERMINAL } from '../../kit/hostile.ts'
import { instant } from '../../kit/fold-lines.ts'
import { aJudgement } from './a-judgement.ts'

const EVENT: StatusEvent = {
  sessionId: 's1',
  cwd: '/home/u/shop',
  model: 'Opus 5',
  project: 'folder',
  costUsd: usd('0.4213'),
  contextPercent: 8,
  fiveHour: null,
  sevenDay: null,
}

const PLAIN: StatusQuestion = {
  event: null,
  format: 'plain',
  template: null,
  colour: false,
  columns: null,
  isAscii: false,
}

const TEN_A_DAY = [aBudget('daily', '10'), aBudget('weekly', '50'), aBudget('per_session', '2')]

/** A day that cost so much, most of it in another session. */
function day(spent: string, budgets = TEN_A_DAY, rest: Partial<Judgement> = {}): Judgement {
  const lines = [
    usage({ id: 'a', cost_usd: '0.42', project: 'shop', input_tokens: 29, cache_read_tokens: 71 }),
    usage({
      id: 'b',
      cost_usd: spent,
      session_id: 's2',
      input_tokens: 0,
      output_tokens: 1,
      timestamp: EARLIER,
    }),
  ]
  return aJudgement({ lines, budgets }, rest)
}

const EARLIER = '2025-12-15T08:00:00Z'

function line(
  judgement: Judgement,
  question: Partial<StatusQuestion> = {},
  stops: number | null = null,
): string {
  const { stdout, stderr, exitCode } = answerStatusline({ ...PLAIN, ...question }, judgement, { stops })
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  if (typeof stdout !== 'string') throw new Error('the line comes in pieces')
  expect(stdout.match(/\n/g)).toHaveLength(1)
  return stdout.slice(0, -1)
}

function templated(
  template: string,
  judgement: Judgement,
  question: Partial<StatusQuestion> = {},
  stops = 2,
) {
  const parsed = parseTemplate(template)
  if (parsed.kind === 'wrong') throw new Error(`${parsed.stray} is no name`)
  return line(judgement, { ...question, template: parsed.pieces }, stops)
}

describe('a status line', () => {
  it('shows the day, the session and the cache', () => {
    expect(line(day('2.68'), { event: EVENT })).toBe('today $3.10/$10 31% · session $0.42 · cache 71%')
  })

  it('without an agent is about the session of the newest record', () => {
    expect(line(day('2.68'))).toBe('today $3.10/$10 31% · session $0.42 · cache 71%')
  })

  it.each([
    ['7.68', 'today $8.10/$10 81% ▲ warning'],
    ['9.18', 'today $9.60/$10 96% ■ critical'],
    ['10.08', 'today $10.50/$10 105% ■ over'],
    ['999.58', 'today $1,000.00/$10 >999% ■ over'],
  ])('says in words that $%s more is not well', (spent, said) => {
    expect(line(day(spent, [aBudget('daily', '10')]), { event: EVENT })).toMatch(said)
  })

  it('has room for one more budget, that which stands worst', () => {
    const budgets = [aBudget('daily', '10'), aBudget('weekly', '3'), aBudget('monthly', '3.5')]
    expect(line(day('2.68', budgets))).toBe(
      'week $3.10/$3 103% ■ over · today $3.10/$10 31% · session $0.42 · cache 71%',
    )
  })

  it('leaves out the budgets of other projects, models and sessions', () => {
    const budgets = [
      ...TEN_A_DAY,
      aBudget('daily', '0.01', { project: 'other' }),
      aBudget('per_session', '0.5'),
    ]
    expect(line(day('2.68', budgets), { event: EVENT })).toBe(
      'today $3.10/$10 31% · session $0.42/$0.50 84% ▲ warning · cache 71%',
    )
  })

  it('begins with the week where the day has no budget', () => {
    expect(line(day('2.68', [aBudget('weekly', '50')]), { event: EVENT })).toMatch(
      /^week \$3\.10\/\$50 6% · session/,
    )
  })

  it('without any budget says what the sessions of the day add up to, at least', () => {
    expect(line(day('2.68', []), { event: EVENT })).toMatch(/^today ≥\$3\.10 · session \$0\.42/)
  })

  it('has no percentage of a limit of zero', () => {
    expect(line(day('1', [aBudget('daily', '0')]), { event: EVENT })).toMatch(/^today \$1\.42\/\$0 ■ over · /)
  })

  it('says at least, where something has no price', () => {
    const lines = [
      usage({ id: 'a', cost_usd: '3', session_id: 's1' }),
      usage({ id: 'b', model: 'acme', session_id: 's1' }),
    ]
    expect(line(aJudgement({ lines, budgets: TEN_A_DAY.slice(0, 1) }), { event: EVENT })).toMatch(
      /^today ≥\$3\.00\/\$10 30% ▲ warning · session ≥\$3\.00/,
    )
  })

  it('takes the agent’s word for a session that the ledger does not know yet', () => {
    const event = { ...EVENT, sessionId: 'new' }
    expect(line(day('2.68'), { event })).toMatch(/ · session ~\$0\.42 · /)
    expect(line(day('2.68'), { event: { ...event, costUsd: null } })).toBe('today $3.10/$10 31% · cache 71%')
  })

  it('of an empty ledger says so, and what the agent knows', () => {
    const empty = aJudgement({ lines: [], budgets: TEN_A_DAY }, { allRecords: 0, hasLedger: false })
    expect(line(empty)).toBe('no data')
    expect(line(empty, { event: EVENT })).toBe('no data · session ~$0.42')
  })

  it('shows how much of the plan is used, and when it begins anew', () => {
    const event = {
      ...EVENT,
      fiveHour: { usedPercent: 42.9, resetsAt: instant('2025-12-15T16:40:30Z') },
      sevenDay: { usedPercent: 18, resetsAt: null },
    }
    expect(line(day('2.68'), { event })).toMatch(/ · 5h 42% resets 2h10m · 7d 18%$/)
    const past = { ...event, fiveHour: { usedPercent: 42, resetsAt: 0 }, sevenDay: null }
    expect(line(day('2.68'), { event: past })).toMatch(/ · 5h 42%$/)
  })

  it('counts the turns that providers stopped, once there are any', () => {
    expect(line(day('2.68'), {}, 1)).toMatch(/ · session \$0\.42 · 1 stopped turn · cache 71%$/)
    expect(line(day('2.68'), {}, 3)).toMatch(/ · 3 stopped turns · /)
    expect(line(day('2.68'), {}, 0)).not.toMatch(/stopped/)
  })

  it('needs nothing but ASCII where the locale has no more', () => {
    expect(line(day('9.18'), { event: EVENT, isAscii: true })).toBe(
      'today $9.60/$10 96% CRIT | session $0.42 | cache 71%',
    )
  })
})

describe('the room of a status line', () => {
  const event = { ...EVENT, fiveHour: { usedPercent: 42, resetsAt: null } }

  it.each([
    [200, 'today $3.10/$10 31% · session $0.42 · cache 71% · 5h 42%'],
    [56, 'today $3.10/$10 31% · session $0.42 · cache 71% · 5h 42%'],
    [55, 'today $3.10/$10 31% · session $0.42 · cache 71%'],
    [40, 'today $3.10/$10 31% · session $0.42'],
    [20, 'today $3.10/$10 31%'],
    [12, 'today $3.10…'],
    [1, '…'],
  ])('of %i columns holds %j', (columns, expected) => {
    expect(line(day('2.68'), { event, columns })).toBe(expected)
  })

  it('is never exceeded, whatever a model is called', () => {
    assert(
      property(anyText({ unit: 'grapheme' }), integer({ min: 1, max: 60 }), (model, columns) => {
        const text = templated('{model}·{today} of {limit}', day('2.68'), {
          event: { ...EVENT, model },
          columns,
        })
        expect(textWidth(text)).toBeLessThanOrEqual(columns)
      }),
    )
  })
})

describe('the formats of a status line', () => {
  it.each([
    ['text', true, '\x1b[1;31mtoday $10.50/$10 105% ■ over\x1b[0m\x1b[2m · \x1b[0msession $0.42'],
    ['text', false, 'today $10.50/$10 105% ■ over · session $0.42'],
    ['plain', true, 'today $10.50/$10 105% ■ over · session $0.42'],
    ['tmux', false, '#[fg=red,bold]today $10.50/$10 105% ■ over#[default]#[dim] · #[default]session $0.42'],
  ] as const)('%s (colour: %s) paints %j', (format, colour, expected) => {
    expect(line(day('10.08', [aBudget('daily', '10')]), { event: EVENT, format, colour, columns: 50 })).toBe(
      expected,
    )
  })

  it('let no foreign text give a command to tmux, and leave the user’s own', () => {
    const event = { ...EVENT, model: '#(reboot)#[fg=red]' }
    expect(templated('#[bold]{model}', day('2.68'), { event, format: 'tmux' })).toBe(
      '#[bold]##(reboot)##[fg=red]',
    )
  })

  it('let no foreign text act on a terminal or begin a line', () => {
    assert(
      property(anyText({ unit: 'binary' }), constantFrom('text', 'tmux', 'plain', 'json'), (name, format) => {
        const event = { ...EVENT, model: name, project: name, sessionId: name }
        const text =
          format === 'json'
            ? line(day('2.68'), { event, format })
            : templated(`{model} {project} ${name.replaceAll(/[{}]/g, '')}`, day('2.68'), { event, format })
        expect(text).not.toMatch(ACTS_ON_A_TERMINAL)
      }),
    )
  })
})

describe('a template', () => {
  it.each([
    ['{today} of {limit}, {percent}', '$3.10 of $10, 31%'],
    ['{level}', 'ok'],
    ['{session} {cache}', '$0.42 71%'],
    ['{week} {month}', '$3.10 –'],
    ['{5h} {5h_resets} {7d} {7d_resets}', '42% 1h30m – –'],
    ['{model} in {project}', 'Opus 5 in shop'],
    ['{context} {stops}', '8% 2'],
    ['{{today}} {{{today}}}', '{today} {$3.10}'],
    ['', ''],
    ['nothing', 'nothing'],
  ])('%j reads %j', (template, expected) => {
    const event = { ...EVENT, fiveHour: { usedPercent: 42, resetsAt: instant('2025-12-15T16:00:00Z') } }
    expect(templated(template, day('2.68'), { event })).toBe(expected)
  })

  it('colours a value by how its budget stands', () => {
    const question = { event: EVENT, format: 'text', colour: true } as const
    expect(templated('{today} {week}', day('9.18'), question)).toBe('\x1b[1;31m$9.60\x1b[0m $9.60')
  })

  it('says of an empty ledger that nothing is known', () => {
    const empty = aJudgement({ lines: [], budgets: TEN_A_DAY }, { allRecords: 0 })
    expect(templated('{today} {percent} {session} {cache} {week}', empty)).toBe('– – – – –')
  })

  it.each([
    ['{tody}', '{tody}'],
    ['{}', '{}'],
    ['{today', '{'],
    ['today}', '}'],
    ['{a{today}}', '{'],
    ['{constructor}', '{constructor}'],
  ])('%j is wrong about %j', (template, stray) => {
    expect(parseTemplate(template)).toEqual({ kind: 'wrong', stray })
  })

  it('of any text is read to its end or refused', () => {
    assert(
      property(arrayOf(constantFrom('{', '}', 'today', ' ', 'x')), (words) => {
        const parsed = parseTemplate(words.join(''))
        if (parsed.kind === 'wrong') return
        const back = parsed.pieces.map((piece) =>
          piece.kind === 'value' ? `{${piece.name}}` : piece.text.replace(/[{}]/, '$&$&'),
        )
        expect(back.join('')).toBe(words.join(''))
      }),
    )
  })
})

describe('the JSON of a status line', () => {
  const schema = fromJSONSchema(
    JSON.parse(readFileSync(new URL('../../../config/statusline.schema.json', import.meta.url), 'utf8')),
  )
  const json = (judgement: Judgement, question: Partial<StatusQuestion> = {}): unknown => {
    const value: unknown = JSON.parse(line(judgement, { ...question, format: 'json' }, 2))
    expect(schema.safeParse(value).error?.issues ?? []).toEqual([])
    return value
  }

  it('has every number behind the line', () => {
    const event = { ...EVENT, fiveHour: { usedPercent: 42, resetsAt: instant('2025-12-15T16:00:00Z') } }
    expect(json(day('7.68'), { event })).toEqual({
      schema: 1,
      level: 'warning',
      as_of: '2025-12-15T14:30:00Z',
      has_data: true,
      today_usd: 8.1,
      today_lower_bound: false,
      budgets: [
        budget('daily', null, 8.1, 10, 0.81, 'warning'),
        budget('per_session', 's1', 0.42, 2, 0.21, 'ok'),
        budget('weekly', null, 8.1, 50, 0.162, 'ok'),
      ],
      session: { id: 's1', cost_usd: 0.42, source: 'ledger', lower_bound: false },
      cache_hit_ratio: 0.71,
      five_hour: { used_percent: 42, resets_at: '2025-12-15T16:00:00Z' },
      seven_day: null,
      context_percent: 8,
      model: 'Opus 5',
      project: 'shop',
      stops: 2,
    })
  })

  it('of an empty ledger has no numbers, and of a new session the agent’s', () => {
    const empty = aJudgement({ lines: [], budgets: [] }, { allRecords: 0 })
    expect(json(empty)).toMatchObject({ has_data: false, today_usd: null, session: null, model: null })
    const session = { id: 's1', cost_usd: 0.4213, source: 'agent', lower_bound: false }
    expect(json(empty, { event: EVENT })).toMatchObject({ session })
  })

  it('in trouble says which', () => {
    const { stdout } = answerStatusTrouble({ ...PLAIN, format: 'json' }, [TROUBLE])
    const value: unknown = JSON.parse(String(stdout))
    expect(schema.safeParse(value).error?.issues ?? []).toEqual([])
    expect(value).toEqual({ schema: 1, level: 'unknown', error: TROUBLE })
  })
})

const TROUBLE = {
  file: '/p/cost-limits.yaml',
  line: 2,
  column: 3,
  message: 'budgets.daily is -5',
  fix: 'write 5',
}

test.each([
  [TROUBLE, 'ai-costs: settings broken (ai-costs check says where)\n'],
  [{ ...TROUBLE, file: '/p/sessions.jsonl' }, 'ai-costs: cannot tell (ai-costs check says why)\n'],
  [{ ...TROUBLE, file: null }, 'ai-costs: cannot tell (ai-costs check says why)\n'],
])('in trouble the line leads to check', (trouble, stdout) => {
  expect(answerStatusTrouble(PLAIN, [trouble])).toEqual({ stdout, stderr: '', exitCode: 0 })
})

function budget(
  id: string,
  session: string | null,
  spent: number,
  limit: number,
  ratio: number,
  level: string,
) {
  const rest = { spent_usd: spent, limit_usd: limit, ratio, level, exceeded: false, lower_bound: false }
  return { id, session_id: session, ...rest }
}
