import * as fc from 'fast-check'
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'

import type { ImportRequest } from '../../src/commands/import-request.ts'
import { NotSaved } from '../../src/system/ledger-append.ts'
import { LedgerReader } from '../../src/system/ledger-reader.ts'
import { foldMaker } from '../kit/fold-lines.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { type AResponse, aResponse, responseLines, transcriptTree } from '../kit/transcripts.ts'
import { SYSTEM, anImporter, claudeFiles, importAll, onlySource, requestFor } from './importing.ts'
import { TroubledImport, anyAction } from './troubled-import.ts'

let root = ''
let directory = ''
beforeEach(() => {
  root = temporaryDirectory()
  directory = join(root, '.ai-costs')
})

function write(name: string, text: string): void {
  const path = join(root, 'transcripts', name)
  mkdirSync(dirname(path), { recursive: true })
  appendFileSync(path, text)
}

function tell(name: string, ...responses: readonly Partial<AResponse>[]): void {
  write(name, responses.map((one) => `${responseLines(aResponse(one), 2).join('\n')}\n`).join(''))
}

/** An import by a process of its own. */
function run(change: Partial<ImportRequest> = {}) {
  return importAll(anImporter(requestFor(directory, change)), claudeFiles(join(root, 'transcripts')))
}

const scope = (change: Partial<ImportRequest['scope']>): Partial<ImportRequest> => ({
  scope: { program: 'test', project: null, since: null, ...change },
})

function records(): Record<string, unknown>[] {
  const path = join(directory, 'sessions.jsonl')
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  return text
    .split('\n')
    .filter(Boolean)
    .map((line): Record<string, unknown> => JSON.parse(line))
}

const messages = () => records().map(({ id }) => String(id).split(':')[1])

/** Everything that the ledger adds up to. */
function totals() {
  const reader = new LedgerReader(directory, foldMaker())
  reader.look()
  const { cells } = reader.fold.rollup
  const sum = (column: ArrayLike<number>): number =>
    Array.from({ length: cells.size }, (_, row) => column[row]!).reduce((a, b) => a + b, 0)
  const all = {
    records: sum(cells.records),
    input: sum(cells.inputTokens),
    output: sum(cells.outputTokens),
    read: sum(cells.cacheReadTokens),
  }
  reader.close()
  return all
}

describe('whatever happens to transcripts, importers and the ledger', () => {
  const actions = fc.array(anyAction, { maxLength: 16 })

  it('each response counts once, with its largest count, and none that was brought in is lost', () => {
    const base = temporaryDirectory()
    let nth = 0
    fc.assert(
      fc.property(actions, fc.boolean(), (sequence, isAnew) => {
        const place = join(base, String(nth++))
        const trouble = new TroubledImport(place)
        for (const action of sequence) trouble.apply(action)
        trouble.apply({ kind: isAnew ? 'import anew' : 'import' })
        const told = trouble.told()
        for (const key of trouble.sure.keys()) expect([...told.keys()]).toContain(key)
        for (const [key, output] of told) {
          const [least, most] = [trouble.sure.get(key) ?? 0, trouble.possible.get(key) ?? 0]
          expect([key, output >= least, output <= most], `${output} not in ${least}..${most}`).toEqual([
            key,
            true,
            true,
          ])
        }
        rmSync(place, { recursive: true })
      }),
      { numRuns: 120 },
    )
  })
})

describe('a tree of transcripts', () => {
  it('comes to what its responses truly used', () => {
    const tree = transcriptTree(7, 12, ['/home/u/app'])
    for (const [name, text] of tree.files) write(name, text)
    const report = onlySource(run())
    const sum = (amountOf: (one: AResponse) => number): number =>
      tree.responses.reduce((total, one) => total + amountOf(one), 0)
    const expected = {
      records: tree.responses.length,
      input: sum(({ input }) => input),
      output: sum(({ output }) => output),
      read: sum(({ read }) => read),
    }
    expect(totals()).toEqual(expected)
    expect(report).toMatchObject({
      responses: tree.responses.length,
      tellings: tree.tellings,
      files: tree.files.size,
    })
    expect(report.retold).toBeGreaterThan(0)
    expect(report.repeated + report.retold + report.responses).toBe(tree.tellings)
    expect(report.tally.counts().synthetic).toBeGreaterThan(0)
    expect(report.naiveUsd).toBeGreaterThan(report.costUsd)

    const before = readFileSync(join(directory, 'sessions.jsonl'))
    expect(onlySource(run())).toMatchObject({ responses: 0, filesRead: 0 })
    rmSync(join(directory, 'state'), { recursive: true })
    expect(onlySource(run())).toMatchObject({ responses: 0, filesRead: tree.files.size })
    expect(readFileSync(join(directory, 'sessions.jsonl'))).toEqual(before)
  })

  it('that comes bit by bit comes to the same', () => {
    const tree = transcriptTree(8, 6, ['/home/u/app'])
    const importer = anImporter(requestFor(directory, { isLive: true }))
    // Cut anywhere, in the middle of lines and of characters.
    for (const part of [0, 1, 2]) {
      for (const [name, text] of tree.files) {
        const bytes = Buffer.from(text)
        const third = Math.ceil(bytes.length / 3)
        const path = join(root, 'transcripts', name)
        mkdirSync(dirname(path), { recursive: true })
        appendFileSync(path, bytes.subarray(part * third, (part + 1) * third))
      }
      importAll(importer, claudeFiles(join(root, 'transcripts')))
    }
    expect(totals()).toMatchObject({
      records: tree.responses.length,
      output: tree.responses.reduce((total, { output }) => total + output, 0),
    })
  })
})

