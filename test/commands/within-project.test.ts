import { describe, expect, it, test } from 'vitest'
import { withinProject } from '../../src/commands/within-project.ts'

const asIs = (path: string): string => path

describe('within a project', () => {
  test.each([
    ['/w/shop', true],
    ['/w/shop/src/deep', true],
    ['/w/shop-2', false],
    ['/w', false],
    ['/w/shop/../else', false],
    ['/w/else/../shop/src', true],
    ['', false],
  ])('%j is %s', (folder, expected) => {
    expect(withinProject('/w/shop', asIs)(folder)).toBe(expected)
  })

  it('is also what only really lies there', () => {
    const isHere = withinProject('/private/w/shop', (path) => path.replace(/^\/link/, '/private/w/shop'))
    expect([isHere('/link/src'), isHere('/else')]).toEqual([true, false])
  })

  it('is every folder where no project is asked for, and below the root', () => {
    expect([withinProject(null, asIs)(''), withinProject('/', asIs)('/w')]).toEqual([true, true])
  })

  it('is no folder that is told without the way to it', () => {
    const isHere = withinProject('/w/shop', () => '/w/shop')
    expect([isHere('.'), isHere('src')]).toEqual([false, false])
  })

  it('asks the disk about a folder once', () => {
    let asked = 0
    const isHere = withinProject('/w/shop', (path) => (asked++, path))
    for (let nth = 0; nth < 3; nth++) isHere('/else')
    expect(asked).toBe(1)
  })
})
