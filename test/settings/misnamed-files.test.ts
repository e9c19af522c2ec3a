import { describe, expect, it } from 'vitest'

import { SETTINGS_FILES, describeProblem, misnamed } from '../../src/settings/problem.ts'
import { resolveSettings } from '../../src/settings/resolve.ts'
import { valueOf } from './resolving.ts'

const noticesOf = (...layers: Parameters<typeof resolveSettings>[0]['layers']) =>
  resolveSettings({ layers }).notices.map(describeProblem)

describe('a settings file with the ending .yml', () => {
  it.each(SETTINGS_FILES)('instead of %s is named, with its right name', (name) => {
    const layer = { trust: 'user', directory: '/user', files: {}, misnamed: [name] } as const
    expect(noticesOf(layer)).toEqual([
      `/user/${misnamed(name)}:1:1: this file is not read — rename it to ${name}`,
    ])
  })

  it.each(SETTINGS_FILES)('beside %s is named, and cannot simply take its name', (name) => {
    const layer = { trust: 'user', directory: '/user', files: { [name]: '' }, misnamed: [name] } as const
    expect(noticesOf(layer)).toEqual([
      `/user/${misnamed(name)}:1:1: this file is not read, because ${name} beside it is — move what is still needed to ${name}, and remove this file`,
    ])
  })

  it('is judged by its own layer', () => {
    const user = { trust: 'user', directory: '/user', files: { 'prices.yaml': '' } } as const
    const project = { trust: 'project', directory: '/project', files: {}, misnamed: ['prices.yaml'] } as const
    expect(noticesOf(user, project)).toEqual([
      '/project/prices.yml:1:1: this file is not read — rename it to prices.yaml',
    ])
  })

  it('sets nothing: the built-in limits go on to hold', () => {
    const layer = { trust: 'user', directory: '/user', files: {}, misnamed: ['cost-limits.yaml'] } as const
    const resolution = resolveSettings({ layers: [layer] })
    expect(valueOf(resolution.limits).builtInLimits).toBe(true)
    expect(resolution.files).toEqual([])
  })
})
