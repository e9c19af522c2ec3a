import { isObject, parseObject } from './json-object.ts'

/**
 * The events of Claude Code that call `ai-costs hook`, from the text of its `settings.json`; null when that is no JSON
 * object. Nothing else in there concerns us.
 */
export function installedHooks(text: string): readonly string[] | null {
  const settings = parseObject(text)
  if (settings === null) return null
  const hooks = settings['hooks']
  if (!isObject(hooks)) return []
  return Object.entries(hooks).flatMap(([event, groups]) => (commandsIn(groups).some(isOurs) ? [event] : []))
}

/** `{ "Stop": [{ "hooks": [{ "type": "command", "command": "…" }] }] }` */
function commandsIn(groups: unknown): readonly unknown[] {
  if (!Array.isArray(groups)) return []
  return groups.flatMap((group: unknown) => {
    const hooks = isObject(group) ? group['hooks'] : null
    return Array.isArray(hooks) ? hooks.map((hook: unknown) => (isObject(hook) ? hook['command'] : null)) : []
  })
}

function isOurs(command: unknown): boolean {
  return typeof command === 'string' && /\bai-costs\b.*\bhook\b/.test(command)
}
