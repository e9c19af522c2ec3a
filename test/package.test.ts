import { execFileSync } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Metafile } from 'esbuild'
import { describe, expect, it } from 'vitest'

interface Manifest {
  readonly version: string
  readonly bin: Readonly<Record<string, string>>
  readonly engines: { readonly node: string }
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>
}

interface LockedPackage {
  readonly version?: string
  readonly resolved?: string
  readonly hasInstallScript?: boolean
  readonly dev?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8')
const manifest = JSON.parse(read('package.json')) as Manifest
const lock = JSON.parse(read('package-lock.json')) as Lock

describe('the program', () => {
  const bin = manifest.bin['ai-costs'] ?? ''

  it('is built, executable, and begins with #!', () => {
    expect(() => accessSync(join(ROOT, bin), constants.X_OK), 'run `npm run build` first').not.toThrow()
    expect(read(bin).split('\n')[0]).toBe('#!/usr/bin/env node')
  })

  it('names the version of the package', () => {
    const stdout = execFileSync(process.execPath, [join(ROOT, bin), '--version'], { encoding: 'utf8' })
    expect(stdout).toBe(`${manifest.version}\n`)
  })

  it('imports no package that its users do not install', () => {
    const { outputs } = JSON.parse(read('dist/meta.json')) as Metafile
    const imports = Object.values(outputs).flatMap((output) => output.imports)
    const outside = imports.filter(
      ({ external, path }) => external === true && !isBuiltin(path) && !isOurs(path),
    )
    expect(Object.keys(manifest.dependencies)).toEqual(
      expect.arrayContaining(outside.map(({ path }) => path)),
    )
  })

  it('runs on Node 20.19 and later', () => {
    expect(manifest.engines.node).toBe('>=20.19')
    expect(manifest.devDependencies['@types/node']).toMatch(/^\^20\./)
  })
})

describe('the package', () => {
  // Without scripts: packing would build again, under the feet of the tests that run the program.
  const words = ['pack', '--dry-run', '--json', '--ignore-scripts']
  const [packed] = JSON.parse(
    execFileSync('npm', words, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  ) as { files: { path: string }[] }[]
  const files = packed?.files.map(({ path }) => path) ?? []

  it.each([
    'dist/cli.cjs',
    'dist/THIRD-PARTY.txt',
    'config/prices.json',
    'config/cost-limits.schema.json',
    '.ai-config.example/cost-limits.yaml',
    '.ai-config.example/model-router.yaml',
    'CHANGELOG.md',
    'LICENSE',
    'package.json',
  ])('has %s', (path) => {
    expect(files).toContain(path)
  })

  it('has nothing but the program, its data, the examples and the documents', () => {
    const expected =
      /^(dist\/(bin|cli|(hot|later)\/[\w-]+)\.cjs|dist\/(chunks|later)\/[\w-]+\.js|dist\/THIRD-PARTY\.txt|config\/[\w.-]+\.json|\.ai-config\.example\/[\w-]+\.(yaml|json)|[A-Z]+(\.md)?|package\.json)$/
    expect(files.filter((path) => !expected.test(path))).toEqual([])
  })
})

describe('the notices', () => {
  const notices = read('dist/THIRD-PARTY.txt')

  it.each(['ink', 'react', 'yaml', 'zod', '@date-fns/tz', '@pydantic/genai-prices'])(
    'name %s with its licence',
    (name) => {
      const { version } = JSON.parse(read(`node_modules/${name}/package.json`)) as { version: string }
      const [, notice = ''] = notices.split(`\n${name} ${version}\n`)
      expect(notice).toMatch(/^-+\n\n[^-]*(Permission|License)/)
    },
  )
})

describe('the lock file', () => {
  it('names no registry, so that a mirror can serve it', () => {
    const named = Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined)
    expect(named.map(([path]) => path)).toEqual([])
  })

  it('has every binding for every platform', () => {
    expect(missingOptional(lock)).toEqual([])
  })

  it('would show a missing binding', () => {
    const optionalDependencies = { '@oxlint/binding-darwin-arm64': '1.94.0', here: '1.0.0', inner: '1.0.0' }
    const packages = {
      'node_modules/oxlint': { optionalDependencies },
      'node_modules/here': {},
      'node_modules/oxlint/node_modules/inner': {},
    }
    expect(missingOptional({ packages })).toEqual(['node_modules/oxlint: @oxlint/binding-darwin-arm64'])
  })

  it('asks users to run no install script', () => {
    const scripts = Object.entries(lock.packages).filter(
      ([, one]) => one.hasInstallScript === true && one.dev !== true,
    )
    expect(scripts.map(([path]) => path).filter((path) => path !== '')).toEqual([])
  })

  // Of some newer versions a registry serves the package but not all of its bindings, and then `npm ci` fails.
  it.each(['oxlint', 'oxfmt', 'esbuild', '@lydell/node-pty'])('pins %s exactly', (name) => {
    expect(manifest.devDependencies[name]).toMatch(/^\d+\.\d+\.\d+$/)
    expect(lock.packages[`node_modules/${name}`]?.version).toBe(manifest.devDependencies[name])
  })
})

function missingOptional({ packages }: Lock): readonly string[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(packages, path, name))
      .map((name) => `${path}: ${name}`),
  )
}

/** As Node looks for it: in the package's own node_modules, then in those of the folders above. */
function isLocked(packages: Lock['packages'], path: string, name: string): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const prefix = folder === '' ? '' : `${folder}/`
    if (`${prefix}node_modules/${name}` in packages) return true
    if (folder === '') return false
  }
}

/** A file of the bundle that is imported later. */
function isOurs(path: string): boolean {
  return path.startsWith('./later/')
}
