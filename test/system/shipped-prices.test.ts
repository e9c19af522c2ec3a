import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { updatedPricesText } from '../../src/core/updated-prices.ts'
import { Unreadable } from '../../src/system/file-system.ts'
import { systemPrices } from '../../src/system/shipped-prices.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

let path = ''

beforeEach(() => {
  const home = temporaryDirectory()
  vi.stubEnv('XDG_CONFIG_HOME', home)
  path = join(home, 'ai-costs/prices.updated.json')
  mkdirSync(dirname(path), { recursive: true })
})
afterEach(() => vi.unstubAllEnvs())

function update(input: string): void {
  const block = { model: 'acme', input, output: '1' }
  writeFileSync(path, updatedPricesText(undefined, [block], 'https://example.com', '2026-11-22'))
}

const inputs = (): readonly bigint[] => systemPrices.updated().map(({ rates }) => rates.input / 1_000_000n)

describe('the prices that were updated', () => {
  it('are none without the file', () => {
    expect([systemPrices.updated(), systemPrices.updatedStamp()]).toEqual([[], ''])
  })

  it('are read from the user’s directory, again after every change, and gone with the file', () => {
    update('1')
    const first = systemPrices.updatedStamp()
    expect(inputs()).toEqual([1n])
    expect(systemPrices.updated()).toBe(systemPrices.updated())
    update('22')
    expect(systemPrices.updatedStamp()).not.toBe(first)
    expect(inputs()).toEqual([22n])
    rmSync(path)
    expect(inputs()).toEqual([])
  })

  it('are never taken for none when somebody broke the file', () => {
    writeFileSync(path, '{}')
    expect(systemPrices.updated).toThrow(Unreadable)
    rmSync(path)
    symlinkSync('nowhere', path)
    expect(systemPrices.updated).toThrow(Unreadable)
  })
})
