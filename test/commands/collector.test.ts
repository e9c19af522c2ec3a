import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

import { expect, describe, it } from 'vitest'

import { Accounts, NOTHING_READ } from '../../src/commands/accounts.ts'
import { Collector } from '../../src/commands/collector.ts'
import { findAll } from '../../src/commands/import-sources.ts'
import { Importer } from '../../src/commands/importer.ts'
import { DEFAULTS } from '../../src/settings/defaults.ts'
import { claudeCode } from '../../src/sources/claude-code.ts'
import { lockImports } from '../../src/system/import-lock.ts'
import { aResponse, responseLines } from '../kit/transcripts.ts'
import { CollectingWorld, endingWithTheTest } from './collecting-world.ts'

/** One look at what may grow. */
const LOOK = 500
/** One look at everything. */
const TREE = 30_000

interface Collecting {
  readonly world: CollectingWorld
  readonly end: () => void
}

/** Begins to collect in a world. */
function collecting(world = new CollectingWorld()): Collecting {
  const { system, place } = world
  const accounts = new Accounts({ ...DEFAULTS, prices: [] }, NOTHING_READ, () => 'UTC', system.prices)
  const request = {
    ledger: place,
    scope: { program: 'test', project: null, since: null },
    dryRun: false,
    isLive: true,
    labels: { taskId: '', enhancement: '' },
  }
  const collector = new Collector(
    {
      importer: new Importer(request, accounts, system),
      find: () => findAll([claudeCode], new Map(), system),
      roots: [join(world.home, '.claude', 'projects')],
      ledgerDirectory: place.directory,
      onTrouble: (trouble) => void world.troubles.push(trouble),
    },
    system,
  )
  const end = endingWithTheTest(collector.start())
  world.settle()
  return { world, end }
}

describe('what is collected', () => {
  it('is there already, and brought in at once', () => {
    const world = new CollectingWorld()
    world.respond('app/a.jsonl', 'first')
    collecting(world)
    expect(world.messages()).toEqual(['first'])
  })

  it('grows, and is seen at the next look', () => {
    const { world } = collecting()
    world.respond('app/a.jsonl', 'first')
    world.pass(LOOK)
    world.respond('app/a.jsonl', 'second')
    world.pass(LOOK)
    world.respond('app/a.jsonl', 'third')
    world.pass(LOOK)
    expect(world.messages()).toEqual(['first', 'second', 'third'])
  })

  it('is each response once, however its lines arrive', () => {
    const { world } = collecting()
    const [early = '', late = ''] = responseLines(aResponse({ message: 'm', output: 400 }), 2)
    world.append(world.transcript('app/a.jsonl'), early)
    world.pass(LOOK)
    world.append(world.transcript('app/a.jsonl'), late)
    world.pass(LOOK)
    world.append(world.transcript('app/b.jsonl'), early, late)
    world.pass(LOOK)
    expect(world.records()).toMatchObject([{ output_tokens: 1 }, { output_tokens: 400 }])
    expect(new Set(world.records().map(({ id }) => id)).size).toBe(1)
  })

  it('waits for the end of a line', () => {
    const { world } = collecting()
    const [line = ''] = responseLines(aResponse({ message: 'm' }))
    world.respond('app/a.jsonl', 'first')
    world.pass(LOOK)
    appendFileSync(world.transcript('app/a.jsonl'), line.slice(0, 300))
    world.pass(LOOK)
    expect(world.messages()).toEqual(['first'])
    appendFileSync(world.transcript('app/a.jsonl'), `${line.slice(300)}\n`)
    world.pass(LOOK)
    expect(world.messages()).toEqual(['first', 'm'])
    expect(world.troubles).toEqual([])
  })

  it.each([
    ['a folder that is known', 'app/b.jsonl'],
    ['a new folder', 'other/b.jsonl'],
    ['a new folder of folders', 'other/b/subagents/agent-1.jsonl'],
  ])('turns up in %s, and is seen at the next look', (_, name) => {
    const { world } = collecting()
    world.respond('app/a.jsonl', 'first')
    world.pass(TREE + LOOK)
    world.respond(name, 'second')
    world.pass(LOOK)
    expect(world.messages()).toEqual(['first', 'second'])
  })

  it('turns up in a place that did not exist, and is seen at the next look', () => {
    const { world } = collecting()
    world.pass(3 * TREE)
    expect(world.system.files.exists(join(world.home, '.claude'))).toBe(false)
    world.respond('app/a.jsonl', 'first')
    world.pass(LOOK)
    expect(world.messages()).toEqual(['first'])
  })

  it('wakes up after an hour, and is seen within half a minute', () => {
    const { world } = collecting()
    world.respond('app/a.jsonl', 'first')
    world.pass(3_600_000)
    expect(world.messages()).toEqual(['first'])
    world.respond('app/a.jsonl', 'second')
    world.pass(TREE)
    world.respond('app/a.jsonl', 'third')
    world.pass(LOOK)
    expect(world.messages()).toEqual(['first', 'second', 'third'])
  })

  it('is replaced by another file, which is read from its beginning', () => {
    const { world } = collecting()
    world.respond('app/a.jsonl', 'first')
    world.pass(LOOK)
    world.append(`${world.transcript('app/a.jsonl')}.new`, ...responseLines(aResponse({ message: 'second' })))
    renameSync(`${world.transcript('app/a.jsonl')}.new`, world.transcript('app/a.jsonl'))
    world.pass(LOOK)
    expect(world.messages()).toEqual(['first', 'second'])
  })

  it('goes away, and what it said stays', () => {
    const { world } = collecting()
    world.respond('app/a.jsonl', 'first')
    world.pass(LOOK)
    rmSync(world.transcript('app'), { recursive: true })
    world.pass(TREE)
    world.respond('app/b.jsonl', 'second')
    world.pass(LOOK)
    expect(world.messages()).toEqual(['first', 'second'])
    expect(world.troubles).toEqual([])
  })
})

