import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { loadSettings } from '../../src/commands/load-settings.ts'
import { settingsPlaces } from '../../src/commands/settings-places.ts'
import type { Resolution } from '../../src/settings/resolution.ts'
import type { Environment } from '../../src/system/environment.ts'
import { Unreadable, systemFiles } from '../../src/system/file-system.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

let home = ''
let project = ''
let secret = ''

beforeEach(() => {
  home = temporaryDirectory()
  project = join(home, 'cloned')
  secret = join(home, 'secret')
  for (const folder of [project, secret, join(home, '.config')]) mkdirSync(folder)
  writeFileSync(join(secret, 'cost-limits.yaml'), 'budgets: { daily: 5 }\npassword: [hunter2\n')
  writeFileSync(join(secret, 'prices.yaml'), 'prices: [{ model: mine, input: 1, output: 2 }]')
})

async function load(given: string | null = null): Promise<Resolution> {
  const environment: Environment = {
    variables: {},
    workingDirectory: project,
    home,
    platform: 'linux',
    zone: () => 'UTC',
  }
  return loadSettings(settingsPlaces(given, environment, systemFiles), environment, systemFiles)
}

/** What loading says when it refuses. */
async function refusal(): Promise<string> {
  return load().then(
    () => 'nothing was refused',
    (error: unknown) =>
      error instanceof Unreadable ? `${error.path} ${error.message}: ${error.fix}` : 'crash',
  )
}

function notFollowed(path: string): string {
  return `${path} is a symbolic link, which is followed only in your own settings: put a plain copy there, or name the directory with --config if you trust it`
}

describe('a cloned project that brings a symbolic link', () => {
  it('for its settings is refused, and nothing of what it leads to is told', async () => {
    symlinkSync(secret, join(project, '.ai-config'))
    expect(await refusal()).toBe(notFollowed(join(project, '.ai-config')))
  })

  it.each(['cost-limits.yaml', 'model-router.yaml', 'prices.yaml'])(
    'for its %s is refused as well',
    async (name) => {
      const link = join(project, '.ai-config', name)
      mkdirSync(join(project, '.ai-config'))
      symlinkSync(join(secret, 'cost-limits.yaml'), link)
      expect(await refusal()).toBe(notFollowed(link))
    },
  )

  it('is read when the user names its directory', async () => {
    symlinkSync(secret, join(project, '.ai-config'))
    const { limits, prices } = await load(join(project, '.ai-config'))
    expect(limits.kind).toBe('broken')
    expect(prices).toMatchObject({ kind: 'ok', value: [{ block: { model: 'mine' }, fromProject: false }] })
  })
})

describe('the user’s own settings', () => {
  it('may be links, as managers of dotfiles make them', async () => {
    const own = join(home, '.config', 'ai-costs')
    mkdirSync(own)
    symlinkSync(join(secret, 'prices.yaml'), join(own, 'prices.yaml'))
    expect((await load()).files).toEqual([join(own, 'prices.yaml')])
  })

  it('that are links to nowhere are not the same as none', async () => {
    const own = join(home, '.config', 'ai-costs')
    symlinkSync(join(home, 'not-mounted'), own)
    expect(await refusal()).toMatch(`${own} is a symbolic link that leads nowhere`)
  })
})
