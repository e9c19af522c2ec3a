import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import { assert, constantFrom, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'

import { modelMeant } from '../../src/core/model-alias.ts'
import { isModelName } from '../../src/core/model-name.ts'
import { NAMED_TOOLS, type NamedTool, nameFor } from '../../src/core/tool-names.ts'
import { systemPrices } from '../../src/system/shipped-prices.ts'

describe('the name of a model', () => {
  it.each<[tool: NamedTool, model: string, name: string | null]>([
    ['claude-code', 'claude-sonnet-5', 'claude-sonnet-5'],
    ['claude-code', 'anthropic/claude-sonnet-5', 'claude-sonnet-5'],
    ['claude-code', 'claude-opus-5[1m]', 'claude-opus-5[1m]'],
    ['claude-code', 'sonnet', 'sonnet'],
    ['claude-code', 'opus[1m]', 'opus[1m]'],
    ['claude-code', 'opusplan', 'opusplan'],
    [
      'claude-code',
      'us.anthropic.claude-opus-4-5-20251101-v1:0',
      'us.anthropic.claude-opus-4-5-20251101-v1:0',
    ],
    ['claude-code', 'gpt-5', null],
    ['codex', 'gpt-5-codex', 'gpt-5-codex'],
    ['codex', 'openai/o3', 'o3'],
    ['codex', 'sonnet', null],
    ['codex', 'claude-haiku-4-5', null],
    ['litellm', 'claude-opus-4-5', 'anthropic/claude-opus-4-5'],
    ['litellm', 'anthropic/claude-opus-4-5', 'anthropic/claude-opus-4-5'],
    ['litellm', 'claude-opus-5[1m]', 'anthropic/claude-opus-5'],
    ['litellm', 'haiku', 'anthropic/claude-haiku-5-5'],
    ['litellm', 'gpt-5.1', 'openai/gpt-5.1'],
    ['litellm', 'gemini-2.5-pro', 'gemini/gemini-2.5-pro'],
    ['litellm', 'google/gemini-2.5-pro', 'gemini/gemini-2.5-pro'],
    ['litellm', 'us.anthropic.claude-opus-5', 'bedrock/us.anthropic.claude-opus-5'],
    ['litellm', 'vertex_ai/gemini-2.5-pro', 'vertex_ai/gemini-2.5-pro'],
    ['litellm', 'acme-1', null],
    ['openrouter', 'claude-opus-4-5-20251101', 'anthropic/claude-opus-4.5'],
    ['openrouter', 'claude-opus-4', 'anthropic/claude-opus-4'],
    ['openrouter', 'claude-3-5-haiku-20241022', 'anthropic/claude-3.5-haiku'],
    ['openrouter', 'claude-3-haiku', 'anthropic/claude-3-haiku'],
    ['openrouter', 'sonnet[1m]', 'anthropic/claude-sonnet-5.5'],
    ['openrouter', 'gpt-4o-2024-05-13', 'openai/gpt-4o-2024-05-13'],
    ['openrouter', 'x-ai/grok-4', 'x-ai/grok-4'],
    ['openrouter', 'qwen/qwen3-coder', 'qwen/qwen3-coder'],
    ['openrouter', 'us.anthropic.claude-opus-5', null],
    ['openrouter', 'constructor', null],
  ])('to %s of %s is %j', (tool, model, name) => {
    expect(nameFor(tool, model)).toBe(name)
  })

  it('to OpenRouter is one that OpenRouter lists, for the models that both know', () => {
    const path = createRequire(import.meta.url).resolve('@pydantic/genai-prices')
    const listed = new Set(
      [...readFileSync(path, 'utf8').matchAll(/"(anthropic\/claude-[^"\s]+)"/g)].map(([, id]) => id),
    )
    const names = [...listed].filter((id) => /^anthropic\/claude-(opus|sonnet|haiku)-[\d.]+$/.test(id ?? ''))
    expect(names.length).toBeGreaterThan(8)
    for (const name of names)
      expect(nameFor('openrouter', (name ?? '').slice(10).replace('.', '-'))).toBe(name)
  })

  it('can be printed into a command line, whatever the model', () => {
    assert(
      property(
        constantFrom(...NAMED_TOOLS),
        constantFrom('', 'claude-', 'gpt-', 'x-ai/'),
        string({ maxLength: 140 }),
        (tool, begin, rest) => {
          const name = nameFor(tool, begin + rest)
          if (name !== null && isModelName(begin + rest)) expect(isModelName(name)).toBe(true)
        },
      ),
    )
  })
})

describe('a short name of Claude Code', () => {
  it.each(['opus', 'sonnet', 'haiku'])('%s means the newest of its family that has a price', (family) => {
    const versions = systemPrices
      .shipped()
      .flatMap(({ model }) => new RegExp(`^claude-${family}-(\\d+)(?:-(\\d+))?$`).exec(model) ?? [])
    expect(versions.length).toBeGreaterThan(0)
    const newest = systemPrices
      .shipped()
      .map(({ model }) => model)
      .filter((model) => new RegExp(`^claude-${family}-\\d+(-\\d+)?$`).test(model))
      .toSorted((a, b) => versionOf(b) - versionOf(a))[0]
    expect(modelMeant(family)).toBe(newest)
    expect(modelMeant(`${family}[1m]`)).toBe(`${newest}[1m]`)
  })

  it.each(['claude-opus-5', 'opusplan', 'Opus', 'toString', ''])('is not %j', (name) => {
    expect(modelMeant(name)).toBe(name)
  })
})

function versionOf(model: string): number {
  const [major = 0, minor = 0] = (/-(\d+)(?:-(\d+))?$/.exec(model) ?? [])
    .slice(1)
    .map((part) => Number(part ?? 0))
  return major * 100 + minor
}
