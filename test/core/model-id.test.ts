import { describe, expect, test } from 'vitest'
import { modelKey, modelKeys } from '../../src/core/model-id.ts'

describe('modelKeys', () => {
  test.each([
    ['claude-sonnet-4', ['claude-sonnet-4']],
    [' Claude-Opus-4.5 ', ['claude-opus-4-5']],
    ['claude-opus-4-5[1m]', ['claude-opus-4-5[1m]', 'claude-opus-4-5']],
    ['claude-opus-4-5-20251101', ['claude-opus-4-5-20251101', 'claude-opus-4-5']],
    ['gpt-4.1-2025-04-14', ['gpt-4-1-2025-04-14', 'gpt-4-1']],
    [
      'openrouter/anthropic/claude-3.7-sonnet:thinking',
      [
        'openrouter/anthropic/claude-3-7-sonnet:thinking',
        'openrouter/anthropic/claude-3-7-sonnet',
        'anthropic/claude-3-7-sonnet',
        'claude-3-7-sonnet',
      ],
    ],
    [
      'us.anthropic.claude-opus-4-5-20251101-v1:0',
      [
        'us-anthropic-claude-opus-4-5-20251101-v1:0',
        'us-anthropic-claude-opus-4-5-20251101',
        'us-anthropic-claude-opus-4-5',
        'claude-opus-4-5-20251101-v1:0',
        'claude-opus-4-5-20251101',
        'claude-opus-4-5',
      ],
    ],
  ])('lists the names of %s from the most to the least specific', (id, keys) => {
    expect(modelKeys(id)).toEqual(keys)
  })

  test.each([
    ['claude-opus-4-5', 'claude-opus-4'],
    ['claude-sonnet-5-5', 'claude-sonnet-5'],
    ['gpt-4o-mini', 'gpt-4o'],
    ['kimi-k2-thinking', 'kimi-k2'],
    ['deepseek-v4', 'deepseek'],
    ['model-20251399', 'model'],
    ['together/qwen3-coder', 'qwen3-coder'],
    ['qwen/qwen3-coder', 'qwen3-coder'],
    ['us.meta.llama4', 'llama4'],
  ])('never takes %s for %s', (id, other) => {
    expect(modelKeys(id)).not.toContain(modelKey(other))
  })

  test.each(['', '/', '@', '[1m]', 'arn:', 'anthropic/', '-20250101'])('survives the name %j', (id) => {
    expect(modelKeys(id)[0]).toBe(modelKey(id))
  })

  test('does not take apart a name that is longer than any', () => {
    const damaged = 'anthropic/'.repeat(100_000)
    expect(modelKeys(damaged)).toEqual([damaged])
  })
})
