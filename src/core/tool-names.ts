import { modelMeant } from './model-alias.ts'
import { isModelName } from './model-name.ts'
import { providerOf } from './model-provider.ts'

/** The tools that we know to call a model by its own name for it. */
export const NAMED_TOOLS = ['claude-code', 'codex', 'litellm', 'openrouter'] as const
export type NamedTool = (typeof NAMED_TOOLS)[number]

/** How a tool calls models. */
interface Naming {
  /** What it writes before the id of a provider's model; a provider that is not here it cannot ask. */
  readonly prefixes: Readonly<Record<string, string>>
  /** How it spells the id itself. */
  readonly spell: (id: string) => string
  /** Names that it takes as they are; null for none but those. */
  readonly own: RegExp | null
}

const NAMINGS: Readonly<Record<NamedTool, Naming>> = {
  // Cloud names reach it through Bedrock and Vertex, whose ids it takes as they are.
  'claude-code': {
    prefixes: { anthropic: '' },
    spell: asIs,
    own: /^(?:(?:opus|sonnet|haiku)(?:\[1m\])?|opusplan|default|(?:[a-z-]+\.)?anthropic\..+)$/,
  },
  codex: { prefixes: { openai: '' }, spell: asIs, own: null },
  litellm: {
    prefixes: {
      anthropic: 'anthropic/',
      openai: 'openai/',
      google: 'gemini/',
      xai: 'xai/',
      deepseek: 'deepseek/',
      moonshotai: 'moonshot/',
      zai: 'zai/',
      bedrock: 'bedrock/',
    },
    spell: withoutWindow,
    own: /^(?:azure|azure_ai|bedrock|vertex_ai|openrouter|groq|mistral|ollama|fireworks_ai|together_ai)\/.+$/,
  },
  openrouter: {
    prefixes: {
      anthropic: 'anthropic/',
      openai: 'openai/',
      google: 'google/',
      xai: 'x-ai/',
      deepseek: 'deepseek/',
      moonshotai: 'moonshotai/',
      zai: 'z-ai/',
      qwen: 'qwen/',
    },
    spell: asOpenRouterSpells,
    own: null,
  },
}

/** Prefixes of ids that mean a provider which `providerOf` calls otherwise. */
const SYNONYMS: Readonly<Record<string, string>> = {
  'x-ai': 'xai',
  'z-ai': 'zai',
  gemini: 'google',
  moonshot: 'moonshotai',
}

/** What a tool calls a model; null when the table has no name for it, which nobody should guess. */
export function nameFor(tool: NamedTool, model: string): string | null {
  const { prefixes, spell, own } = NAMINGS[tool]
  if (own?.test(model) === true) return model
  const meant = modelMeant(model)
  const said = providerOf(meant)
  const provider = SYNONYMS[said] ?? said
  const prefix = Object.hasOwn(prefixes, provider) ? prefixes[provider] : undefined
  if (prefix === undefined) return null
  const name = prefix + spell(meant.slice(meant.indexOf('/') + 1))
  return isModelName(name) ? name : null
}

function asIs(id: string): string {
  return id
}

/** `[1m]` is how Claude Code asks for the long context; nobody else knows it. */
function withoutWindow(id: string): string {
  return id.replace(/\[1m\]$/, '')
}

/** `claude-opus-4-5-20251101` is `claude-opus-4.5` there, `claude-3-5-haiku` is `claude-3.5-haiku`. */
function asOpenRouterSpells(id: string): string {
  if (!id.startsWith('claude-')) return id
  return withoutWindow(id)
    .replace(/-20\d{6}$/, '')
    .replace(/(?<=-\d{1,2})-(?=\d{1,2}(?:-|$))/, '.')
}
