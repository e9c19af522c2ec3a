// What a person decided about prices: which models of @pydantic/genai-prices we take, and everything that package
// does not say. Each entry names its source, and no number stands here without one.

/** The day on which a person last read the sources below. */
export const REVIEWED = '2026-11-22'

/** Where prices were read, by the short names that blocks use. */
export const SOURCES = {
  anthropic: 'https://platform.claude.com/docs/en/about-claude/pricing',
  'anthropic-fast': 'https://platform.claude.com/docs/en/build-with-claude/fast-mode',
  'anthropic-geo': 'https://platform.claude.com/docs/en/manage-claude/data-residency',
  'anthropic-haiku-3.5': 'https://aiwiki.ai/wiki/claude_3_5_haiku',
  'anthropic-haiku-5.5': 'https://platform.claude.com/docs/en/models/haiku-5-5/overview.md',
  'anthropic-sonnet-5.5': 'https://platform.claude.com/docs/en/models/sonnet-5-5/overview',
  claudit: 'https://github.com/kurofune/claudit/releases/tag/v1.9.2',
  rightsize: 'https://github.com/archid21/rightsize/releases/tag/v0.10.2',
  bedrock: 'https://aws.amazon.com/bedrock/pricing/',
  openai: 'https://developers.openai.com/api/docs/pricing',
  'half-for-batch': 'https://yashbogam.me/ai/batch-apis',
  'openai-fast': 'https://openai.com/api-fast-mode/',
  'openai-o3': 'https://github.com/RooCodeInc/Roo-Code/pull/2691',
  google: 'https://ai.google.dev/gemini-api/docs/pricing',
  xai: 'https://docs.x.ai/docs/models',
  // DeepSeek V4 costs half outside of 01:00-04:00 and 06:00-10:00 UTC. A block has one rate, so it states the higher.
  'deepseek-peak-rate': 'https://api-docs.deepseek.com/quick_start/pricing',
  moonshot: 'https://platform.kimi.ai/docs/models.md',
  zai: 'https://docs.z.ai/guides/overview/pricing',
  openrouter: 'https://openrouter.ai/models',
  'qwen-oauth-free-tier': 'https://github.com/QwenLM/qwen-code',
}

/** Models of the package, by its provider. `rename` gives a model the name under which its maker sells it. */
export const SELECTED = [
  {
    provider: 'anthropic',
    source: 'anthropic',
    models: /^claude-(?:3|opus|sonnet|haiku|fable)/,
    rename: (id) => id.replace(/^(claude-3.*)-latest$/, '$1').replace(/^(claude-(?:opus|sonnet)-4)-0$/, '$1'),
  },
  {
    provider: 'aws',
    source: 'bedrock',
    // Older models cost the same in any place, so the names of Bedrock lead to Anthropic's own price.
    models: /^regional\.anthropic\.claude-(?:(?:haiku|sonnet|opus)-(?:4-[5-9]|5)|fable)/,
    rename: (id) => `us.${bedrockName(id)}`,
  },
  {
    provider: 'openai',
    source: 'openai',
    models:
      /^(?:gpt-(?:4\.1|4o)(?:-mini|-nano)?|gpt-4o-2024-05-13|gpt-4|gpt-4-turbo|gpt-3\.5-turbo|chatgpt-4o-latest|codex-mini|gpt-5(?:\.\d)?(?:-mini|-nano|-pro|-codex|-codex-mini|-sol|-terra|-luna)?|gpt-6-(?:astra|sol|luna)|o\d(?:-mini|-pro)?)$/,
  },
  {
    provider: 'google',
    source: 'google',
    models:
      /^gemini-(?:2\.[05]-flash(?:-lite)?|2\.5-pro|3(?:\.1)?-pro-preview|3-flash-preview|3\.1-flash-lite|3\.\d-flash(?:-lite)?)$/,
  },
  { provider: 'x-ai', source: 'xai', models: /^grok-(?:[34]|code|build)/ },
  { provider: 'moonshotai', source: 'moonshot', models: /^kimi-(?!k2$)/ },
  { provider: 'zai', source: 'zai', models: /^GLM-5\.[23]$/, rename: (id) => id.toLowerCase() },
  {
    // What OpenRouter charges for open weights is its own price, so these keep its name in front.
    provider: 'openrouter',
    source: 'openrouter',
    models:
      /^(?:qwen\/qwen3(?:-coder|-max|\.\d-(?:plus|max|flash))[^:]*|z-ai\/glm-[45][^:]*|moonshotai\/kimi-k[^:]*|deepseek\/deepseek-v3\.\d[^:]*)$/,
    except: /-free$|flash-\d\d-\d\d|glm-(?:4\.[56]v|5\.3-flash)$/,
  },
]

