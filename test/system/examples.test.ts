import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { SETTINGS_FILES } from '../../src/settings/problem.ts'
import { systemExamples } from '../../src/system/examples.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CONFIG = resolve(ROOT, 'config')

const schemaLine = (name: string, directory: string): string | undefined =>
  systemExamples(name, directory).split('\n', 1)[0]

describe.each(SETTINGS_FILES)('%s leads an editor to its schema', (name) => {
  const schema = resolve(CONFIG, name.replace('.yaml', '.schema.json'))

  it('that is there', () => {
    expect(existsSync(schema)).toBe(true)
  })

  it('by its address, wherever the package is installed', () => {
    const line = `# yaml-language-server: $schema=${pathToFileURL(schema).href}`
    expect(schemaLine(name, '/home/u/.config/ai-costs')).toBe(line)
    expect(schemaLine(name, 'relative')).toBe(line)
  })

  it('by a path that holds on every machine, when the package belongs to the project', () => {
    const project = dirname(resolve(ROOT))
    const [, path = ''] = schemaLine(name, resolve(project, '.ai-config'))?.split('$schema=') ?? []
    expect(path).toMatch(/^\.\.\//)
    expect(resolve(project, '.ai-config', path)).toBe(schema)
  })
})
