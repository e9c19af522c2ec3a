import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { MessagePort, ResourceLimits, Worker } from 'node:worker_threads'

/** A thread at work, and our end of the line to it. */
export interface StartedThread {
  readonly worker: Worker
  readonly port: MessagePort
}

/**
 * Starts a program of the bundle in a thread of its own, with data that `dataFor` makes around its end of a line to us.
 * Null where there is none to be had: from the sources, or for want of memory.
 */
export function startThread(
  program: string,
  dataFor: (port: MessagePort) => unknown,
  resourceLimits: ResourceLimits = {},
): StartedThread | null {
  const path = join(import.meta.dirname, program)
  if (!existsSync(path)) return null
  // Not imported: it takes 1.6 ms to load, and hardly anybody needs it.
  const { MessageChannel, Worker } = process.getBuiltinModule('node:worker_threads')
  const { port1, port2 } = new MessageChannel()
  try {
    const worker = new Worker(path, {
      workerData: dataFor(port2),
      transferList: [port2],
      resourceLimits,
      execArgv: [],
      // Whatever it would say is not for the user: the answer is the same without it.
      stdout: true,
      stderr: true,
    })
    return { worker, port: port1 }
  } catch {
    port1.close()
    return null
  }
}
