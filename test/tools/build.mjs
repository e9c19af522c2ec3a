// Bundles src/cli.ts and all that it imports into dist/, with node-notifier as the only dependency left outside.
//
//   node test/tools/build.mjs                 into dist/
//   node test/tools/build.mjs --into FOLDER   into another folder, which is emptied first
//
// Beside the code it writes meta.json (what is in which file; not in the npm package) and THIRD-PARTY.txt
// (the licences of everything bundled). Unbundled, the pane starts in twice the time and `check` in 2.3 times.

import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

import { build } from 'esbuild'

import { thirdPartyNotices } from './third-party.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What npm links to `ai-costs`. It needs the executable bit and a `#!` line. */
const STARTER = 'src/bin.ts'
const BIN = 'bin.cjs'

/**
 * What answers most calls of a command: one small CommonJS file for each, because Node takes half a start longer for ES
 * modules and a third of one for half a megabyte that is only there.
 */
const HOT = Object.fromEntries(
  ['check', 'hook', 'route', 'statusline'].map((name) => [`hot/${name}`, `src/hot/${name}.ts`]),
)

/** What it takes besides when something was appended to the ledger. */
const NEWS = 'src/commands/judge-news.ts'

/** What it takes besides for a pattern that is more than words. */
const ENGINE = 'src/core/pattern-engine.ts'

/** What `check` takes besides for another question than the last one. */
const ANSWERS = 'src/commands/answer-check.ts'

/** The whole program: one CommonJS file with everything that starts at once. */
const ENTRY = 'src/cli.ts'

/** The program of a second thread: one CommonJS file too, because the thread has to start soon to be of use. */
const SECOND_READER = 'src/second-reader.ts'

/** The program of a thread that reads transcripts along with an import. */
const TRANSCRIPT_THREAD = 'src/transcript-thread.ts'

/** CommonJS packages in an ES module call a `require` that is not there; esbuild's stand-in for it takes this one. */
const REQUIRE = `import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);\n`
const NEEDS_REQUIRE = 'Dynamic require of "'

const { values } = parseArgs({ options: { into: { type: 'string', default: 'dist' } } })
const target = resolve(ROOT, values.into)

const common = {
  absWorkingDir: ROOT,
  outdir: target,
  write: false,
  metafile: true,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  jsx: 'automatic',
  // Names stay, so that a stack trace says where; it costs bytes (36 KB instead of 24 for `check`) but no time that
  // 61 interleaved starts could show. Short lines, because Node prints the line that threw.
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 160,
  legalComments: 'none',
  charset: 'utf8',
  external: ['node-notifier'],
  // React's development build keeps a performance entry for every frame, for ever.
  define: { 'process.env.NODE_ENV': '"production"', AI_COSTS_PROGRAM: JSON.stringify(programHash()) },
}

