import { modelKey } from './model-id.ts'

/**
 * What Claude Code's own short names stand for: the newest of their family, as of the shipped prices. Only compared by
 * price and told apart by it, never printed in the place of the short name to Claude Code itself.
 */
const MEANT: Readonly<Record<string, string>> = {
  opus: 'claude-opus-5-5',
  sonnet: 'claude-sonnet-5-5',
  haiku: 'claude-haiku-5-5',
}

/** `sonnet`, `opus[1m]`: the short name and how it is shown. */
const SHORT = /^([a-z]+)((?:\[1m\])?)$/

/** The model behind a short name; any other name as it is. */
export function modelMeant(name: string): string {
  const [, short = '', shown = ''] = SHORT.exec(name) ?? []
  return Object.hasOwn(MEANT, short) ? `${MEANT[short]}${shown}` : name
}

/** Whether two names mean one model. */
export function isSameModel(one: string, other: string): boolean {
  return modelKey(modelMeant(one)) === modelKey(modelMeant(other))
}
