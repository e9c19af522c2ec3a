import { readFileSync } from 'node:fs'

import type { Skipped } from '../benchmark.ts'

/** Linux counts processor time in hundredths of a second. */
const MS_PER_TICK = 10

/** Why a benchmark that asks /proc cannot run here; null where it can. */
export function withoutProc(): Skipped | null {
  return process.platform === 'linux' ? null : { skipped: 'only Linux has /proc' }
}

/** Processor time of a process until now, in milliseconds: user and system, all its threads. */
export function cpuOf(pid: number | 'self'): number {
  return ticks(pid, USER_TIME)
}

/** Processor time of all children that this process has seen end, in milliseconds. */
export function cpuOfEndedChildren(): number {
  return ticks('self', CHILDREN_USER_TIME)
}

/** Memory that a process occupies now, in megabytes. */
export function memoryOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) / 1024
}

/** Where a value stands behind the closing bracket of the name in /proc/PID/stat; system time follows user time. */
const USER_TIME = 12
const CHILDREN_USER_TIME = 14

function ticks(pid: number | 'self', field: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 1).split(' ')
  return (Number(fields[field]) + Number(fields[field + 1])) * MS_PER_TICK
}
