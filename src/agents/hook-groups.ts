import {
  JsonFault,
  type JsonList,
  type JsonNode,
  type JsonTable,
  memberOf,
  readJsonTree,
} from './json-tree.ts'

// What Claude Code, Codex and Gemini CLI agree on: `{ "hooks": { "Stop": [{ "matcher": "…", "hooks": [{ … }] }] } }`.

/** One handler of an event, and where it stands. */
export interface FoundHandler {
  readonly handler: JsonTable
  /** Of the group, in its event. */
  readonly group: number
  /** Of the handler, in its group. */
  readonly nth: number
}

/** The handlers of an event; what has another form is passed over. */
export function handlersIn(groups: JsonNode | null): readonly FoundHandler[] {
  if (groups?.kind !== 'list') return []
  return groups.items.flatMap((node, group) => {
    const hooks = node.kind === 'table' ? memberOf(node, 'hooks') : null
    if (hooks?.kind !== 'list') return []
    return hooks.items.flatMap((handler, nth) => (handler.kind === 'table' ? [{ handler, group, nth }] : []))
  })
}

/** The whole of a settings file. Throws `JsonFault` for anything but a table. */
export function tableOf(text: string): JsonTable {
  const root = readJsonTree(text)
  if (root.kind === 'table') return root
  throw new JsonFault(root.start, 'is not a table of settings', 'put { } around it, or start anew with {}')
}

/** What stands at an event; null for nothing. Throws `JsonFault`. */
export function eventOf(text: string, event: string): JsonNode | null {
  const hooks = hooksOf(tableOf(text))
  return hooks === null ? null : memberOf(hooks, event)
}

/** The events; null for none. Throws `JsonFault` for anything but a table. */
export function hooksOf(root: JsonTable): JsonTable | null {
  const hooks = memberOf(root, 'hooks')
  if (hooks === null || hooks.kind === 'table') return hooks
  throw new JsonFault(hooks.start, 'hooks is not a table of events', 'write "hooks": { }')
}

/** The groups of an event; null for none. Throws `JsonFault` for anything but a list of groups. */
export function groupsOf(hooks: JsonTable | null, event: string): JsonList | null {
  const groups = hooks === null ? null : memberOf(hooks, event)
  if (groups === null) return null
  const items = groups.kind === 'list' ? groups.items : [groups]
  const odd = items.find((item) => item.kind !== 'table' || memberOf(item, 'hooks')?.kind !== 'list')
  if (groups.kind === 'list' && odd === undefined) return groups
  throw new JsonFault(
    (odd ?? groups).start,
    `hooks.${event} has another form than the one that is known`,
    'write it as [{ "hooks": [{ "type": "command", "command": "…" }] }]',
  )
}
