import { describe, expect, it } from 'vitest'
import * as init from '../../src/commands/init.ts'
import { NotSaved } from '../../src/system/ledger-append.ts'
import { LIMITS, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { call } from './calling.ts'

it('writes the examples in the zone of the machine and begins a ledger', async () => {
  const system = fakeSystem()
  const { stdout, stderr, exitCode } = await call(init, '', system)
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  expect([...system.texts.keys()]).toEqual([
    LIMITS,
    `${PROJECT}/.ai-config/model-router.yaml`,
    `${PROJECT}/.ai-config/prices.yaml`,
  ])
  expect(system.texts.get(LIMITS)).toBe('# cost-limits.yaml\ntimezone: Europe/Berlin\n')
  expect([...system.directories]).toEqual([`${PROJECT}/.ai-costs`])
  expect(stdout).toContain(`wrote  ${LIMITS}\n`)
  expect(stdout).toContain(`made   ${PROJECT}/.ai-costs\n`)
})

it('keeps every file that exists, and says so', async () => {
  const system = fakeSystem({ [LIMITS]: 'mine', [`${PROJECT}/.ai-costs/sessions.jsonl`]: '' })
  const { stdout } = await call(init, '', system)
  expect(system.texts.get(LIMITS)).toBe('mine')
  expect(stdout).toContain(`kept   ${LIMITS}\n`)
  expect(stdout).toContain(`kept   ${PROJECT}/.ai-costs\n`)
})

it('keeps a file that appeared in the meantime', async () => {
  const system = fakeSystem()
  const late = { ...system, files: { ...system.files, create: () => false } }
  expect((await call(init, '', late)).stdout).toContain(`kept   ${LIMITS}\n`)
})

it('rehearses without writing anything', async () => {
  const system = fakeSystem({ [`${PROJECT}/.ai-config/prices.yaml`]: 'prices: []' })
  const { stdout } = await call(init, '--dry-run', system)
  expect(stdout).toContain(`would write ${LIMITS}\n`)
  expect(stdout).toContain(`kept   ${PROJECT}/.ai-config/prices.yaml\n`)
  expect(stdout).toContain(`would make ${PROJECT}/.ai-costs\n`)
  expect(system.texts.size).toBe(1)
  expect(system.directories.size).toBe(0)
})

describe('a symbolic link that a project brings', () => {
  const DIRECTORY = `${PROJECT}/.ai-config`
  const LINKS = [DIRECTORY, LIMITS, `${DIRECTORY}/model-router.yaml`, `${DIRECTORY}/prices.yaml`]

  it.each([...LINKS.map((link) => ['', link] as const), ['--dry-run', LIMITS] as const])(
    'is not written through: init %s with a link at %s',
    async (words, link) => {
      const system = fakeSystem()
      system.links.add(link)
      expect(await call(init, words, system)).toEqual({
        stdout: '',
        stderr: `ai-costs: ${link} is a symbolic link, nothing was written: remove it, or name a directory with --config\n`,
        exitCode: 1,
      })
      expect([...system.texts.keys(), ...system.directories]).toEqual([])
    },
  )

  it('is the user’s own affair when he names it', async () => {
    const system = fakeSystem()
    system.links.add('/home/u/.config/ai-costs')
    expect(await call(init, '--config /home/u/.config/ai-costs', system)).toMatchObject({ exitCode: 0 })
    expect(system.texts.has('/home/u/.config/ai-costs/cost-limits.yaml')).toBe(true)
  })
})

it('asks for the examples as they are to lie in the directory', async () => {
  const system = fakeSystem()
  const placed = { ...system, examples: (name: string, directory: string) => `# ${name} in ${directory}\n` }
  await call(init, '--config /c', placed)
  expect(system.texts.get('/c/prices.yaml')).toBe('# prices.yaml in /c\n')
})

it('writes where it is told to', async () => {
  const system = fakeSystem()
  await call(init, '--config /c --dir /d', system)
  expect([...system.texts.keys()]).toContain('/c/cost-limits.yaml')
  expect([...system.directories]).toEqual(['/d'])
})

it('says what could not be made, and exits with 1', async () => {
  const system = fakeSystem()
  const full = {
    ...system,
    ledger: {
      ...system.ledger,
      createDirectory: () => {
        throw new NotSaved('/d: the record was NOT saved (ENOSPC), the disk is full: free some space')
      },
    },
  }
  expect(await call(init, '', full)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('the disk is full: free some space'),
  })
})
