import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

it.each(['defaults.ts', 'resolution.ts', 'settings.ts', 'problem.ts'])(
  '%s loads no package, so that no settings cost no time',
  async (name) => {
    const { metafile } = await build({
      entryPoints: [`${ROOT}/src/settings/${name}`],
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'node',
    })
    expect(Object.keys(metafile.inputs).filter((input) => input.includes('node_modules'))).toEqual([])
  },
)
