import { describe, expect, it } from 'vitest'

import { parseMoney } from '../../src/core/money.ts'
import { sessionsCsv, sessionsHeaderProblem } from '../../src/sources/sessions-csv.ts'
import { CANARY, keepsItsPromises, read } from './told.ts'

const PATH = '/roots/sessions.csv'

const HEADER =
  'Timestamp,Session ID,Project,Project_Code,Model,Input Tokens,Output Tokens,Cache-Read,Cache Write,Cost (USD),Duration,First prompt\n'
const ROW = `2026-02-15T10:00:00Z,s-1,servicetitan,ALD-SERVICETITAN,claude-sonnet-5,"1,200",300,5000,100,$0.12,1:30,"${CANARY}, with
a second line"\n`

keepsItsPromises(sessionsCsv, HEADER.replace('Project,', 'X,') + ROW, PATH)

describe('a row of sessions.csv', () => {
  it('is a record of a whole session', () => {
    expect(read(sessionsCsv, HEADER + ROW, PATH).told).toMatchObject([
      {
        record: {
          id: 'sessions-csv:s-1:claude-sonnet-5',
          timestamp: Date.UTC(2026, 1, 15, 10),
          sessionId: 's-1',
          project: 'servicetitan',
          projectCode: 'ALD-SERVICETITAN',
          model: 'claude-sonnet-5',
          inputTokens: 1200,
          outputTokens: 300,
          cacheReadTokens: 5000,
          cacheWriteTokens: 100,
          costUsd: parseMoney('0.12'),
          durationSeconds: 90,
          aggregate: true,
        },
      },
    ])
  })

  it.each([
    ['date,input,output\n2026-02-15,10,5\n', 10],
    ['START;SESSION;Tokens In;tokens.out\n2026-02-15;s;10;5\n', 10],
    ['\uFEFFdate\tinput_tokens\toutput_tokens\r\n2026-02-15\t10\t5\r\n', 10],
    ['output tokens,"input\ttokens",started_at\n5,10,2026-02-15\n', 10],
    ['code,time,cost\nX,2026-02-15,0.5\n', 0],
  ])('is found by the names of the columns: %j', (text, inputTokens) => {
    expect(read(sessionsCsv, text, PATH).told).toMatchObject([
      { record: { timestamp: Date.UTC(2026, 1, 15), inputTokens } },
    ])
  })

  it('without a session is known by its text, wherever it stands', () => {
    const [a, b] = idsOf('date,cost\n2026-02-15,1\n2026-02-16,1\n')
    expect(a).not.toBe(b)
    expect(idsOf('date,cost\n2026-02-16,1\n2026-02-15,1\n')).toEqual([b, a])
  })

  it('of a session that was told before is a telling of the same record', () => {
    const text = 'date,session,model,cost\n2026-02-15,s,m,1\n2026-02-15,s,m,2\n2026-02-15,s,n,1\n'
    expect(read(sessionsCsv, text, PATH).told.map(({ record }) => record.id)).toEqual([
      'sessions-csv:s:m',
      'sessions-csv:s:m',
      'sessions-csv:s:n',
    ])
  })

  it('with an impossible number is left out and counted, and the next one is read', () => {
    const text = 'date,input,output\n2026-02-15,-1,5\n2026-02-15,ten,5\n2026-02-15,1e3,5\n2026-02-15,1,5\n'
    const { told, counts } = read(sessionsCsv, text, PATH)
    expect(told).toHaveLength(1)
    expect(counts.strange).toBe(3)
  })

  it('may be shorter than the first one', () => {
    expect(read(sessionsCsv, 'date,cost,model\n2026-02-15,1\n2026\n', PATH).told).toHaveLength(1)
  })

  it('behind a quote that is never closed is read, and the damage counted', () => {
    const { told, counts } = read(sessionsCsv, 'date,cost,note\n2026-02-15,1,"x\n2026-02-16,2,y\n', PATH)
    expect(told).toHaveLength(2)
    expect(counts.damaged).toBe(1)
  })
})

describe('a table without the columns that it takes', () => {
  it.each([
    ['date,cost', null],
    ['date,input,output', null],
    [
      'input,output',
      'sessions.csv has no column for the time (such as `date` or `timestamp`): give the first row such a name',
    ],
    [
      'date,input',
      'sessions.csv has no column for what was used (`input_tokens` and `output_tokens`, or `cost_usd`): give the first row such a name',
    ],
    [
      'a,b',
      'sessions.csv has no column for the time (such as `date` or `timestamp`) nor for what was used (`input_tokens` and `output_tokens`, or `cost_usd`): give the first row such a name',
    ],
  ])('is told so: %s', (header, sentence) => {
    expect(sessionsHeaderProblem(`${header}\n`)).toBe(sentence)
  })

  it('is counted as strange, and an empty one as nothing', () => {
    expect(read(sessionsCsv, 'a,b\n1,2\n', PATH)).toMatchObject({ told: [], counts: { strange: 1 } })
    expect(read(sessionsCsv, '\n', PATH)).toMatchObject({ told: [], counts: { strange: 0 } })
  })
})

function idsOf(text: string): readonly string[] {
  return read(sessionsCsv, text, PATH).told.map(({ record }) => record.id)
}