describe('an import that cannot save', () => {
  it('says so, and the next one loses nothing, whichever append it was', () => {
    const many = Array.from({ length: 300 }, (_, nth) => ({ message: `m${nth}`, request: `q${nth}` }))
    tell('p/s-1.jsonl', ...many)
    for (let last = 0, isOver = false; !isOver; last++) {
      let count = 0
      const append: typeof SYSTEM.ledger.append = (...call) => {
        if (count++ === last) throw new NotSaved('the disk is full')
        SYSTEM.ledger.append(...call)
      }
      rmSync(directory, { recursive: true, force: true })
      const full = anImporter(requestFor(directory), { ...SYSTEM, ledger: { ...SYSTEM.ledger, append } })
      const files = claudeFiles(join(root, 'transcripts'))
      try {
        importAll(full, files)
        isOver = true
      } catch (error) {
        expect(error).toBeInstanceOf(NotSaved)
        expect(records().length).toBeLessThan(300)
        // The same process tries again, and then another one.
        if (last % 2 === 0) count = last + 1
        else run()
        importAll(full, files)
      }
      expect(new Set(messages()).size).toBe(300)
      expect(records()).toHaveLength(300)
      expect(last).toBeLessThan(20)
    }
  })

  it('writes whole records in pieces that one write holds', () => {
    tell(
      'p/s-1.jsonl',
      ...Array.from({ length: 300 }, (_, nth) => ({ message: `größe-${nth}`, request: `q${nth}` })),
    )
    const sizes: number[] = []
    const append: typeof SYSTEM.ledger.append = (path, lines, durability) => {
      sizes.push(Buffer.byteLength(lines))
      for (const line of lines.split('\n')) JSON.parse(line)
      SYSTEM.ledger.append(path, lines, durability)
    }
    const importer = anImporter(requestFor(directory), { ...SYSTEM, ledger: { ...SYSTEM.ledger, append } })
    importAll(importer, claudeFiles(join(root, 'transcripts')))
    expect(sizes.length).toBeGreaterThan(1)
    expect(Math.max(...sizes)).toBeLessThan(64 << 10)
  })
})

describe('a project', () => {
  beforeEach(() => {
    tell('p/s-1.jsonl', { message: 'at', cwd: '/w/app' }, { message: 'below', cwd: '/w/app/src' })
    tell(
      'p/s-2.jsonl',
      { message: 'beside', cwd: '/w/app-2' },
      { message: 'above', cwd: '/w' },
      { message: 'nowhere', cwd: '' },
    )
  })

  it('gets what was done at or below it', () => {
    const report = onlySource(run(scope({ project: '/w/app' })))
    expect(messages()).toEqual(['at', 'below'])
    expect(report).toMatchObject({ responses: 2, elsewhere: 3 })
  })

  it('gets the rest when all is asked for later', () => {
    run(scope({ project: '/w/app' }))
    expect(onlySource(run())).toMatchObject({ responses: 3, elsewhere: 0 })
    expect(new Set(messages())).toEqual(new Set(['at', 'below', 'beside', 'above', 'nowhere']))
    expect(records()).toHaveLength(5)
  })

  it('that is the root has everything below it', () => {
    run(scope({ project: '/' }))
    expect(messages()).toEqual(['at', 'below', 'beside', 'above'])
  })
})

const day = (nth: number): number => Date.UTC(2025, 11, nth)

describe('since an instant', () => {
  beforeEach(() => {
    tell(
      'p/s-1.jsonl',
      { message: 'old', at: day(1) },
      { message: 'edge', at: day(10) },
      { message: 'new', at: day(20) },
    )
  })

  it('what is older is left out', () => {
    expect(onlySource(run(scope({ since: day(10) })))).toMatchObject({ responses: 2, earlier: 1 })
    expect(messages()).toEqual(['edge', 'new'])
  })

  it('and brought in when more is asked for later', () => {
    run(scope({ since: day(15) }))
    run(scope({ since: day(5) }))
    expect(messages()).toEqual(['new', 'edge'])
    run()
    expect(messages()).toEqual(['new', 'edge', 'old'])
    expect(onlySource(run(scope({ since: day(15) })))).toMatchObject({ filesRead: 0 })
  })

  it('less than before is nothing new, and does not make later questions blind', () => {
    run(scope({ since: day(5) }))
    run(scope({ since: day(15) }))
    tell('p/s-1.jsonl', { message: 'late', at: day(7) })
    run(scope({ since: day(5) }))
    expect(messages()).toEqual(['edge', 'new', 'late'])
  })
})

