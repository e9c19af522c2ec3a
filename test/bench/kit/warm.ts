import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import type { Bench, Measure } from '../benchmark.ts'
import { expectTruth } from './answer.ts'
import { check, emptyNode, finished } from './command.ts'
import type { Project } from './project.ts'
import { type Subject, timeRatio } from './rounds.ts'

/**
 * `check` with a cache that has not seen the last so many records yet. The cache is put back before every run, because
 * a run may bring it up to date.
 */
export async function warmCheck(project: Project, newRecords: number): Promise<Subject> {
  const state = join(project.costs, 'state')
  const saved = join(project.costs, '..', 'state-before')
  const command = check(project)
  for (const folder of [state, saved]) rmSync(folder, { recursive: true, force: true })
  await finished(command)
  if (existsSync(state)) cpSync(state, saved, { recursive: true })
  if (newRecords > 0) await project.append(newRecords)
  await expectTruth(project, command)
  const before = (): void => {
    rmSync(state, { recursive: true, force: true })
    if (existsSync(saved)) cpSync(saved, state, { recursive: true })
  }
  before()
  return { command, before }
}

/** `check` of a million records with a cache, after so many new ones, against an empty Node. */
export async function warmRatio(bench: Bench, newRecords: number): Promise<readonly Measure[]> {
  const project = await bench.project(1_000_000)
  return timeRatio(bench, await warmCheck(project, newRecords), { command: emptyNode(project) })
}
