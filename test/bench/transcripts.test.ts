import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { TranscriptTruth } from './kit/transcript-truth.ts'
import { createTranscripts } from './kit/transcripts.ts'

const END = Date.UTC(2025, 11, 15)

/** What a line may hold that says what was used. */
interface Line {
  readonly type?: string
  readonly isSidechain?: boolean
  readonly message?: {
    readonly id: string
    readonly model: string
    readonly usage?: Readonly<Record<string, number>>
  }
}

describe('generated transcripts', () => {
  it('add up to the truth beside them, each response once and as it ended', () => {
    const { folder, truth } = createTranscripts(temporaryDirectory(), 8, END)
    const last = new Map<string, Readonly<Record<string, number>>>()
    let tellings = 0
    for (const { type, message } of linesIn(folder)) {
      if (type !== 'assistant' || message?.usage === undefined || message.model === '<synthetic>') continue
      tellings++
      const known = last.get(message.id)
      const isMore = (message.usage['output_tokens'] ?? 0) >= (known?.['output_tokens'] ?? 0)
      if (isMore) last.set(message.id, message.usage)
    }
    const sum = (key: string): number =>
      [...last.values()].reduce((total, usage) => total + (usage[key] ?? NaN), 0)
    truth.expect('a careful reader', {
      input: sum('input_tokens'),
      output: sum('output_tokens'),
      read: sum('cache_read_input_tokens'),
      written: sum('cache_creation_input_tokens'),
    })
    expect({ responses: last.size, tellings }).toEqual({
      responses: truth.responses,
      tellings: truth.tellings,
    })
    expect(JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'))).toEqual(truth.toJSON())
  })

  it('have the same bytes for the same seed, and others for another', () => {
    expect(linesOf(1)).toEqual(linesOf(1))
    expect(linesOf(2)).not.toEqual(linesOf(1))
  })

  it('are of the size that was asked for', () => {
    const { truth } = createTranscripts(temporaryDirectory(), 3, END)
    expect(truth.bytes / 1e6).toBeGreaterThanOrEqual(3)
    expect(truth.bytes / 1e6).toBeLessThan(4)
  })
})

it('a reader that counts otherwise is told so', () => {
  const truth = new TranscriptTruth()
  truth.add({ input: 1, output: 2, read: 3, written: 4 })
  expect(() => truth.expect('somebody', { input: 1, output: 3, read: 3, written: 4 })).toThrow(
    'somebody counts {"input":1,"output":3,"read":3,"written":4}, the truth is {"input":1,"output":2,"read":3,"written":4}',
  )
})

function linesOf(seed: number): readonly Line[] {
  return linesIn(createTranscripts(temporaryDirectory(), 1, END, seed).folder)
}

/** Every line that is whole. */
function linesIn(folder: string): readonly Line[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1))
    .map((line) => JSON.parse(line) as Line)
}
