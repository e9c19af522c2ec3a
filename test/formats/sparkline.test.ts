import { describe, expect, test } from 'vitest'
import { sparkline } from '../../src/formats/sparkline.ts'

describe('sparkline', () => {
  test.each([
    [[], ''],
    [[0n, 0n], '▁▁'],
    [[0n, 1n, 7n], '▁▂█'],
    [[1n, 1_000_000n], '▂█'],
    [[-5n, 4n, 8n], '▁▅█'],
  ])('draws %s as %s: something is always more than nothing', (values, line) => {
    expect(sparkline(values, false)).toBe(line)
  })

  test('needs nothing but ASCII where nothing else can be shown', () => {
    expect(sparkline([0n, 1n, 4n, 7n], true)).toBe('_.=#')
  })
})
