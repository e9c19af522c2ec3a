import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { ancestors, inLedgerOrder, isLedgerFile, placeLedger } from '../../src/system/ledger-place.ts'

describe('the ledger is found', () => {
  interface Found {
    readonly given?: string
    readonly fromVariable?: string
    readonly directories?: readonly string[]
    readonly at?: string
  }

  test.each<[why: string, found: Found, directory: string, project: string | null, explicit: boolean]>([
    ['where --dir says', { given: '/a', fromVariable: '/b' }, '/a', null, true],
    ['where AI_COST_DIR says', { fromVariable: '/b', directories: ['/p/.ai-costs'] }, '/b', null, true],
    ['elsewhere for an empty AI_COST_DIR', { fromVariable: '' }, '/home/u/.ai-costs', null, false],
    [
      'in the folder itself',
      { directories: ['/p/x/.ai-costs', '/p/.ai-costs'] },
      '/p/x/.ai-costs',
      '/p/x',
      false,
    ],
    [
      'in the nearest folder above',
      { directories: ['/p/.ai-costs', '/.ai-costs'] },
      '/p/.ai-costs',
      '/p',
      false,
    ],
    ['in the root', { directories: ['/.ai-costs'] }, '/.ai-costs', '/', false],
    ['at home, which is no project', {}, '/home/u/.ai-costs', null, false],
    [
      'at home from below home too',
      { directories: ['/home/u/.ai-costs'], at: '/home/u/code/x' },
      '/home/u/.ai-costs',
      null,
      false,
    ],
  ])('%s', (_, found, directory, projectDirectory, explicit) => {
    const place = placeLedger({
      given: found.given ?? null,
      fromVariable: found.fromVariable,
      workingDirectory: found.at ?? '/p/x',
      home: '/home/u',
      isDirectory: (path) => found.directories?.includes(path) ?? false,
    })
    expect(place).toEqual({ directory, path: `${directory}/sessions.jsonl`, projectDirectory, explicit })
  })

  it('looking from the folder up to the root', () => {
    expect(ancestors('/a/b/c')).toEqual(['/a/b/c', '/a/b', '/a', '/'])
    expect(ancestors('/')).toEqual(['/'])
  })
})

test.each<[name: string, isOne: boolean]>([
  ['sessions.jsonl', true],
  ['sessions.jsonl.1', true],
  ['sessions.jsonl.12', true],
  ['sessions-2025.jsonl', true],
  ['sessions-2025-12.jsonl', true],
  ['sessions.jsonl.gz', false],
  ['sessions.jsonl.1.gz', false],
  ['sessions.jsonl.1234567', false],
  ['sessions.jsonl~', false],
  ['.sessions.jsonl.swp', false],
  ['mysessions.jsonl', false],
  ['sessions.json', false],
  ['alerts.log', false],
  ['state', false],
])('%s is a file of the ledger: %s', (name, isOne) => {
  expect(isLedgerFile(name)).toBe(isOne)
})

describe('files are read oldest first', () => {
  const ORDERED = [
    'sessions-2024.jsonl',
    'sessions-2025.jsonl',
    'sessions.jsonl.10',
    'sessions.jsonl.9',
    'sessions.jsonl.1',
    'sessions.jsonl',
  ]

  it('whatever order the folder lists them in', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(ORDERED, { minLength: ORDERED.length }), (names) => {
        expect(inLedgerOrder(names)).toEqual(ORDERED)
      }),
    )
  })
})