describe('a dry run', () => {
  it('says what would come in, and leaves no trace', () => {
    tell('p/s-1.jsonl', {}, { message: 'msg_2' })
    expect(onlySource(run({ dryRun: true }))).toMatchObject({ responses: 2 })
    expect(existsSync(directory)).toBe(false)
    expect(onlySource(run())).toMatchObject({ responses: 2 })
    const before = readFileSync(join(directory, 'state/imported'), 'utf8')
    tell('p/s-1.jsonl', { message: 'msg_3' })
    expect(run({ dryRun: true })).toMatchObject({ dryRun: true, sources: [{ responses: 1 }] })
    expect([readFileSync(join(directory, 'state/imported'), 'utf8'), records().length]).toEqual([before, 2])
  })
})

describe('what is said of each record', () => {
  it('has the labels of the import', () => {
    tell('p/s-1.jsonl', {})
    run({ labels: { taskId: 'T-7', enhancement: 'faster' } })
    expect(records()).toMatchObject([{ task_id: 'T-7', enhancement: 'faster', cost_source: 'table' }])
  })

  it('has the project, and the code to bill', () => {
    const folder = join(root, 'shop/src')
    mkdirSync(folder, { recursive: true })
    mkdirSync(join(root, 'shop/.git'))
    mkdirSync(join(root, 'shop/.claude'))
    writeFileSync(join(root, 'shop/.claude/project-code.txt'), 'ACME-17\n')
    tell('p/s-1.jsonl', { cwd: folder })
    run()
    expect(records()).toMatchObject([
      { project: 'shop', project_code: 'ACME-17', branch: 'main', session_id: 's-1' },
    ])
  })

  it('has what it cost then: 12 input, 3 cache writes for an hour, 5 for five minutes', () => {
    const price = { input: 1000, output: 100, read: 20_000, written5m: 5000, written1h: 3000 }
    tell('p/s-1.jsonl', price)
    run()
    // Per million: 3 input, 15 output, 0.30 read, 3.75 and 6 written.
    expect(records()).toMatchObject([{ cost_usd: 0.003 + 0.0015 + 0.006 + 0.01875 + 0.018 }])
  })

  it('has no cost where the model has no price, and the model is named', () => {
    tell('p/s-1.jsonl', { model: 'acme-1', input: 100, output: 10, read: 1, written5m: 2, written1h: 3 })
    const { unpriced } = run()
    expect(unpriced).toEqual([{ model: 'acme-1', responses: 1, tokens: 116 }])
    expect(records()[0]).not.toHaveProperty('cost_usd')
  })
})

it('warns of a file with lines that it cannot understand, by its name', () => {
  const [line = ''] = responseLines(aResponse())
  write('p/s-1.jsonl', `${line.replace('"input_tokens":10', '"input_tokens":-10')}\n`)
  write('p/s-2.jsonl', `${line.slice(0, -40)}\n`)
  const { warnings } = run()
  expect(warnings.map(({ path }) => path)).toEqual(
    ['s-1', 's-2'].map((name) => join(root, `transcripts/p/${name}.jsonl`)),
  )
})

it('lets another version of the program read everything again', () => {
  tell('p/s-1.jsonl', {})
  run()
  expect(onlySource(run(scope({ program: 'a later one' })))).toMatchObject({ filesRead: 1, responses: 0 })
})

describe('a later process knows what the ledger holds', () => {
  it.each([
    ['from what was written down', ''],
    ['from the ledger, where the ids were lost', 'state/imported-ids'],
    ['from the ledger, where all was lost', 'state'],
  ])('%s', (_, lost) => {
    tell('p/s-1.jsonl', { message: 'a' })
    run()
    if (lost !== '') rmSync(join(directory, lost), { recursive: true })
    tell('p/s-2.jsonl', { message: 'a', session: 's-2' }, { message: 'b', session: 's-2' })
    const [replay = ''] = responseLines(aResponse({ message: 'a', request: 'again' }), 1, true)
    write('p/s-1/subagents/agent-1.jsonl', `${replay}\n`)
    run()
    expect(messages()).toEqual(['a', 'b'])
  })
})

it('keeps what transcripts told after they are deleted', () => {
  tell('p/s-1.jsonl', { message: 'a' })
  run()
  rmSync(join(root, 'transcripts/p/s-1.jsonl'))
  tell('p/s-2.jsonl', { message: 'b' })
  run()
  expect(messages()).toEqual(['a', 'b'])
})