describe('while nothing happens', () => {
  it('everything is looked at twice a minute, and nothing is written', () => {
    const { world } = collecting()
    world.respond('app/a.jsonl', 'first')
    world.pass(2 * TREE)
    const { searches, saves } = world
    const ledger = readFileSync(world.place.path)
    world.pass(10 * TREE)
    expect(world.searches - searches).toBe(10)
    expect(world.saves - saves).toBeLessThanOrEqual(1)
    expect(readFileSync(world.place.path)).toEqual(ledger)
  })

  it('nothing is made', () => {
    const { world, end } = collecting()
    world.pass(3 * TREE)
    end()
    expect(world.system.files.exists(world.place.directory)).toBe(false)
  })
})

describe('how far it came', () => {
  it('is written down at most once a minute, and at the end', () => {
    const { world, end } = collecting()
    for (let second = 0; second < 150; second++) {
      world.respond('app/a.jsonl', `m${second}`)
      world.pass(1000)
    }
    expect(world.saves).toBe(2)
    expect(world.messages()).toHaveLength(150)
    end()
    expect(world.saves).toBe(3)
  })

  it('is where the next one goes on', () => {
    const first = collecting()
    first.world.respond('app/a.jsonl', 'first')
    first.world.pass(LOOK)
    first.end()
    first.world.respond('app/a.jsonl', 'second')
    collecting(first.world)
    expect(first.world.messages()).toEqual(['first', 'second'])
  })

  it('is not further than what was saved, when it ends in the middle', () => {
    const { world, end } = collecting()
    world.respond('app/a.jsonl', 'first')
    world.pass(LOOK)
    for (const name of ['b', 'c', 'd']) world.respond(`app/${name}.jsonl`, name)
    world.begin(LOOK)
    expect(world.step()).toBe(true)
    end()
    expect(world.messages()).toEqual(['first'])
    collecting(world)
    expect(world.messages().toSorted()).toEqual(['b', 'c', 'd', 'first'])
  })
})

describe('another importer', () => {
  it('is waited for, and what it brought is not brought again', () => {
    const { world } = collecting()
    world.respond('app/a.jsonl', 'first')
    world.pass(LOOK)
    const lock = lockImports(world.place.directory, Date.now)
    world.respond('app/a.jsonl', 'second')
    world.pass(10 * LOOK)
    expect(world.messages()).toEqual(['first'])
    lock?.release()
    world.pass(LOOK)
    expect(world.messages()).toEqual(['first', 'second'])
    expect(world.troubles).toEqual([])
  })

  it('waits as long as we are at work, however long that is', () => {
    const { world } = collecting()
    for (const name of ['a', 'b', 'c', 'd']) world.respond(`app/${name}.jsonl`, name)
    world.begin(LOOK)
    const isTheirTurn: boolean[] = []
    for (let isMore = true; isMore; isMore = world.step()) {
      world.now += 40_000
      isTheirTurn.push(lockImports(world.place.directory, () => world.now) !== null)
    }
    expect(isTheirTurn.length).toBeGreaterThan(3)
    expect(isTheirTurn.indexOf(true)).toBe(isTheirTurn.length - 1)
  })

  it('that brings in a message makes its replay under another request count once', () => {
    const { world, end } = collecting()
    world.respond('app/a.jsonl', 'first')
    world.pass(LOOK)
    end()
    const mine = collecting(world)
    const other = collecting(world)
    world.respond('app/a.jsonl', 'second')
    other.world.pass(LOOK)
    mine.end()
    other.end()
    const replay = responseLines(aResponse({ message: 'second', request: 'req_9' }), 1, true)
    world.append(world.transcript('app/s/subagents/agent-1.jsonl'), ...replay)
    collecting(world)
    expect(world.messages()).toEqual(['first', 'second'])
  })
})

