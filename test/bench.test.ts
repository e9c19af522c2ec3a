import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Benchmark, Unit } from './bench/benchmark.ts'
import * as registry from './bench/benchmarks/index.ts'
import { createProject } from './bench/kit/project.ts'
import { enoughRounds } from './bench/kit/rounds.ts'
import { usageLines } from './bench/kit/usage-lines.ts'
import { type Estimate, estimate, exactly, exponentOf, rangeRanks } from './bench/statistics.ts'
import { type Outcome, allHeld, markdownTable, valueText, verdictOn } from './bench/table.ts'
import { temporaryDirectory } from './kit/temporary-directory.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const BENCHMARKS: readonly Benchmark[] = Object.values(registry)

describe('the registry', () => {
  it('has every file of its folder, each by its name', () => {
    const files = readdirSync(join(ROOT, 'test/bench/benchmarks')).filter((file) => file !== 'index.ts')
    expect(BENCHMARKS.map(({ name }) => `${name}.ts`).toSorted()).toEqual(files.toSorted())
  })

  it('asks each question once', () => {
    const questions = BENCHMARKS.map(({ what }) => what)
    expect(new Set(questions).size).toBe(questions.length)
  })
})

describe('an estimate', () => {
  it.each([
    // What tables of the binomial distribution say for the median.
    [5, 0.5, 1, 5],
    [6, 0.5, 1, 6],
    [7, 0.5, 1, 7],
    [8, 0.5, 1, 8],
    [9, 0.5, 2, 8],
    [11, 0.5, 2, 10],
    [20, 0.5, 6, 15],
    [41, 0.5, 14, 28],
    [100, 0.5, 40, 61],
    // And for the 95th of a hundred.
    [200, 0.95, 184, 197],
    [2000, 0.5, 956, 1045],
  ])('of %i values at %f ranges from rank %i to rank %i', (count, share, low, high) => {
    expect(rangeRanks(count, share)).toEqual({ low, high })
  })

  it('holds the true quantile in at least 95 % of all cases', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 400 }), (count) => {
        const { low, high } = rangeRanks(count, 0.5)
        expect(coverage(count, low, high)).toBeGreaterThanOrEqual(0.95)
        if (low > 1) expect(coverage(count, low + 1, high - 1)).toBeLessThan(0.95)
      }),
    )
  })

  it('is the middle of the values, whatever their order, inside of its range', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }),
        fc.constantFrom(0.5, 0.95),
        (values, share) => {
          const { middle, low, high } = estimate(values, share)
          expect(middle).toBeGreaterThanOrEqual(low)
          expect(middle).toBeLessThanOrEqual(high)
          expect(estimate(values.toReversed(), share)).toEqual({ middle, low, high })
        },
      ),
    )
  })

  it.each([
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 2, 3], 0.5, 2.5],
    [[7], 0.5, 7],
    [Array.from({ length: 101 }, (_, nth) => nth), 0.95, 95],
  ])('of %j at %f is %f', (values, share, middle) => {
    expect(estimate(values, share).middle).toBe(middle)
  })

  it('of nothing is refused', () => {
    expect(() => estimate([])).toThrow('at least one value')
  })
})

describe('the exponent', () => {
  it('of any power law is found', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        fc.double({ min: 0.001, max: 1000, noNaN: true }),
        (exponent, factor) => {
          const points = [1e4, 1e5, 1e6].map((x) => [x, factor * x ** exponent] as const)
          expect(exponentOf(points)).toBeCloseTo(exponent, 9)
        },
      ),
    )
  })

  it('fits between points that lie on no curve', () => {
    expect(
      exponentOf([
        [1, 1],
        [10, 100],
        [100, 100],
      ]),
    ).toBeCloseTo(1, 9)
  })
})

describe('the number of rounds', () => {
  it.each([
    [80, 41],
    [1001, 11],
    [20_000, 7],
  ])('for one of %i ms is %i', (milliseconds, rounds) => {
    expect(enoughRounds(milliseconds)).toBe(rounds)
  })
})

describe('a bound', () => {
  it.each([
    ['held', range(1.0, 1.1), 1.2],
    ['held', range(1.1, 1.4), 1.2],
    ['held', range(1.2, 1.4), 1.2],
    ['missed', range(1.21, 1.4), 1.2],
    ['held', exactly(0), 0],
    ['missed', exactly(1), 0],
    ['–', range(9, 10), undefined],
  ])('is %s by %j at most %f', (verdict, estimated, bound) => {
    expect(verdictOn(estimated, bound)).toBe(verdict)
  })

  it.each([
    ['fails the run when it is missed', false, measured('ratio', range(1.3, 1.4))],
    ['that is held does not', true, measured('ratio', range(1, 1.4))],
    ['of a benchmark that failed does', false, failed()],
    ['of a skipped benchmark does not', true, skipped()],
    ['of a peer that is absent does not', true, withoutPeer()],
  ])('%s', (_, held, outcome) => {
    expect(allHeld([measured('ratio', exactly(1)), outcome])).toBe(held)
  })
})

