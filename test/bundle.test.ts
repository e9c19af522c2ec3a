import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Metafile } from 'esbuild'
import { afterAll, describe, expect, it } from 'vitest'

/** The commands that scripts and hooks call, with arguments for a first call in an empty home. A hot command is one line. */
const HOT_COMMANDS: Readonly<Record<string, readonly string[]>> = {
  check: [],
  hook: ['{"hook_event_name":"PreToolUse"}'],
  route: ['claude-opus-5'],
  statusline: [],
  log: ['claude-sonnet-4', '12000', '4500'],
}

/**
 * Each of these costs a hot command more than all the rest of its work. string-width looks light, but when it loads
 * it makes an `Intl.Segmenter` and Unicode expressions: 36 ms, where Node itself starts in 22.
 */
const NEVER = new Set(
  'ink react react-reconciler yoga-layout string-width chokidar node-notifier commander yaml zod re2js'.split(
    ' ',
  ),
)

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'ai-costs-bundle-'))
execFileSync(process.execPath, ['test/tools/build.mjs', '--into', join(folder, 'dist')], { cwd: ROOT })
// The program finds its data and its version in the folder above.
for (const name of ['config', 'package.json']) {
  cpSync(join(ROOT, name), join(folder, name), { recursive: true })
}
const metafile = JSON.parse(readFileSync(join(folder, 'dist/meta.json'), 'utf8')) as Metafile
afterAll(() => rmSync(folder, { recursive: true }))

describe.each(Object.entries(HOT_COMMANDS))('ai-costs %s', (command, options) => {
  const hot = staticallyLoaded(metafile, ['src/cli.ts', `src/commands/${command}.ts`])

  it(`brings no heavy package along (${sizeOf(metafile, hot)})`, () => {
    expect(packagesIn(metafile, hot).filter((name) => NEVER.has(name))).toEqual([])
  })

  it('loads none while it runs without settings either', () => {
    const run = filesLoadedBy([command, ...options])
    expect(run.length).toBeGreaterThan(0)
    expect(
      packagesIn(metafile, run).filter((name) => NEVER.has(name)),
      sizeOf(metafile, run),
    ).toEqual([])
  })
})

it('brings no heavy package along to the second thread', () => {
  const loaded = staticallyLoaded(metafile, ['src/second-reader.ts'])
  expect(loaded).toHaveLength(1)
  expect(packagesIn(metafile, loaded).filter((name) => NEVER.has(name))).toEqual([])
})

/** What answers from the cache, and the most kilobytes it may weigh: every byte is read and looked through at each start. */
const CACHED = {
  'dist/bin.cjs': 4,
  'dist/hot/check.cjs': 20,
  'dist/hot/hook.cjs': 60,
  'dist/hot/route.cjs': 64,
  'dist/hot/statusline.cjs': 64,
  'dist/later/answer-check.cjs': 64,
  'dist/later/judge-news.cjs': 96,
} as const

/** It is loaded for patterns that are more than words. */
const ENGINE = 'dist/later/pattern-engine.cjs'

describe('an answer from the cache', () => {
  it.each(Object.keys(CACHED))('takes no package: %s', (path) => {
    const output = outputAt(path)
    expect(packagesIn(metafile, [pathOf(path)])).toEqual([])
    expect(Object.keys(output.inputs).filter((input) => !input.startsWith('src/'))).toEqual([])
    expect(output.imports.filter(({ kind }) => kind === 'dynamic-import')).toEqual([])
  })

  it.each(Object.entries(CACHED))('is small: %s has at most %d KB', (path, kilobytes) => {
    expect(outputAt(path).bytes / 1024).toBeLessThan(kilobytes)
  })

  it('has the engine of patterns in a file that is nothing else', () => {
    expect(packagesIn(metafile, [pathOf(ENGINE)])).toEqual(['re2js'])
  })

  it('has nothing to judge, to count or to read in it, as long as nothing is new', () => {
    const sources = Object.keys(outputAt('dist/hot/check.cjs').inputs)
    const needless =
      /core[/](calendar|fold|line-reader|rollup|price-table|decode|verdict|judge)|settings[/]resolve|accounts/
    expect(sources.filter((source) => needless.test(source))).toEqual([])
    expect(sources).toContain('src/commands/check-grammar.ts')
  })
})

/** The bundle under test lies in a folder of its own. */
function pathOf(path: string): string {
  return Object.keys(metafile.outputs).find((one) => one.endsWith(path)) ?? path
}

function outputAt(path: string): Metafile['outputs'][string] {
  const output = metafile.outputs[pathOf(path)]
  if (output === undefined) throw new Error(`${path} is not in the bundle`)
  return output
}

