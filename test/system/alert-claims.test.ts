import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'

import { alertClaimsIn } from '../../src/system/alert-claims.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

const DAY = 24 * 3_600_000

let directory = ''
beforeEach(() => {
  directory = temporaryDirectory()
})

const pathOf = (name: string): string => join(directory, 'state', 'claims', name)
const claims = (now = Date.now()) => alertClaimsIn(directory, () => now)

it('lets one process at a time and for all time say a thing', () => {
  expect(claims().isTaken('alert-a')).toBe(false)
  expect([claims().take('alert-a'), claims().take('alert-a')]).toEqual([true, false])
  expect(claims().isTaken('alert-a')).toBe(true)
  expect(claims(Date.now() + 399 * DAY).take('alert-a')).toBe(false)
})

it('tidies up what is older than 400 days, and nothing of anybody else', () => {
  for (const name of ['alert-old', 'said-old', 'raising-old', 'import-old', 'alert-young'])
    claims().take(name)
  for (const name of ['alert-old', 'said-old', 'raising-old', 'import-old'])
    utimesSync(pathOf(name), 1000, 1000)
  claims(1_000_000 + 400 * DAY).take('alert-new')
  expect(readdirSync(join(directory, 'state', 'claims'))).toHaveLength(6)
  claims(1_000_001 + 400 * DAY).take('alert-next')
  expect(
    ['alert-old', 'said-old', 'raising-old', 'import-old', 'alert-young'].map((name) =>
      existsSync(pathOf(name)),
    ),
  ).toEqual([false, false, false, true, true])
})

it('keeps claims for its user only', () => {
  claims().take('alert-a')
  expect(statSync(pathOf('alert-a')).mode & 0o777).toBe(0o600)
})

it('says so where nothing can be claimed, and takes nothing for said', () => {
  writeFileSync(join(directory, 'state'), '')
  expect(claims().isTaken('alert-a')).toBe(false)
  expect(() => claims().take('alert-a')).toThrow('is not a directory')
})

it('leads nowhere else, though a cloned repository has a link for it', () => {
  const elsewhere = temporaryDirectory()
  mkdirSync(join(directory, 'state'))
  symlinkSync(elsewhere, join(directory, 'state', 'claims'))
  expect(() => claims().take('alert-a')).toThrow('is not a directory')
  expect(readdirSync(elsewhere)).toEqual([])
})
