import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, test } from 'vitest'

import { alertLogOf } from '../../src/system/alert-log.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

const LARGEST = 5 << 20

let project = ''
let ledger = ''
beforeEach(() => {
  project = temporaryDirectory()
  ledger = join(project, 'led')
  mkdirSync(ledger)
})

const logAt = (written: string) => alertLogOf(ledger, written, '/home/u', () => 0)

describe('a path of the settings leads', () => {
  test.each<[written: string, path: () => string]>([
    ['.ai-costs/alerts.log', () => join(ledger, 'alerts.log')],
    ['./.ai-costs/logs/a.log', () => join(ledger, 'logs/a.log')],
    ['logs/alerts.log', () => join(project, 'logs/alerts.log')],
    ['../alerts.log', () => join(project, '../alerts.log')],
    ['~/alerts.log', () => '/home/u/alerts.log'],
    ['/var/log/alerts.log', () => '/var/log/alerts.log'],
  ])('%s', (written, path) => {
    expect(logAt(written).path).toBe(path())
  })
})

it('grows by whole lines, for its user only, in folders that it makes inside the ledger directory', () => {
  const log = logAt('.ai-costs/logs/a.log')
  log.append('one\ntwo')
  log.append('three')
  expect(readFileSync(log.path, 'utf8')).toBe('one\ntwo\nthree\n')
  expect(statSync(log.path).mode & 0o777).toBe(0o600)
})

it('makes no folder anywhere else', () => {
  expect(() => logAt('logs/alerts.log').append('one')).toThrow('NOT saved')
  expect(readdirSync(project)).toEqual(['led'])
})

it('makes room at five megabytes and keeps the log before', () => {
  const log = logAt('.ai-costs/alerts.log')
  log.append('old')
  truncateSync(log.path, LARGEST)
  log.append('at the limit')
  expect(existsSync(`${log.path}.1`)).toBe(false)
  log.append('new')
  expect(readFileSync(log.path, 'utf8')).toBe('new\n')
  expect(statSync(`${log.path}.1`).size).toBeGreaterThan(LARGEST)
  truncateSync(log.path, LARGEST + 1)
  log.append('newer')
  expect(readdirSync(ledger).toSorted()).toEqual(['alerts.log', 'alerts.log.1', 'state'])
})

describe('nothing is written through a symbolic link that may have come with a repository:', () => {
  it('the log itself', () => {
    const target = join(project, 'target')
    writeFileSync(target, 'mine')
    symlinkSync(target, join(ledger, 'alerts.log'))
    expect(() => logAt('.ai-costs/alerts.log').append('one')).toThrow('is a symbolic link')
    expect(readFileSync(target, 'utf8')).toBe('mine')
  })

  it('a folder on the way', () => {
    mkdirSync(join(project, 'elsewhere', 'deep'), { recursive: true })
    symlinkSync(join(project, 'elsewhere'), join(ledger, 'logs'))
    expect(() => logAt('.ai-costs/logs/a.log').append('one')).toThrow('is a symbolic link')
    expect(() => logAt('.ai-costs/logs/deep/a.log').append('one')).toThrow('is a symbolic link')
    expect(() => logAt('.ai-costs/logs/new/a.log').append('one')).toThrow('is a symbolic link')
    expect(readdirSync(join(project, 'elsewhere'))).toEqual(['deep'])
  })
})
