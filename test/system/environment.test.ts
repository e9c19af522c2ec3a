import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { join } from 'node:path'
import { expect, it, test } from 'vitest'
import { userConfigDirectory } from '../../src/system/environment.ts'
import { fakeSystem } from '../kit/fake-system.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

test.each<[variables: Record<string, string>, directory: string]>([
  [{}, '/home/u/.config/ai-costs'],
  [{ XDG_CONFIG_HOME: '/x' }, '/x/ai-costs'],
  [{ XDG_CONFIG_HOME: '' }, '/home/u/.config/ai-costs'],
])('%j: the user configures in %s', (variables, directory) => {
  expect(userConfigDirectory({ ...fakeSystem().environment, variables })).toBe(directory)
})

it('the zone of the machine is a zone, also when TZ names none', () => {
  const script = join(temporaryDirectory(), 'zone.mjs')
  const source = fileURLToPath(new URL('../../src/system/environment.ts', import.meta.url))
  buildSync({
    stdin: {
      contents: `import { systemEnvironment } from ${JSON.stringify(source)}
        console.log(systemEnvironment().zone())`,
      resolveDir: '/',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: script,
  })
  const zoneUnder = (TZ: string): string =>
    spawnSync(process.execPath, [script], { encoding: 'utf8', env: { ...process.env, TZ } }).stdout.trim()
  expect(zoneUnder('Asia/Tokyo')).toBe('Asia/Tokyo')
  expect(['UTC', 'Etc/Unknown']).toContain(zoneUnder('Foo/Bar'))
})
