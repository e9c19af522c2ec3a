import { describe, expect, it, test } from 'vitest'
import { loadSettings, settingsStamp } from '../../src/commands/load-settings.ts'
import { settingsPlaces } from '../../src/commands/settings-places.ts'
import { BUILT_IN_RESOLUTION } from '../../src/settings/defaults.ts'
import { settingsForCheck } from '../../src/settings/resolution.ts'
import { LIMITS, PROJECT, fakeSystem } from '../kit/fake-system.ts'

const USER = '/home/u/.config/ai-costs'

describe('settings are looked for', () => {
  interface Where {
    readonly given?: string
    readonly variables?: Readonly<Record<string, string>>
    readonly project?: string
  }

  test.each<[why: string, where: Where, places: readonly string[]]>([
    [
      'where --config says, and nowhere else',
      { given: '/c', variables: { AI_CONFIG_DIR: '/v' } },
      ['explicit /c'],
    ],
    [
      'where AI_CONFIG_DIR says, and nowhere else',
      { variables: { AI_CONFIG_DIR: '/v' }, project: PROJECT },
      ['explicit /v'],
    ],
    ['as ever when AI_CONFIG_DIR is empty', { variables: { AI_CONFIG_DIR: '' } }, [`user ${USER}`]],
    ['with the user, without a project', {}, [`user ${USER}`]],
    [
      'with the user, then in the project',
      { project: PROJECT },
      [`user ${USER}`, `project ${PROJECT}/.ai-config`],
    ],
    ['in the nearest project above', { project: '/home/u' }, [`user ${USER}`, 'project /home/u/.ai-config']],
    ['in the XDG directory', { variables: { XDG_CONFIG_HOME: '/x' } }, ['user /x/ai-costs']],
  ])('%s', (_, { given, variables, project }, places) => {
    const system = fakeSystem(project === undefined ? {} : { [`${project}/.ai-config/cost-limits.yaml`]: '' })
    Object.assign(system.variables, variables)
    const found = settingsPlaces(given ?? null, system.environment, system.files)
    expect(found.map(({ trust, directory }) => `${trust} ${directory}`)).toEqual(places)
  })
})

const WEBHOOK = 'notifications: { webhook: "https://hooks.example/x" }'

async function webhookOf(path: string, given: string | null): Promise<string | null> {
  const system = fakeSystem({ [path]: WEBHOOK })
  const places = settingsPlaces(given, system.environment, system.files)
  const resolution = await loadSettings(places, system.environment, system.files)
  const settings = settingsForCheck(resolution)
  return settings.kind === 'ok' ? settings.value.notifications.webhook : 'broken'
}

describe('a layer counts as far as it is trusted', () => {
  it('a webhook from the user or from --config is called', async () => {
    expect(await webhookOf(`${USER}/cost-limits.yaml`, null)).toBe('https://hooks.example/x')
    expect(await webhookOf('/c/cost-limits.yaml', '/c')).toBe('https://hooks.example/x')
  })

  it('a webhook from a project, which may be a cloned repository, is not', async () => {
    expect(await webhookOf(LIMITS, null)).toBeNull()
  })

  it('a webhook from the environment is called', async () => {
    const system = fakeSystem()
    system.variables['AI_COSTS_WEBHOOK'] = 'https://hooks.example/y'
    const resolution = await loadSettings([], system.environment, system.files)
    expect(resolution).toMatchObject({
      limits: { value: { notifications: { webhook: 'https://hooks.example/y' } } },
    })
  })
})

describe('the files', () => {
  it('that do not exist mean the built-in limits', async () => {
    const system = fakeSystem()
    const places = settingsPlaces(null, system.environment, system.files)
    expect(await loadSettings(places, system.environment, system.files)).toBe(BUILT_IN_RESOLUTION)
  })

  it('that are misnamed are not read, and named', async () => {
    const system = fakeSystem({
      [LIMITS]: 'budgets: { daily: 5 }',
      [LIMITS.replace('.yaml', '.yml')]: 'budgets: { daily: 6 }',
      [`${USER}/prices.yml`]: 'prices: []',
    })
    const places = settingsPlaces(null, system.environment, system.files)
    const { files, notices } = await loadSettings(places, system.environment, system.files)
    expect(files).toEqual([LIMITS])
    expect(notices.map(({ file }) => file)).toEqual([
      `${USER}/prices.yml`,
      `${PROJECT}/.ai-config/cost-limits.yml`,
    ])
  })

  it('that are misnamed are named also when there are no others', async () => {
    const system = fakeSystem({ [LIMITS.replace('.yaml', '.yml')]: 'budgets: { daily: 6 }' })
    const places = settingsPlaces(null, system.environment, system.files)
    expect(await loadSettings(places, system.environment, system.files)).toMatchObject({
      limits: { value: { builtInLimits: true } },
      notices: [{ fix: 'rename it to cost-limits.yaml' }],
    })
  })

  it('are read in the order of the layers', async () => {
    const system = fakeSystem({
      [LIMITS]: 'budgets: { daily: 5 }',
      [`${USER}/cost-limits.yaml`]: 'budgets: { daily: 10 }',
    })
    const places = settingsPlaces(null, system.environment, system.files)
    const { files, limits } = await loadSettings(places, system.environment, system.files)
    expect(files).toEqual([`${USER}/cost-limits.yaml`, LIMITS])
    expect(limits).toMatchObject({ value: { budgets: [{ id: 'daily' }, { id: 'project:daily' }] } })
  })

  it('change their stamp when any of them changes, and only then', () => {
    const system = fakeSystem({ [LIMITS]: 'a' })
    const places = settingsPlaces(null, system.environment, system.files)
    const stamp = () => settingsStamp(places, system.files)
    const first = stamp()
    expect(stamp()).toBe(first)
    system.texts.set(`${USER}/prices.yaml`, 'b')
    const second = stamp()
    expect(second).not.toBe(first)
    system.texts.delete(`${USER}/prices.yaml`)
    expect(stamp()).toBe(first)
    system.texts.set(`${USER}/notes.txt`, 'b')
    expect(stamp()).toBe(first)
  })
})