/** Package id of a regional Bedrock model to the id that AWS uses, without date and version. */
function bedrockName(id) {
  return id.replace(/^regional\./, '').replace(/(?:-20\d{6})?(?:-v\d+:\d+)?$/, '')
}

const CLAUDE_IN_A_PLACE = /^claude-(?:opus-(?:4-[678]|5)|sonnet-(?:4-6|5)|haiku-5|fable|mythos)/

/**
 * Keys added to blocks: every rule whose `models` matches and whose `from`, when it has one, is the block's. The
 * package has no factors at all.
 */
export const ADDED = [
  { models: /^claude-/, keys: { batch: '0.5' }, source: 'anthropic' },
  { models: CLAUDE_IN_A_PLACE, keys: { region: { us: '1.1' } }, source: 'anthropic-geo' },
  { models: /^claude-opus-4-[67]$/, keys: { fast: '6' }, source: 'anthropic-fast' },
  { models: /^claude-opus-(?:4-8|5|5-5)$/, keys: { fast: '2' }, source: 'anthropic-fast' },
  // "1-hour cache write tokens are 2 times the base input tokens price", which Bedrock follows.
  {
    models: /^us\.anthropic\.claude-/,
    keys: { cache_write_1h: (block) => twice(block.input) },
    source: 'anthropic',
  },
  { models: /^(?:gpt-(?:4\.1|4o|5|6)|o\d)/, keys: { batch: '0.5' }, source: 'half-for-batch' },
  { models: /^gpt-5(?:\.1|\.2|\.4|\.4-mini)?$/, keys: openaiFast('2'), source: 'openai-fast' },
  { models: /^gpt-5-mini$/, keys: openaiFast('1.8'), source: 'openai-fast' },
  { models: /^gpt-5\.5$/, keys: openaiFast('2.5'), source: 'openai-fast' },
  { models: /^gpt-5\.6-(?:terra|luna)$/, from: '2026-07-30', keys: openaiFast('2'), source: 'openai-fast' },
  { models: /^gpt-5\.6-sol$/, from: undefined, keys: openaiFast('2'), source: 'openai-fast' },
  { models: /^gpt-4\.1(?:-mini)?$/, keys: openaiFast('1.75'), source: 'openai-fast' },
  { models: /^gpt-4\.1-nano$/, keys: openaiFast('2'), source: 'openai-fast' },
  { models: /^gpt-4o$/, keys: openaiFast('1.7'), source: 'openai-fast' },
  { models: /^gemini-/, keys: { batch: '0.5' }, source: 'half-for-batch' },
  { models: /^gemini-3\.[78]-flash$/, keys: { priority: '1.8' }, source: 'google' },
]

/** OpenAI renamed its priority processing to fast mode and takes both as `service_tier`. */
function openaiFast(factor) {
  return { priority: factor, fast: factor }
}

function twice(decimal) {
  return String(Number(decimal) * 2)
}

/** Names by which tools know a model, where no rule of names leads there. */
export const ALIASES = {
  'claude-3-haiku': ['claude-haiku-3'],
  'claude-3-sonnet': ['claude-sonnet-3'],
  'claude-3-opus': ['claude-opus-3', 'claude-3-opus-latest'],
  'claude-3-5-haiku': ['claude-haiku-3.5', 'claude-3-5-haiku-latest'],
  'claude-3-5-sonnet': ['claude-sonnet-3.5', 'claude-3-5-sonnet-latest'],
  'claude-3-7-sonnet': ['claude-sonnet-3.7', 'claude-3-7-sonnet-latest'],
  'claude-opus-4': ['claude-opus-4-0', 'claude-4-opus'],
  'claude-sonnet-4': ['claude-sonnet-4-0', 'claude-4-sonnet'],
  'gemini-2.0-flash': ['gemini-2.0-flash-001'],
  'gemini-2.0-flash-lite': ['gemini-2.0-flash-lite-001'],
  'gemini-2.5-pro': [
    'gemini-2.5-pro-preview',
    'gemini-2.5-pro-preview-03-25',
    'gemini-2.5-pro-preview-05-06',
    'gemini-2.5-pro-preview-06-05',
  ],
  'gemini-2.5-flash-lite': ['gemini-2.5-flash-lite-preview-06-17', 'gemini-2.5-flash-lite-preview-09-2025'],
  'gemini-3.1-flash-lite': ['gemini-3.1-flash-lite-preview'],
}

