import { expect, it } from 'vitest'

import * as importing from '../../src/commands/import.ts'
import { takeTurn } from '../../src/commands/import-turn.ts'
import type { ImportLock } from '../../src/system/import-lock.ts'
import type { System } from '../../src/system/system.ts'
import { call } from './calling.ts'
import { CollectingWorld } from './collecting-world.ts'

/** A system in which another importer (pid 17) is at work for two looks, or for ever. */
function behindAnother(world: CollectingWorld, lock: ImportLock | null): System & { said: string[] } {
  const said: string[] = []
  return {
    ...world.system,
    said,
    progress: { show: (text) => void said.push(text), clear: () => void said.push('') },
    imports: (directory) => ({
      ...world.system.imports(directory),
      lock: () => null,
      lockInTurn: (onWait) => {
        onWait('pid 17')
        onWait('pid 17')
        return Promise.resolve(lock)
      },
    }),
  }
}

it('says for whom it waits, and takes that away again', async () => {
  const world = new CollectingWorld()
  const lock = { refresh() {}, release() {} }
  const system = behindAnother(world, lock)
  expect(await takeTurn(world.place.directory, system)).toBe(lock)
  const waiting = 'waiting for another import (pid 17)'
  expect(system.said).toEqual([waiting, waiting, ''])
})

it('takes that away too when the other one goes on for ever', async () => {
  const world = new CollectingWorld()
  const system = behindAnother(world, null)
  await expect(takeTurn(world.place.directory, system)).rejects.toThrow(
    /nothing was imported: end it, or remove/,
  )
  expect(system.said.at(-1)).toBe('')
})

it('is refreshed with every transcript that an import reads, and released', async () => {
  const world = new CollectingWorld()
  for (const name of ['a', 'b', 'c']) world.respond(`app/${name}.jsonl`, name)
  const calls: string[] = []
  const lock = {
    refresh: () => void calls.push('refresh'),
    release: () => void calls.push('release'),
  }
  await call(importing, '', behindAnother(world, lock))
  expect(calls).toEqual(['refresh', 'refresh', 'refresh', 'release'])
})
