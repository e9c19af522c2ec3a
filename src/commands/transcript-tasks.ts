import type { Source } from '../sources/source.ts'
import { Unreadable } from '../system/file-system.ts'
import { errnoOf } from '../system/errno.ts'
import type { TranscriptOutcome, TranscriptTask } from '../system/transcript-thread.ts'
import type { TranscriptPort } from '../system/transcripts.ts'

/** A source by its name. */
export type SourceOf = (name: string) => Source | undefined

/** Takes tasks that nobody has taken yet, one after the other, and does them. */
export function* takeTasks(
  tasks: readonly TranscriptTask[],
  taken: Int32Array,
  sourceOf: SourceOf,
  transcripts: Pick<TranscriptPort, 'read'>,
): Generator<readonly [task: number, outcome: TranscriptOutcome]> {
  for (let nth = Atomics.add(taken, 0, 1); nth < tasks.length; nth = Atomics.add(taken, 0, 1)) {
    yield [nth, outcomeOf(tasks[nth]!, sourceOf, transcripts)]
  }
}

/** What another thread can do: it knows the sources that come with the program, and has no database. */
export function isForAnyThread({ source }: TranscriptTask, shippedSourceOf: SourceOf): boolean {
  const reading = shippedSourceOf(source)?.reading
  return reading !== undefined && reading.kind !== 'database'
}

/**
 * Does all tasks, those of `shared` together with a second thread where there is enough to do, and hands out what became
 * of them in their order: how two threads share the work must not decide which telling of a response comes first.
 */
export function* doTasks(
  shared: readonly TranscriptTask[],
  own: readonly TranscriptTask[],
  sourceOf: SourceOf,
  transcripts: Pick<TranscriptPort, 'read' | 'thread'>,
): Generator<readonly [TranscriptTask, TranscriptOutcome]> {
  yield* doTogether(shared, sourceOf, transcripts)
  for (const task of own) yield [task, outcomeOf(task, sourceOf, transcripts)]
}

function* doTogether(
  tasks: readonly TranscriptTask[],
  sourceOf: SourceOf,
  transcripts: Pick<TranscriptPort, 'read' | 'thread'>,
): Generator<readonly [TranscriptTask, TranscriptOutcome]> {
  const taken = new Int32Array(new SharedArrayBuffer(4))
  const bytes = tasks.reduce((sum, { file, mark }) => sum + file.size - (mark?.offset ?? 0), 0)
  const { thread } = transcripts
  const other = thread !== null && bytes >= thread.fromBytes ? thread.begin(tasks, taken) : null
  const outcomes = new Map<number, TranscriptOutcome>()
  let next = 0
  function* inOrder(): Generator<readonly [TranscriptTask, TranscriptOutcome]> {
    for (const [nth, outcome] of other?.finished() ?? []) outcomes.set(nth, outcome)
    for (let outcome = outcomes.get(next); outcome !== undefined; outcome = outcomes.get(next)) {
      outcomes.delete(next)
      yield [tasks[next++]!, outcome]
    }
  }
  try {
    for (const [nth, outcome] of takeTasks(tasks, taken, sourceOf, transcripts)) {
      outcomes.set(nth, outcome)
      yield* inOrder()
    }
    while (next < tasks.length) {
      const goesOn = other?.wait() ?? false
      yield* inOrder()
      // A thread that died leaves what it had taken.
      if (!goesOn && next < tasks.length && !outcomes.has(next)) {
        outcomes.set(next, outcomeOf(tasks[next]!, sourceOf, transcripts))
        yield* inOrder()
      }
    }
  } finally {
    other?.stop()
  }
}

function outcomeOf(
  { source, file, mark }: TranscriptTask,
  sourceOf: SourceOf,
  transcripts: Pick<TranscriptPort, 'read'>,
): TranscriptOutcome {
  const reading = sourceOf(source)?.reading
  if (reading === undefined) return { kind: 'failed', reason: `is of an unknown source "${source}"` }
  try {
    return { kind: 'read', content: transcripts.read(reading, file, mark) }
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'failed', reason: `${error.message}: ${error.fix}` }
    const errno = errnoOf(error)
    if (errno === '') throw error
    return { kind: 'failed', reason: `cannot be read (${errno}): look at the file` }
  }
}
