import { workerData } from 'node:worker_threads'
import { takeTasks } from './commands/transcript-tasks.ts'
import { sourceNamed } from './sources/index.ts'
import { systemTranscripts } from './system/transcripts.ts'
import { type ThreadMessage, type ThreadStart, packOutcome } from './system/transcript-thread.ts'

const { tasks, taken, state, port } = workerData as ThreadStart
try {
  for (const [task, outcome] of takeTasks(tasks, taken, sourceNamed, systemTranscripts)) {
    const message: ThreadMessage = [task, packOutcome(outcome)]
    port.postMessage(message)
    Atomics.add(state, 0, 1)
    Atomics.notify(state, 0)
  }
} finally {
  Atomics.store(state, 1, 1)
  Atomics.notify(state, 0)
}
