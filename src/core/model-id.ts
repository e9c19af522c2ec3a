/**
 * One model has many names: `claude-opus-4-5`, `claude-opus-4-5-20251101`, `anthropic/claude-opus-4.5`,
 * `us.anthropic.claude-opus-4-5-20251101-v1:0`, `claude-opus-4-5@20251101`, `claude-opus-4-5[1m]`. Only what says
 * where, when or how a model ran is taken away from a name; what says which model it is never is. That keeps
 * `claude-opus-4-5` from being priced, threefold, as `claude-opus-4`.
 */

/** The spelling under which names are compared: `Claude-Opus-4.5` and `claude-opus-4-5` are one name. */
export function modelKey(id: string): string {
  return id.trim().toLowerCase().replaceAll('.', '-')
}

/**
 * All keys under which a model may be listed, the most specific first: its own name, then without display suffix,
 * cloud version and date, then the same without each provider in front. The first is always `modelKey(id)`.
 */
export function modelKeys(id: string): readonly string[] {
  const keys = new Set([modelKey(id)])
  if (id.length > LONGEST_ID) return [...keys]
  let name = id.trim().toLowerCase().replace(DISPLAY_SUFFIX, '')
  for (;;) {
    const unversioned = withoutCloudVersion(name)
    keys
      .add(modelKey(name))
      .add(modelKey(unversioned))
      .add(modelKey(unversioned.replace(DATE_SUFFIX, '')))
    const shorter = name.replace(PROVIDER_PREFIX, '')
    if (shorter === name) return [...keys]
    name = shorter
  }
}

/** Beyond any ARN. A damaged name of 100,000 prefixes would otherwise have as many keys, each as long. */
const LONGEST_ID = 512

/** `-v1:0` (Bedrock) only behind a Claude model: in `deepseek-v4` the same ending is the model. */
function withoutCloudVersion(name: string): string {
  return (name.includes('claude-') ? name.replace(BEDROCK_VERSION, '') : name).replace(VERTEX_VERSION, '')
}

const BEDROCK_VERSION = /-v\d+(?::\w+)*$/

const VERTEX_VERSION = /@[\w-]+$/

/** `[1m]` is how Claude Code shows the long context, `:thinking` how OpenRouter asks for reasoning: same price. */
const DISPLAY_SUFFIX = /(?:\[1m\]|:thinking|:beta)+$/

const DATE_SUFFIX = /-20\d\d(-?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])$/

/**
 * Providers and gateways that sell a model at its maker's list price. A prefix that is not here stays, because the
 * same weights cost something else at another host. Whatever leads to an ARN or a resource path is only a path.
 */
const PROVIDER_PREFIX = new RegExp(
  '^(?:' +
    [
      'arn:[^/]*/',
      '(?:projects/[^/]+/locations/[^/]+/)?publishers/[^/]+/models/',
      'models/',
      '(?:openrouter|litellm|litellm_proxy|vercel|opencode|github[-_]copilot|copilot)/',
      '(?:anthropic|claude|openai|openai-codex|google|gemini|x-ai|xai|deepseek|moonshotai|moonshot|z-ai|zai)/',
      '(?:bedrock|amazon-bedrock|vertex_ai|vertex|google-vertex|google-vertex-anthropic|azure|azure_ai)/',
      '(?:(?:us|us-gov|eu|apac|au|jp|global)\\.)?anthropic\\.',
    ].join('|') +
    ')',
)