describe('the table', () => {
  it('says what was measured, how well, and what was promised', () => {
    const ratio = measured('ratio', { middle: 1.084, low: 1.06, high: 1.3 })
    const bytes = measured('written', range(200, 206), 'bytes')
    expect(markdownTable([ratio, bytes, withoutPeer(), skipped(), failed()])).toMatchInlineSnapshot(`
      "| benchmark | result [95 % range] | bound | |
      |---|---|---|---|
      | a against b | 1.08 [1.06, 1.30] | ≤ 1.20 | held |
      | a against b: written | 203 bytes [200, 206] |  | – |
      | a against b: jq | skipped: not installed: jq |  |  |
      | a against b | skipped: not installed: jq |  |  |
      | a against b | failed: ended with 3: a \\| b |  | failed |
      "
    `)
  })

  it.each([
    [1.084, 'ratio', '1.08'],
    [10.84, 'ratio', '10.8'],
    [108.4, 'ratio', '108'],
    [0.5, 'ratio', '0.50'],
    [1 / 512, 'ratio', '1/512'],
    [0, 'ratio', '0.00'],
    [0.983, 'exponent', '0.98'],
    [7.71, 'ms', '7.7 ms'],
    [0.0833, '%', '0.08 %'],
    [49.4, 'MB', '49 MB'],
    [203, 'bytes', '203 bytes'],
    [0, 'count', '0'],
  ] as const)('writes %f as a %s: %s', (value, unit, text) => {
    expect(valueText(value, unit)).toBe(text)
  })
})

describe('a generated ledger', () => {
  const period = { records: 500, end: Date.UTC(2025, 11, 15), days: 400 }
  const bytes = (seed: number): string => Array.from(usageLines(seed, period), ({ text }) => text).join('\n')

  it('has the same bytes for the same seed, on every machine', () => {
    expect(createHash('sha256').update(bytes(1)).digest('hex').slice(0, 16)).toBe('a530e53033447629')
    expect(bytes(2)).not.toBe(bytes(1))
  })

  it('adds up to the truth beside it, also after an append', async () => {
    const project = await createProject(temporaryDirectory(), 400)
    await project.append(7)
    const records = readFileSync(project.ledger, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly cost_usd: number })
    const microdollars = records.reduce((sum, { cost_usd }) => sum + Math.round(cost_usd * 1e6), 0)
    expect(records).toHaveLength(407)
    expect(project.truth.records).toBe(407)
    expect(project.truth.spent('0000', '9999')).toBe(microdollars)
    expect(JSON.parse(readFileSync(join(project.folder, 'truth.json'), 'utf8'))).toMatchObject({
      records: 407,
    })
  })

  it('gives its processes no NODE_EXTRA_CA_CERTS, whatever is set here', async () => {
    const { env } = await createProject(temporaryDirectory(), 1)
    expect(Object.keys(env)).not.toContain('NODE_EXTRA_CA_CERTS')
  })
})

describe('npm run bench', () => {
  it('measures one benchmark to the end, checks its answers, and leaves nothing behind', () => {
    const temporary = temporaryDirectory()
    const { status, stdout } = bench(['check-cold-10k', '--rounds', '3'], { TMPDIR: temporary })
    expect(stdout).toMatch(
      /^\| `check` of 10,000 records .* \| \d[\d.]* \[\d[\d.]*, \d[\d.]*\] \| {2}\| – \|$/m,
    )
    expect(stdout).toContain(`Node ${process.versions.node}`)
    expect(status).toBe(0)
    expect(readdirSync(temporary)).toEqual([])
  })

  it('lists its benchmarks', () => {
    const { stdout } = bench(['--list'])
    for (const { name } of BENCHMARKS) expect(stdout).toContain(`${name} `)
  })

  it.each([
    [['no-such-benchmark'], 'no benchmark is called no-such-benchmark: --list has their names'],
    [['--rounds', 'ten'], '--rounds is "ten": give a whole number above 0'],
  ])('refuses %j, and says what to do', (args, sentence) => {
    const { status, stderr } = bench(args)
    expect(stderr).toContain(sentence)
    expect(status).toBe(64)
  })
})

function bench(args: readonly string[], change: Readonly<Record<string, string>> = {}) {
  const entry = ['--import', './test/bench/typescript.mjs', 'test/bench/main.ts']
  const options = { cwd: ROOT, env: { ...process.env, ...change }, encoding: 'utf8' } as const
  return spawnSync(process.execPath, [...entry, ...args], options)
}

function range(low: number, high: number): Estimate {
  return { middle: (low + high) / 2, low, high }
}

/** How probable it is that the median lies between two ranks: Pascal's triangle, row by row. */
function coverage(count: number, low: number, high: number): number {
  let row = [1]
  for (let n = 1; n <= count; n++) {
    row = Array.from({ length: n + 1 }, (_, k) => ((row[k - 1] ?? 0) + (row[k] ?? 0)) / 2)
  }
  return row.slice(low, high).reduce((sum, share) => sum + share, 0)
}

const A_AGAINST_B: Benchmark = {
  name: 'a-against-b',
  what: 'a against b',
  bounds: { ratio: 1.2 },
  run: async () => [],
}

function measured(name: string, of: Estimate, unit: Unit = 'ratio'): Outcome {
  return { kind: 'measured', benchmark: A_AGAINST_B, measures: [{ name, unit, estimate: of }] }
}

function withoutPeer(): Outcome {
  const measures = [{ name: 'jq', skipped: 'not installed: jq' }]
  return { kind: 'measured', benchmark: A_AGAINST_B, measures }
}

function skipped(): Outcome {
  return { kind: 'skipped', benchmark: A_AGAINST_B, skipped: 'not installed: jq' }
}

function failed(): Outcome {
  return { kind: 'failed', benchmark: A_AGAINST_B, message: 'ended with 3:\na | b' }
}
