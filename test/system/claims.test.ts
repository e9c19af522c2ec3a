import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'

import { claimsIn } from '../../src/system/claims.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

let directory = ''
beforeEach(() => {
  directory = temporaryDirectory()
})

const pathOf = (name: string): string => join(directory, 'state', 'claims', name)
const claims = (now = Date.now()) => claimsIn(directory, () => now)

it('lets one process at a time set out to do a thing', () => {
  expect([claims().take('a'), claims().take('a'), claims().take('b')]).toEqual([true, false, true])
})

it('lets the next one when it was given up', () => {
  claims().take('a')
  claims().giveUp('a')
  expect([existsSync(pathOf('a')), claims().take('a')]).toEqual([false, true])
  expect(() => claims().giveUp('never taken')).not.toThrow()
})

it('forgets whoever has not begun after five minutes', () => {
  claims().take('a')
  utimesSync(pathOf('a'), 1000, 1000)
  expect(claims(1_000_000 + 5 * 60_000 - 1).take('a')).toBe(false)
  expect(claims(1_000_000 + 5 * 60_000).take('a')).toBe(true)
  expect(claims().take('a')).toBe(false)
})

it('keeps claims for its user only', () => {
  claims().take('a')
  expect(statSync(pathOf('a')).mode & 0o777).toBe(0o600)
  expect(statSync(join(directory, 'state')).mode & 0o777).toBe(0o700)
})

it('says so where nothing can be claimed', () => {
  writeFileSync(join(directory, 'state'), '')
  expect(() => claims().take('a')).toThrow('is not a directory')
})

it('leads nowhere else, though a cloned repository has a link for it', () => {
  const elsewhere = temporaryDirectory()
  mkdirSync(join(directory, 'state'))
  symlinkSync(elsewhere, join(directory, 'state', 'claims'))
  expect(() => claims().take('a')).toThrow('is not a directory')
  expect(readdirSync(elsewhere)).toEqual([])
})