const commonJs = {
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  // CommonJS has other names for them.
  define: { ...common.define, 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
}

// Nothing is written before everything is built: a failed build leaves the last good one as it was.
const lazy = new Map()
const threads = await built({
  ...commonJs,
  entryPoints: { 'later/second-reader': SECOND_READER, 'later/transcript-thread': TRANSCRIPT_THREAD },
  plugins: [setAside(lazy)],
})
// The starter compiles these files itself, as they are: they lie in the function that Node would put around them, and
// in ASCII alone, because one character beyond it makes V8 keep two bytes for each.
const wrapped = {
  ...commonJs,
  charset: 'ascii',
  banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
  footer: { js: '})' },
  plugins: [setAside(lazy)],
}
const whole = withImportsByStarter(
  await built({
    ...wrapped,
    entryPoints: { cli: ENTRY },
    banner: { js: '(function (exports, require, module, __filename, __dirname, __importLater) {' },
  }),
)
// Short names here, where a third of the bytes is a millisecond.
const starter = await built({
  ...commonJs,
  minifyIdentifiers: true,
  charset: 'ascii',
  entryPoints: { bin: STARTER },
})
const hot = await built({
  ...wrapped,
  minifyIdentifiers: true,
  entryPoints: {
    ...HOT,
    'later/answer-check': ANSWERS,
    'later/judge-news': NEWS,
    'later/pattern-engine': ENGINE,
  },
  external: [
    ...common.external,
    './cli.cjs',
    './later/answer-check.cjs',
    './later/judge-news.cjs',
    './later/pattern-engine.cjs',
  ],
})
const setAsideForLater = await built({
  entryPoints: Object.fromEntries(lazy),
  format: 'esm',
  splitting: true,
  outbase: ROOT,
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [inkWithoutDeveloperTools()],
})
const parts = [starter, hot, whole, threads, setAsideForLater]
const bundle = {
  warnings: parts.flatMap(({ warnings }) => warnings),
  outputFiles: parts.flatMap(({ outputFiles }) => outputFiles),
  metafile: {
    inputs: Object.assign({}, ...parts.map(({ metafile }) => metafile.inputs)),
    outputs: Object.assign({}, ...parts.map(({ metafile }) => metafile.outputs)),
  },
}

if (bundle.warnings.length > 0) {
  console.error('The build has warnings (above): nothing was written; resolve them and build again.')
  process.exit(1)
}

rmSync(target, { recursive: true, force: true })
for (const { path, text } of bundle.outputFiles) write(path, withHead(path, text))
chmodSync(join(target, BIN), 0o755)
write(join(target, 'meta.json'), JSON.stringify(bundle.metafile))
write(join(target, 'THIRD-PARTY.txt'), thirdPartyNotices(ROOT, bundle.metafile))

/** Changes with all that decides what the program makes of a ledger: a cache is believed by the same program only. */
function programHash() {
  const hash = createHash('sha256')
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  for (const path of [
    ...sources.toSorted(),
    join(ROOT, 'config/prices.json'),
    join(ROOT, 'package-lock.json'),
  ]) {
    hash.update(readFileSync(path))
  }
  return hash.digest('hex').slice(0, 16)
}

/** esbuild says itself what is wrong and where. */
function built(options) {
  return build({ ...common, ...options }).catch(() => process.exit(1))
}

/** Leaves what is imported dynamically to the second bundle, under a name of its own beside the first. */
function setAside(found) {
  return {
    name: 'set-aside',
    setup({ onResolve, resolve: resolvePath }) {
      onResolve({ filter: /./ }, async ({ path, kind, importer, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined
        const resolved = await resolvePath(path, { kind: 'import-statement', importer, resolveDir })
        const name = `later/${basename(path, '.ts')}`
        found.set(name, resolved.path)
        return { path: `./${name}.js`, external: true }
      })
    },
  }
}

/** Compiled code cannot import dynamically (Node 20 warns on standard error that it can): the starter does that for it. */
function withImportsByStarter({ outputFiles, ...result }) {
  const changed = outputFiles.map(({ path, text }) => ({
    path,
    text: text.replaceAll(/(?<![\w.$])import\(/g, '__importLater('),
  }))
  return { ...result, outputFiles: changed }
}

function withHead(path, text) {
  const hashbang = path === join(target, BIN) ? '#!/usr/bin/env node\n' : ''
  return hashbang + (text.includes(NEEDS_REQUIRE) ? REQUIRE : '') + text.replace(/^#!.*\n/, '')
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/**
 * With DEV=true in a user's environment Ink looks for React's developer tools, prints advice over the pane and dies.
 * `define` cannot help, Ink imports `process`. If Ink stops asking `isDev()`, the build fails for want of those tools.
 */
function inkWithoutDeveloperTools() {
  return {
    name: 'ink-without-developer-tools',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]node_modules[\\/]ink[\\/]build[\\/][^\\/]+\.js$/ }, ({ path }) => ({
        contents: readFileSync(path, 'utf8').replaceAll('isDev()', 'false'),
        loader: 'js',
      }))
    },
  }
}
