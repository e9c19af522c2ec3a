import { execFileSync, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { beforeEach, describe, expect, it } from 'vitest'
import { NotSaved, appendLines, createLedgerDirectory } from '../../src/system/ledger-append.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

let directory = ''
let path = ''

beforeEach(() => {
  directory = temporaryDirectory()
  path = join(directory, 'sessions.jsonl')
})

const text = (): string => readFileSync(path, 'utf8')

describe('appending', () => {
  it('makes a private file and ends each call with a newline', () => {
    appendLines(path, '{"a":1}', 'none')
    appendLines(path, '{"b":2}\n{"c":3}', 'fsync')
    expect(text()).toBe('{"a":1}\n{"b":2}\n{"c":3}\n')
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('keeps its record apart from the half line of a killed writer', () => {
    writeFileSync(path, '{"torn":')
    appendLines(path, '{"b":2}', 'none')
    appendLines(path, '{"c":3}', 'none')
    expect(text()).toBe('{"torn":\n{"b":2}\n{"c":3}\n')
  })

  it('counts bytes, not characters', () => {
    appendLines(path, '{"project":"Ünïcødé 🚀"}', 'none')
    expect(text()).toBe('{"project":"Ünïcødé 🚀"}\n')
  })

  it('leaves the rights of a file that exists alone', () => {
    writeFileSync(path, '')
    chmodSync(path, 0o640)
    appendLines(path, '{}', 'none')
    expect(statSync(path).mode & 0o777).toBe(0o640)
  })
})

const refusal = (): string => {
  try {
    appendLines(path, '{}', 'none')
  } catch (error) {
    if (error instanceof NotSaved) return error.message
    throw error
  }
  throw new Error('it was saved')
}

describe('what cannot be saved says so and leaves no trace', () => {
  it('a symbolic link, which may point at anything', () => {
    const target = join(directory, 'keys')
    writeFileSync(target, 'secret')
    symlinkSync(target, path)
    expect(refusal()).toBe(`${path} is a symbolic link, nothing was saved: put a plain file there`)
    expect(readFileSync(target, 'utf8')).toBe('secret')
  })

  it('a pipe, without waiting for a reader', () => {
    execFileSync('mkfifo', [path])
    expect(refusal()).toContain(`${path} is not a regular file, nothing was saved`)
  })

  it('a directory', () => {
    mkdirSync(path)
    expect(refusal()).toBe(`${path}: the record was NOT saved (EISDIR), it is a directory: move it away`)
  })

  it('a folder that is missing', () => {
    path = join(directory, 'gone', 'sessions.jsonl')
    expect(refusal()).toContain('the record was NOT saved (ENOENT)')
  })

  it('a device that is always full', () => {
    path = '/dev/full'
    expect(refusal()).toContain('is not a regular file')
  })

  it('a short write: the rest is not sent after it', () => {
    const script = join(directory, 'append.mjs')
    const source = fileURLToPath(new URL('../../src/system/ledger-append.ts', import.meta.url))
    buildSync({
      stdin: {
        contents: `import { appendLines } from ${JSON.stringify(source)}
          try { appendLines(process.argv[2], process.argv[3], 'none') }
          catch (error) { console.log(error.name, error.message) }`,
        resolveDir: directory,
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: script,
    })
    appendFileSync(path, `${'x'.repeat(1000)}\n`)
    // One block of 1,024 bytes is all that a file may have: 23 of ours fit.
    const run = (record: string) =>
      spawnSync('bash', ['-c', 'ulimit -f 1; exec "$@"', '-', process.execPath, script, path, record], {
        encoding: 'utf8',
      })
    expect(run('y'.repeat(500)).stdout).toBe(
      `NotSaved ${path}: only 23 of 501 bytes fit, the record was NOT saved: free some disk space\n`,
    )
    expect(statSync(path).size).toBe(1024)
    expect(run('z').stdout).toContain('the record was NOT saved (EFBIG), the file may not grow any further')
    expect(text()).toBe(`${'x'.repeat(1000)}\n${'y'.repeat(23)}`)
  })
})

describe('a new ledger directory', () => {
  it('is private and invisible to git', () => {
    const ledger = join(directory, '.ai-costs')
    createLedgerDirectory(ledger)
    expect(statSync(ledger).mode & 0o777).toBe(0o700)
    expect(readFileSync(join(ledger, '.gitignore'), 'utf8')).toBe('*\n')
    expect(statSync(join(ledger, '.gitignore')).mode & 0o777).toBe(0o600)
  })

  it('is left as it is when it exists', () => {
    createLedgerDirectory(directory)
    expect(() => statSync(join(directory, '.gitignore'))).toThrow('ENOENT')
  })

  it('is refused where a file stands in its way', () => {
    const ledger = join(directory, '.ai-costs')
    writeFileSync(ledger, '')
    expect(() => createLedgerDirectory(ledger)).toThrow(
      `${ledger} is a file, not a directory, nothing was saved: move it away`,
    )
    expect(() => createLedgerDirectory(join(ledger, 'below'))).toThrow(NotSaved)
  })
})