describe('the walk through the bundle', () => {
  const planted = {
    inputs: {},
    outputs: {
      'dist/cli.cjs': anOutput('cli.ts', [
        ['dist/check.js', 'dynamic-import'],
        ['dist/watch.js', 'dynamic-import'],
        ['node:fs', 'import-statement'],
      ]),
      'dist/check.js': anOutput('commands/check.ts', [['dist/shared.js', 'import-statement']]),
      'dist/shared.js': {
        ...anOutput('', [['node-notifier', 'import-statement']]),
        inputs: {
          'node_modules/@x/yaml/index.js': { bytesInOutput: 5 },
          'node_modules/zod/index.js': { bytesInOutput: 0 },
        },
      },
      'dist/watch.js': {
        ...anOutput('commands/watch.ts', []),
        inputs: {
          'src/commands/watch.ts': { bytesInOutput: 7 },
          '../p/node_modules/ink/build/ink.js': { bytesInOutput: 9 },
        },
      },
    },
  } as Metafile

  it.each([
    ['the entry alone', ['src/cli.ts'], []],
    [
      'a command through a shared chunk',
      ['src/cli.ts', 'src/commands/check.ts'],
      ['@x/yaml', 'node-notifier'],
    ],
    ['the pane when it is asked for', ['src/commands/watch.ts'], ['ink']],
  ])('finds the packages of %s', (_, entries, packages) => {
    expect(packagesIn(planted, staticallyLoaded(planted, entries))).toEqual(packages)
  })

  it('refuses a command that is not in the bundle', () => {
    expect(() => staticallyLoaded(planted, ['src/commands/route.ts'])).toThrow('src/commands/route.ts')
  })
})

/** The files that Node reads before the first line of these sources runs. */
function staticallyLoaded({ outputs }: Metafile, sources: readonly string[]): readonly string[] {
  const pending = sources.map((source) => {
    const found = Object.keys(outputs).find((path) => (outputs[path]?.inputs[source]?.bytesInOutput ?? 0) > 0)
    if (found === undefined)
      throw new Error(`${source} is not in the bundle: register it in src/commands/index.ts`)
    return found
  })
  const loaded = new Set<string>()
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (loaded.has(path)) continue
    loaded.add(path)
    const imports = outputs[path]?.imports ?? []
    pending.push(
      ...imports
        .filter(({ kind, external }) => kind !== 'dynamic-import' && external !== true)
        .map((one) => one.path),
    )
  }
  return [...loaded]
}

/** What really runs: V8's coverage names every script that it has executed. */
function filesLoadedBy(words: readonly string[]): readonly string[] {
  const home = mkdtempSync(join(folder, 'home-'))
  const coverage = mkdtempSync(join(folder, 'coverage-'))
  execFileSync(process.execPath, [join(folder, 'dist/bin.cjs'), ...words], {
    cwd: home,
    env: { HOME: home, NODE_V8_COVERAGE: coverage },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const reports = readdirSync(coverage).map((name) => readFileSync(join(coverage, name), 'utf8'))
  const scripts = reports.flatMap((text) => (JSON.parse(text) as { result: { url: string }[] }).result)
  const names = new Map(Object.keys(metafile.outputs).map((path) => [join(ROOT, path), path]))
  // What our starter compiles itself goes by its path.
  return scripts.flatMap(({ url }) => names.get(url.startsWith('file:') ? fileURLToPath(url) : url) ?? [])
}

function packagesIn({ outputs }: Metafile, paths: readonly string[]): readonly string[] {
  const names = new Set<string>()
  for (const output of paths.flatMap((path) => outputs[path] ?? [])) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const name = packageOf(input)
      if (name !== null && bytesInOutput > 0) names.add(name)
    }
    for (const { path, kind, external } of output.imports) {
      if (external === true && kind !== 'dynamic-import' && !isBuiltin(path)) names.add(path)
    }
  }
  return [...names].toSorted()
}

function packageOf(input: string): string | null {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? null
}

function sizeOf({ outputs }: Metafile, paths: readonly string[]): string {
  const bytes = paths.reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0)
  return `${Math.round(bytes / 1024)} KB in ${paths.length} files`
}

function anOutput(source: string, imports: readonly (readonly [path: string, kind: string])[]) {
  return {
    entryPoint: `src/${source}`,
    bytes: 1000,
    exports: [],
    inputs: { [`src/${source}`]: { bytesInOutput: 1000 } },
    imports: imports.map(([path, kind]) => ({ path, kind, external: !path.startsWith('dist/') })),
  }
}