/** Aliases of the package that we refuse: they move from model to model, or cost more than the model. */
export const REFUSED_ALIASES = /^(?:grok-latest)$|search-preview|^(?:x-ai|anthropic)\//

/** Blocks that replace those of the package (same model), or that it lacks. */
export const BLOCKS = [
  {
    model: 'claude-3-5-haiku',
    provider: 'anthropic',
    series: [
      {
        input: '1',
        output: '5',
        cache_read: '0.1',
        cache_write: '1.25',
        cache_write_1h: '2',
        web_search: '10',
      },
      {
        from: '2024-12-03',
        input: '0.8',
        output: '4',
        cache_read: '0.08',
        cache_write: '1',
        cache_write_1h: '1.6',
        web_search: '10',
      },
    ],
    source: 'anthropic anthropic-haiku-3.5',
  },
  {
    model: 'claude-haiku-5-5',
    provider: 'anthropic',
    series: [
      {
        input: '0.1',
        output: '0.5',
        cache_read: '0.01',
        cache_write: '0.125',
        cache_write_1h: '0.2',
        long_context: {
          above: '100000',
          input: '0.5',
          output: '2.5',
          cache_read: '0.05',
          cache_write: '0.625',
          cache_write_1h: '1',
        },
        web_search: '10',
      },
    ],
    source: 'anthropic-haiku-5.5 claudit',
  },
  {
    model: 'claude-sonnet-5-5',
    provider: 'anthropic',
    series: [
      {
        input: '2',
        output: '10',
        cache_read: '0.2',
        cache_write: '2.5',
        cache_write_1h: '4',
        web_search: '10',
      },
      {
        from: '2026-10-07',
        input: '2',
        output: '10',
        cache_read: '0.1',
        cache_write: '2.5',
        cache_write_1h: '4',
        web_search: '10',
      },
    ],
    source: 'anthropic-sonnet-5.5 claudit',
  },
  {
    model: 'claude-fable-5-2',
    provider: 'anthropic',
    series: [
      {
        input: '8',
        output: '40',
        cache_read: '0.2',
        cache_write: '10',
        cache_write_1h: '16',
        web_search: '10',
      },
    ],
    source: 'rightsize',
  },
  {
    model: 'claude-mythos-5',
    provider: 'anthropic',
    series: [
      {
        input: '10',
        output: '50',
        cache_read: '1',
        cache_write: '12.5',
        cache_write_1h: '20',
        web_search: '10',
      },
    ],
    source: 'anthropic',
  },
  {
    model: 'claude-mythos-5-1',
    provider: 'anthropic',
    series: [
      {
        input: '10',
        output: '50',
        cache_read: '0.25',
        cache_write: '12.5',
        cache_write_1h: '20',
        web_search: '10',
      },
    ],
    source: 'anthropic',
  },
  {
    // The package lists the later cache rate for both prices; at launch it was a quarter of the input.
    model: 'o3',
    provider: 'openai',
    series: [
      { input: '10', output: '40', cache_read: '2.5', web_search: '10' },
      { from: '2025-06-10', input: '2', output: '8', cache_read: '0.5', web_search: '10' },
    ],
    source: 'openai openai-o3',
  },
  {
    model: 'deepseek-v4-flash',
    provider: 'deepseek',
    series: [
      { input: '0.14', output: '0.28', cache_read: '0.0028' },
      { from: '2026-08-17', input: '0.44', output: '1.32', cache_read: '0.014' },
    ],
    source: 'deepseek-peak-rate',
  },
  {
    model: 'deepseek-v4-pro',
    provider: 'deepseek',
    series: [
      { input: '0.435', output: '0.87', cache_read: '0.003625' },
      { from: '2026-08-17', input: '1.32', output: '3.96', cache_read: '0.044' },
    ],
    source: 'deepseek-peak-rate',
  },
  {
    model: 'glm-5.3-flash',
    provider: 'zai',
    series: [
      { input: '0.075', output: '0.25', cache_read: '0.015' },
      { from: '2026-09-09T16:00:00Z', input: '0.15', output: '0.5', cache_read: '0.03' },
    ],
    source: 'zai',
  },
  {
    // Free through Qwen's own sign-in. Anywhere else the same weights are paid for: see qwen/qwen3-coder.
    model: 'qwen3-coder',
    provider: 'qwen',
    aliases: ['qwen3-coder:free', 'qwen/qwen3-coder:free'],
    series: [{ input: '0', output: '0', cache_read: '0', cache_write: '0', cache_write_1h: '0' }],
    source: 'qwen-oauth-free-tier',
  },
]
