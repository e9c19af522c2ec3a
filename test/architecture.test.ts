import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { brokenImports } from './architecture/rooms.ts'
import { brokenText } from './architecture/text-rules.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

describe('src', () => {
  it('imports only what its rooms may, without cycles or orphans', async () => {
    expect(await brokenImports(ROOT)).toEqual([])
  })

  it('keeps effects at the edge, types honest, and files small and well named', () => {
    const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    const sources = files
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `src/${name.replaceAll('\\', '/')}`)
    expect(sources).toContain('src/core/money.ts')
    expect(sources.flatMap((path) => brokenText(path, readFileSync(join(ROOT, path), 'utf8')))).toEqual([])
  })
})

describe('the rules for imports find', () => {
  const KEPT: Readonly<Record<string, string>> = {
    'cli.ts': `import { usd } from './core/money.ts'; void usd; void import('./commands/watch.ts')`,
    'commands/watch.ts': `import '../settings/limits.ts'; import { clock } from '../system/clock.ts'; void clock; void import('../tui/pane.ts')`,
    'tui/pane.ts': `import { Text } from 'ink'; import { money } from '../formats/amount.ts'; void Text; void money`,
    'formats/amount.ts': `import { usd } from '../core/money.ts'; export const money = usd`,
    'settings/limits.ts': `import { parse } from 'yaml'; import { usd } from '../core/money.ts'; void parse; void usd`,
    'system/clock.ts': `import { open } from 'node:fs'; import { day } from '../core/calendar.ts'; export const clock = [open, day]`,
    'core/money.ts': `export const usd = 1`,
    'core/calendar.ts': `import { format } from 'date-fns/format'; import { usd } from './money.ts'; export const day = [format, usd]`,
  }

  const PLANTED: readonly (readonly [what: string, file: string, text: string, finding: string])[] = [
    [
      'a file read in core',
      'core/a.ts',
      `import { readFileSync } from 'node:fs'; void readFileSync`,
      'fs: room core/',
    ],
    [
      'a type of another room in core',
      'core/b.ts',
      `import type { money } from '../formats/amount.ts'; export type B = typeof money`,
      'src/formats/amount.ts: room core/',
    ],
    [
      'a date library outside core/calendar.ts',
      'core/c.ts',
      `import { format } from 'date-fns/format'; void format`,
      'room core/',
    ],
    ['a package nobody listed', 'core/d.ts', `import zod from 'zod'; void zod`, 'room core/'],
    [
      'a module that is not there',
      'core/e.ts',
      `import { f } from 'no-such-package'; void f`,
      'no-such-package: room core/',
    ],
    [
      'answers that reach for the system',
      'core/answers/f.ts',
      `import { clock } from '../../system/clock.ts'; void clock`,
      'src/system/clock.ts: room core/',
    ],
    [
      'settings that format',
      'settings/g.ts',
      `import { money } from '../formats/amount.ts'; void money`,
      'src/formats/amount.ts: room settings/',
    ],
    [
      'settings that read files',
      'settings/h.ts',
      `import { open } from 'node:fs'; void open`,
      'fs: room settings/',
    ],
    [
      'formats that know the settings',
      'formats/i.ts',
      `import '../settings/limits.ts'`,
      'src/settings/limits.ts: room formats/',
    ],
    [
      'a report that formats',
      'reports/j.ts',
      `import { money } from '../formats/amount.ts'; void money`,
      'room reports/',
    ],
    [
      'a source that reads files',
      'sources/k.ts',
      `import { open } from 'node:fs/promises'; void open`,
      'room sources/',
    ],
    [
      'an agent that knows a source',
      'agents/l.ts',
      `import '../sources/k.ts'`,
      'src/sources/k.ts: room agents/',
    ],
    [
      'a pane that reads the clock port',
      'tui/m.ts',
      `import { clock } from '../system/clock.ts'; void clock`,
      'src/system/clock.ts: room tui/',
    ],
    [
      'a pane that asks the operating system',
      'tui/n.ts',
      `import { hostname } from 'node:os'; void hostname`,
      'os: room tui/',
    ],
    [
      'a system that knows a command',
      'system/o.ts',
      `import '../commands/watch.ts'`,
      'src/commands/watch.ts: room system/',
    ],
    ['a system that parses YAML', 'system/p.ts', `import { parse } from 'yaml'; void parse`, 'room system/'],
    [
      'a command that touches Node',
      'commands/q.ts',
      `import { open } from 'node:fs'; void open`,
      'fs: room commands/',
    ],
    [
      'a pane loaded before it is asked for',
      'commands/r.ts',
      `import '../tui/pane.ts'`,
      'src/tui/pane.ts: lazy-tui',
    ],
    [
      'a hot entry that loads a command',
      'hot/check.ts',
      `import '../commands/watch.ts'`,
      'src/commands/watch.ts: room hot/',
    ],
    ['an import of an entry', 'commands/s.ts', `import '../cli.ts'`, 'src/cli.ts: no-import-of-entries'],
    ['a cycle', 'core/t.ts', `import type { U } from './u.ts'; export type T = U | 1`, 'no-cycle'],
    [
      'two files that only know each other',
      'core/u.ts',
      `import type { T } from './t.ts'; export type U = T`,
      'src/core/u.ts: no-dead-file',
    ],
    ['a file that nobody needs', 'core/v.ts', `export const v = 1`, 'src/core/v.ts: no-dead-file'],
  ]

  const folder = mkdtempSync(join(tmpdir(), 'ai-costs-architecture-'))
  const plant = (files: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, 'src', name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
  }
  let found: readonly string[] = []

  beforeAll(async () => {
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    plant(KEPT)
    expect(await brokenImports(folder)).toEqual([])
    plant(Object.fromEntries(PLANTED.map(([, file, text]) => [file, text])))
    found = await brokenImports(folder)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each(PLANTED)('%s', (_, file, _text, finding) => {
    const ours = found.filter((sentence) => sentence.startsWith(`src/${file}`))
    expect(
      ours.some((sentence) => sentence.includes(finding)),
      ours.join('\n') || 'nothing found',
    ).toBe(true)
  })

  it('nothing in the files that keep them', () => {
    expect(
      found.filter((sentence) => Object.keys(KEPT).some((file) => sentence.startsWith(`src/${file}`))),
    ).toEqual([])
  })
})

describe('the rules for the text', () => {
  it.each([
    ['no clock', 'src/core/a.ts', 'const now = Date.now()'],
    ['no clock', 'src/commands/a.ts', 'const now = new Date()'],
    ['no clock', 'src/tui/a.tsx', 'const now = new Date'],
    ['no clock', 'src/core/a.ts', 'const now = Date()'],
    ['no effects', 'src/core/a.ts', 'const t = performance.now()'],
    ['no effects', 'src/settings/a.ts', `const home = process.env['HOME']`],
    ['no effects', 'src/settings/a.ts', 'const { env } = process'],
    ['no effects', 'src/commands/a.ts', 'run(process)'],
    ['no effects', 'src/commands/a.ts', 'const ports = { process }'],
    ['no effects', 'src/commands/a.ts', `console.log('x')`],
    ['no effects', 'src/core/a.ts', 'globalThis.x = 1'],
    ['no effects', 'src/core/a.ts', 'const id = Math.random()'],
    ['no effects', 'src/tui/a.ts', 'setTimeout(f, 5)'],
    ['only an entry ends the process', 'src/system/a.ts', 'process.exit(1)'],
    ['only an entry ends the process', 'src/system/a.ts', 'process.exitCode = 1'],
    ['no floating-point money', 'src/formats/a.ts', 'const usd = value.toFixed(2)'],
    ['no floating-point money', 'src/settings/a.ts', 'const usd = parseFloat(text)'],
    ['no floating-point money', 'src/settings/a.ts', 'const usd = Number.parseFloat(text)'],
    ['no any', 'src/core/a.ts', 'const a: any = 1'],
    ['no forced cast', 'src/system/a.ts', 'const a = b as unknown as string'],
    ['no silenced compiler', 'src/core/a.ts', '// @ts-expect-error'],
    ['named exports only', 'src/core/a.ts', 'export default 1'],
    ['named exports only', 'src/core/a.ts', 'export default function f() {}'],
    ['named exports only', 'src/core/a.ts', 'export { a as default }'],
    ['no barrel', 'src/core/a.ts', `export * from './b.ts'`],
    ['no barrel', 'src/core/a.ts', `export * as b from './b.ts'`],
    ['no barrel', 'src/core/index.ts', ''],
    ['no barrel', 'src/sources/index.ts', `export * from './codex.ts'`],
    ['imports name the file', 'src/core/a.ts', `import { b } from './b'`],
    ['imports name the file', 'src/core/a.ts', `import { b } from './b.js'`],
    ['no junk drawer', 'src/core/utils.ts', ''],
    ['no junk drawer', 'src/helpers/a.ts', ''],
    ['no junk drawer', 'src/core/types.ts', ''],
    ['kebab-case', 'src/core/moneyText.ts', ''],
    ['kebab-case', 'src/Core/a.ts', ''],
    ['known rooms', 'src/web/a.ts', ''],
    ['known rooms', 'src/main.ts', ''],
  ])('find %s in %s: %s', (rule, path, text) => {
    const found = brokenText(path, text)
    expect(
      found.some((sentence) => sentence.includes(`: ${rule}: `)),
      found.join('\n') || 'nothing found',
    ).toBe(true)
  })

  it.each([
    ['src/system/clock.ts', 'export const now = () => Date.now()'],
    ['src/cli.ts', 'process.exitCode = 1; console.log(performance.now())'],
    ['src/hot/start.ts', 'process.exit(0)'],
    ['src/core/a.ts', '// process.exit(), console.log and new Date() are only for src/system'],
    ['src/core/a.ts', `const text = 'process.env, any and Date.now()'`],
    ['src/core/a.ts', 'const date = new Date(instant)'],
    ['src/commands/a.ts', 'const { env } = system.process'],
    ['src/core/a.ts', 'interface A { readonly process: string }'],
    ['src/core/a.ts', 'const f = (performance: number) => ({ performance: 1 })'],
    ['src/core/money.ts', 'const usd = value.toFixed(2)'],
    ['src/core/a.ts', `export { b } from './b.ts'`],
    ['src/core/a.ts', 'switch (a) { default: break }'],
    ['src/sources/index.ts', `export * as codex from './codex.ts'`],
  ])('leave %s in peace: %s', (path, text) => {
    expect(brokenText(path, text)).toEqual([])
  })

  it.each([
    [260, 'src/core/a.ts'],
    [120, 'src/tui/components/a.tsx'],
  ])('allow %i lines of code in %s, and any number of reasons', (limit, path) => {
    const text = 'const a = 1\n'.repeat(limit) + '\n// why\n'.repeat(90) + '/**\n * What.\n */\nconst b = 2'
    expect(brokenText(path, text.replace(/const b = 2$/, ''))).toEqual([])
    expect(brokenText(path, text)).toEqual([expect.stringContaining(`${limit + 1} lines of code`)])
  })
})
