import { existsSync, linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { pause } from '../../e2e/eventually.ts'
import type { Bench, Measure } from '../benchmark.ts'
import { expectTruth } from './answer.ts'
import { check, emptyNode, finished } from './command.ts'
import type { Project } from './project.ts'
import { type Subject, timeRatio } from './rounds.ts'

/** Settings younger than two seconds are not kept in a cache: they may still change within one tick of the disk's clock. */
const SETTLE_MS = 2500

/**
 * `check` with a cache that has not seen the last so many records yet. The cache is put back before every run, because
 * a run may bring it up to date.
 */
export async function warmCheck(project: Project, newRecords: number): Promise<Subject> {
  const command = check(project)
  const before = await warmCache(project, newRecords)
  return { command, before }
}

/** Makes such a cache; what puts it back is returned. */
export async function warmCache(project: Project, newRecords: number): Promise<() => void> {
  const state = join(project.costs, 'state')
  const saved = join(project.costs, '..', 'state-before')
  const command = check(project)
  for (const folder of [state, saved]) rmSync(folder, { recursive: true, force: true })
  await pause(SETTLE_MS)
  await finished(command)
  linkAll(state, saved)
  if (newRecords > 0) await project.append(newRecords)
  await expectTruth(project, command)
  const before = (): void => {
    rmSync(state, { recursive: true, force: true })
    linkAll(saved, state)
  }
  before()
  return before
}

/** `check` of a million records with a cache, after so many new ones, against an empty Node. */
export async function warmRatio(bench: Bench, newRecords: number): Promise<readonly Measure[]> {
  const project = await bench.project(1_000_000)
  return timeRatio(bench, await warmCheck(project, newRecords), { command: emptyNode(project) })
}

/** Copies would not do: a cache that is another file than was written is not believed. Nobody writes into these files. */
function linkAll(from: string, to: string): void {
  if (!existsSync(from)) return
  mkdirSync(to, { mode: 0o700 })
  for (const { name } of readdirSync(from, { withFileTypes: true }).filter((one) => one.isFile())) {
    linkSync(join(from, name), join(to, name))
  }
}