describe('trouble', () => {
  it('with saving is said once, loses nothing, and is over within half a minute', () => {
    const { world } = collecting()
    mkdirSync(world.place.path, { recursive: true })
    world.respond('app/a.jsonl', 'first')
    world.pass(10 * LOOK)
    expect(world.troubles).toEqual([
      expect.stringContaining('.ai-costs holds a ledger that cannot be read (EISDIR): look at its files'),
    ])
    rmSync(world.place.path, { recursive: true })
    world.respond('app/a.jsonl', 'second')
    world.pass(TREE)
    expect(world.messages()).toEqual(['first', 'second'])
    expect(world.troubles.slice(1)).toEqual([null])
    world.respond('app/a.jsonl', 'third')
    world.pass(LOOK)
    expect(world.messages()).toEqual(['first', 'second', 'third'])
  })

  it('with a ledger that may not be appended to loses nothing either', () => {
    const { world } = collecting()
    world.respond('app/a.jsonl', 'first')
    world.pass(LOOK)
    const elsewhere = join(world.home, 'elsewhere.jsonl')
    renameSync(world.place.path, elsewhere)
    symlinkSync(elsewhere, world.place.path)
    world.respond('app/a.jsonl', 'second')
    world.pass(TREE)
    expect(world.troubles).toEqual([expect.stringContaining('is a symbolic link, nothing was saved')])
    rmSync(world.place.path)
    renameSync(elsewhere, world.place.path)
    world.pass(TREE)
    expect(world.messages()).toEqual(['first', 'second'])
    expect(world.troubles.slice(1)).toEqual([null])
  })

  it('with a place that is a file is said, and over when that has gone', () => {
    const { world } = collecting()
    writeFileSync(world.place.directory, 'precious')
    world.respond('app/a.jsonl', 'first')
    world.pass(LOOK)
    expect(world.troubles).toEqual([`${world.place.directory} is not a directory: move it away`])
    rmSync(world.place.directory)
    world.pass(TREE)
    expect(world.messages()).toEqual(['first'])
    expect(world.troubles.slice(1)).toEqual([null])
  })

  it('with one transcript is said, and the others are still followed', () => {
    const { world } = collecting()
    world.forbidden.add(world.transcript('app/a.jsonl'))
    world.respond('app/a.jsonl', 'first')
    world.respond('app/b.jsonl', 'second')
    world.pass(LOOK)
    expect(world.troubles).toEqual([
      `${world.transcript('app/a.jsonl')} cannot be read (EACCES): look at the file`,
    ])
    world.respond('app/b.jsonl', 'third')
    world.pass(LOOK)
    expect(world.messages()).toEqual(['second', 'third'])
    expect(world.troubles).toHaveLength(1)
    world.forbidden.clear()
    world.pass(TREE)
    expect(world.messages()).toEqual(['second', 'third', 'first'])
    expect(world.troubles.slice(1)).toEqual([null])
  })

  it('is taken away at the end', () => {
    const { world, end } = collecting()
    world.forbidden.add(world.transcript('app/a.jsonl'))
    world.respond('app/a.jsonl', 'first')
    world.pass(LOOK)
    end()
    expect(world.troubles.at(-1)).toBeNull()
  })
})

it('brings everything in anew when something was taken out of the ledger', () => {
  const { world } = collecting()
  world.respond('app/a.jsonl', 'first')
  world.respond('app/b.jsonl', 'second')
  world.pass(LOOK)
  writeFileSync(world.place.path, '')
  world.pass(TREE)
  expect(world.messages().toSorted()).toEqual(['first', 'second'])
})
