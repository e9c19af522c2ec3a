import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, it, test } from 'vitest'
import { NotSaved } from '../../src/system/ledger-append.ts'
import { reportFiles } from '../../src/system/report-files.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

it('writes a report that only its owner can read, and replaces an older one as a whole', () => {
  const ledger = join(temporaryDirectory(), '.ai-costs')
  const { save } = reportFiles(ledger)
  save('reports', 'report-2025-12-15.txt', 'old and long')
  const path = save('reports', 'report-2025-12-15.txt', 'new')
  expect(readFileSync(path, 'utf8')).toBe('new')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(statSync(join(ledger, 'reports')).mode & 0o777).toBe(0o700)
  expect(readdirSync(join(ledger, 'reports')).toSorted()).toEqual(['.gitignore', 'report-2025-12-15.txt'])
})

test.each<[what: string, inTheWay: (ledger: string, elsewhere: string) => void]>([
  ['a file where the folder should be', (ledger) => writeFileSync(join(ledger, 'reports'), '')],
  [
    'a link where the folder should be',
    (ledger, elsewhere) => symlinkSync(elsewhere, join(ledger, 'reports')),
  ],
])('saves nothing past %s', (_, putInTheWay) => {
  const directory = temporaryDirectory()
  const ledger = join(directory, '.ai-costs')
  const elsewhere = join(directory, 'elsewhere')
  mkdirSync(ledger)
  mkdirSync(elsewhere)
  putInTheWay(ledger, elsewhere)
  expect(() => reportFiles(ledger).save('reports', 'report.txt', 'text')).toThrow(NotSaved)
  expect(existsSync(join(elsewhere, 'report.txt'))).toBe(false)
})

it('leaves a link in place of a report alone, and what it leads to', () => {
  const directory = temporaryDirectory()
  const precious = join(directory, 'precious')
  writeFileSync(precious, 'precious')
  const { save } = reportFiles(join(directory, '.ai-costs'))
  const path = save('daily', '2025-12-14.json', '{}')
  symlinkSync(precious, path.replace('14', '15'))
  save('daily', '2025-12-15.json', '{}')
  expect(readFileSync(precious, 'utf8')).toBe('precious')
})
