import { mkdirSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'

import { ulid } from '../../src/core/ulid.ts'
import { outboxIn } from '../../src/system/outbox.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

let directory = ''
beforeEach(() => {
  directory = temporaryDirectory()
})

const outbox = (now = Date.now()) => outboxIn(directory, () => now)
const pathOf = (name: string): string => join(directory, 'state', 'outbox', name)
const name = (at: number): string => ulid(at, new Uint8Array(16))

it('hands each text to one taker, the oldest first', () => {
  expect(outbox().takeAll()).toEqual([])
  outbox().put(name(2), 'second')
  outbox().put(name(1), 'first')
  expect(statSync(pathOf(name(1))).mode & 0o777).toBe(0o600)
  expect(outbox().takeAll()).toEqual(['first', 'second'])
  expect(outbox().takeAll()).toEqual([])
})

it('drops what is no news any more', () => {
  outbox().put(name(1), 'old')
  utimesSync(pathOf(name(1)), 1000, 1000)
  expect(outbox(1_000_000 + 10 * 60_000 + 1).takeAll()).toEqual([])
  expect(readdirSync(join(directory, 'state', 'outbox'))).toEqual([])
})

it('knows when something was delivered last', () => {
  expect(outbox().deliveredAt()).toBe(-Infinity)
  outbox().put(name(1), 'x')
  const before = Date.now() - 1_000
  outbox().delivered()
  outbox().delivered()
  expect(outbox().deliveredAt()).toBeGreaterThan(before)
  expect(outbox().takeAll()).toEqual(['x'])
})

it('passes over links, folders, giants and whatever has another name', () => {
  outbox().put(name(1), 'mine')
  writeFileSync(join(directory, 'secret'), 'secret')
  symlinkSync(join(directory, 'secret'), pathOf(name(2)))
  mkdirSync(pathOf(name(3)))
  writeFileSync(pathOf(name(4)), 'x'.repeat((1 << 20) + 1))
  writeFileSync(pathOf('notes.txt'), 'other')
  expect(outbox().takeAll()).toEqual(['mine'])
})

it('leads nowhere else, though a cloned repository has a link for it', () => {
  const elsewhere = temporaryDirectory()
  mkdirSync(join(directory, 'state'))
  symlinkSync(elsewhere, join(directory, 'state', 'outbox'))
  expect(() => outbox().put(name(1), 'x')).toThrow('is not a directory')
  expect(readdirSync(elsewhere)).toEqual([])
})
