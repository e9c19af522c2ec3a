import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { type SourceOf, doTasks, isForAnyThread, takeTasks } from '../../src/commands/transcript-tasks.ts'
import { sourceNamed } from '../../src/sources/index.ts'
import { Unreadable } from '../../src/system/file-system.ts'
import type { TranscriptContent } from '../../src/system/read-transcript.ts'
import type {
  RunningThread,
  TranscriptOutcome,
  TranscriptTask,
  TranscriptThread,
} from '../../src/system/transcript-thread.ts'

const task = (path: string, source = 'claude-code', size = 10): TranscriptTask => ({
  source,
  file: { path, name: path, ino: 1, size, mtime: 0 },
  mark: null,
})

const content = (path: string): TranscriptContent => ({
  told: [],
  tellings: 0,
  repeats: { count: 0, sums: [] },
  counts: { damaged: 0, strange: 0, synthetic: 0, repeated: 0, forked: 0, placeholder: 0, estimated: 0 },
  bytes: path.length,
  mark: { ino: 1, size: 1, mtime: 0, offset: 0, guard: 0, state: path, strange: 0 },
})

function reading(read: (path: string) => TranscriptContent = content) {
  const paths: string[] = []
  const transcripts = {
    read: (_: unknown, { path }: { readonly path: string }) => {
      paths.push(path)
      return read(path)
    },
  }
  return { paths, transcripts }
}

const failing = (error: Error): TranscriptOutcome => {
  const { transcripts } = reading(() => {
    throw error
  })
  const [done] = doTasks([task('/t')], [], sourceNamed, { ...transcripts, thread: null })
  if (done === undefined) throw new Error('nothing was done')
  return done[1]
}

describe('a task that cannot be done says why', () => {
  it('with the fix', () => {
    const error = new Unreadable('/t', 'cannot be read (EACCES)', 'give this user the right to read it')
    expect(failing(error)).toEqual({
      kind: 'failed',
      reason: 'cannot be read (EACCES): give this user the right to read it',
    })
  })

  it('with the word of the system', () => {
    const error = Object.assign(new Error('bad disk'), { code: 'EIO' })
    expect(failing(error)).toEqual({ kind: 'failed', reason: 'cannot be read (EIO): look at the file' })
  })

  it('but not where the mistake is ours', () => {
    expect(() => failing(new TypeError('no such field'))).toThrow('no such field')
  })

  it('and which source nobody knows', () => {
    const { paths, transcripts } = reading()
    expect([
      ...doTasks([task('/t', 'acme')], [], sourceNamed, { ...transcripts, thread: null }),
    ]).toMatchObject([[{}, { kind: 'failed', reason: 'is of an unknown source "acme"' }]])
    expect(paths).toEqual([])
  })
})

it('takes each task once, however many take them', () => {
  const tasks = ['/a', '/b', '/c', '/d'].map((path) => task(path))
  const taken = new Int32Array(new SharedArrayBuffer(4))
  const { paths, transcripts } = reading()
  const one = takeTasks(tasks, taken, sourceNamed, transcripts)
  const other = takeTasks(tasks, taken, sourceNamed, transcripts)
  const first = one.next().value?.[0]
  const rest = [...other].map(([nth]) => nth)
  expect([first, rest, [...one]]).toEqual([0, [1, 2, 3], []])
  expect(paths).toEqual(['/a', '/b', '/c', '/d'])
})

it('leaves databases and sources of the settings to the first thread', () => {
  const known: SourceOf = sourceNamed
  const isShared = (source: string): boolean => isForAnyThread(task('/t', source), known)
  expect(['claude-code', 'droid', 'opencode', 'acme'].map(isShared)).toEqual([true, true, false, false])
})

/** A thread that does every other task as the first one goes along, and dies after so many. */
function threadThatDies(after: number, log: string[]): TranscriptThread {
  return {
    fromBytes: 20,
    begin(tasks, taken): RunningThread {
      const inbox: (readonly [number, TranscriptOutcome])[] = []
      let done = 0
      const work = (): void => {
        const nth = Atomics.add(taken, 0, 1)
        if (nth >= tasks.length || done++ >= after) return
        log.push(`other ${tasks[nth]!.file.path}`)
        inbox.push([nth, { kind: 'read', content: content(tasks[nth]!.file.path) }])
      }
      return {
        finished() {
          work()
          return inbox.splice(0)
        },
        wait: () => {
          work()
          return inbox.length > 0
        },
        stop: () => log.push('stop'),
      }
    },
  }
}

describe('two threads', () => {
  it('hand out all tasks in their order, whoever did them and whenever one of them died', () => {
    fc.assert(
      fc.property(fc.nat(12), fc.nat(3), fc.nat(14), (shared, own, after) => {
        const log: string[] = []
        const { paths, transcripts } = reading()
        const names = Array.from({ length: shared }, (_, nth) => `/shared-${nth}`)
        const last = Array.from({ length: own }, (_, nth) => `/own-${nth}`)
        const tasks = names.map((path) => task(path))
        const all = doTasks(
          tasks,
          last.map((path) => task(path)),
          sourceNamed,
          {
            ...transcripts,
            thread: threadThatDies(after, log),
          },
        )
        const done = [...all].map(([{ file }, outcome]) => {
          expect(outcome).toEqual({ kind: 'read', content: content(file.path) })
          return file.path
        })
        expect(done).toEqual([...names, ...last])
        const others = log.filter((entry) => entry.startsWith('other')).map((entry) => entry.slice(6))
        expect(new Set([...paths, ...others])).toEqual(new Set(done))
        // Where there is too little to do, no thread begins.
        expect(log.includes('stop')).toBe(shared >= 2)
      }),
    )
  })

  it('stop when whoever asked has enough', () => {
    const log: string[] = []
    const { transcripts } = reading()
    const tasks = Array.from({ length: 8 }, (_, nth) => task(`/${nth}`))
    const steps = doTasks(tasks, [], sourceNamed, { ...transcripts, thread: threadThatDies(99, log) })
    steps.next()
    steps.return(undefined)
    expect(log.at(-1)).toBe('stop')
  })

  it('are one where no other can be had', () => {
    const { paths, transcripts } = reading()
    const thread: TranscriptThread = { fromBytes: 0, begin: () => null }
    const done = [...doTasks([task('/a'), task('/b')], [task('/c')], sourceNamed, { ...transcripts, thread })]
    expect([done.length, paths]).toEqual([3, ['/a', '/b', '/c']])
  })
})
