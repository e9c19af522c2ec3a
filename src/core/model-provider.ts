/** Who sells a model under an id, as far as the id tells; `other` where it does not. */
export function providerOf(model: string): string {
  const name = model.toLowerCase()
  const [first = '', ...rest] = name.split('/')
  if (rest.length > 0) return first
  return BEGINNINGS.find(({ names }) => names.test(name))?.provider ?? 'other'
}

const BEGINNINGS = [
  { provider: 'bedrock', names: /^(?:[a-z-]+\.)?anthropic\./ },
  { provider: 'anthropic', names: /^claude/ },
  { provider: 'openai', names: /^(?:gpt|chatgpt|codex|o\d)/ },
  { provider: 'google', names: /^gemini/ },
  { provider: 'xai', names: /^grok/ },
  { provider: 'deepseek', names: /^deepseek/ },
  { provider: 'moonshotai', names: /^kimi/ },
  { provider: 'zai', names: /^glm/ },
  { provider: 'qwen', names: /^qwen/ },
] as const
