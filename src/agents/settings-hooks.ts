import { type Insert, withItem, withMember, withValue, withoutItem, withoutMember } from './edit-json.ts'
import { type FoundHandler, eventOf, groupsOf, handlersIn, hooksOf, tableOf } from './hook-groups.ts'
import { JsonFault, type JsonTable, memberOf, textOf } from './json-tree.ts'
import { mentionsUs, readOwnCommand } from './own-command.ts'

/** What an agent's settings are to hold of ours. */
export interface WantedHooks {
  readonly hooks: readonly WantedHook[]
  readonly statusLine: Handler | null
}

export interface WantedHook {
  readonly event: string
  readonly handler: Handler
}

/** What an agent calls, and how: `{ "type": "command", "command": "…", "timeout": 5 }`. */
export interface Handler {
  readonly command: string
  readonly [key: string]: Insert
}

/** What became of one place in the settings. `kept`: something else is there, which is the user's own. */
export interface Change {
  readonly kind: 'added' | 'updated' | 'removed' | 'kept'
  readonly place: string
}

export type Patched =
  | { readonly kind: 'patched'; readonly text: string; readonly changes: readonly Change[] }
  /** The settings are not what we know, and stay as they are. */
  | { readonly kind: 'refused'; readonly line: number; readonly message: string; readonly fix: string }

/**
 * The settings of an agent with our hooks in them; undefined text for none yet. Done twice it changes nothing, and what is
 * ours from earlier is brought up to date where it stands.
 */
export function withHooks(text: string | undefined, { hooks, statusLine }: WantedHooks): Patched {
  const before = text === undefined || text.trim() === '' ? '{}\n' : text
  return patched(before, (root) => {
    for (const { event } of hooks) groupsOf(hooksOf(root), event)
    const steps = hooks.map((hook) => (now: string) => withHook(now, hook))
    if (statusLine !== null) steps.push((now) => withStatusLine(now, statusLine))
    return inTurn(before, steps)
  })
}

/** The settings without our hooks, and without the lists and tables that they leave empty. */
export function withoutHooks(text: string): Patched {
  return patched(text, (root) => {
    const hooks = memberOf(root, 'hooks')
    const events = hooks?.kind === 'table' ? hooks.members.map(({ key }) => key) : []
    return inTurn(text, [
      ...events.map((event) => (now: string) => withoutHook(now, event)),
      withoutStatusLine,
    ])
  })
}

interface Step {
  readonly text: string
  readonly change: Change | null
}

/** Each step reads the text anew: what an earlier one has put in moves everything behind it. */
function inTurn(text: string, steps: readonly ((now: string) => Step)[]): Patched {
  const changes: Change[] = []
  let now = text
  for (const step of steps) {
    const { text: next, change } = step(now)
    now = next
    if (change !== null) changes.push(change)
  }
  return { kind: 'patched', text: now, changes }
}

function patched(text: string, patch: (root: JsonTable) => Patched): Patched {
  try {
    return patch(tableOf(text))
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error
    const line = text.slice(0, error.offset).split('\n').length
    return { kind: 'refused', line, message: error.message, fix: error.fix }
  }
}

function withHook(text: string, { event, handler }: WantedHook): Step {
  const place = `hooks.${event}`
  const added: Change = { kind: 'added', place }
  const group = { hooks: [handler] }
  const root = tableOf(text)
  const hooks = hooksOf(root)
  if (hooks === null) return { text: withMember(text, root, 'hooks', { [event]: [group] }), change: added }
  const groups = groupsOf(hooks, event)
  if (groups === null) return { text: withMember(text, hooks, event, [group]), change: added }
  const handlers = handlersIn(groups)
  const ours = handlers.find(isOwn) ?? handlers.find(({ handler: one }) => mentionsUs(commandOf(one)))
  if (ours === undefined) return { text: withItem(text, groups, group), change: added }
  return upToDate(text, ours.handler, handler.command, place)
}

function withStatusLine(text: string, handler: Handler): Step {
  const root = tableOf(text)
  const old = memberOf(root, 'statusLine')
  const place = 'statusLine'
  if (old === null) return { text: withMember(text, root, place, handler), change: { kind: 'added', place } }
  if (old.kind !== 'table') return { text, change: { kind: 'kept', place } }
  return upToDate(text, old, handler.command, place)
}

/** The text with our command of today in the place of an older one, whose options stay. */
function upToDate(text: string, handler: JsonTable, wanted: string, place: string): Step {
  const node = memberOf(handler, 'command')
  const line = commandOf(handler)
  const own = readOwnCommand(line)
  if (node === null || own === null) return { text, change: { kind: 'kept', place } }
  const next = wanted + own.options.replace(/ +--agent[= ]+\S+/, '')
  if (next === line) return { text, change: null }
  return { text: withValue(text, node, next), change: { kind: 'updated', place } }
}

function withoutHook(text: string, event: string): Step {
  let now = text
  // From the last to the first, so that what is before them stays where it is.
  const found = handlersIn(eventOf(text, event)).filter(isOwn).toReversed()
  for (const { group, nth } of found) now = withoutHandler(now, event, group, nth)
  return { text: now, change: found.length === 0 ? null : { kind: 'removed', place: `hooks.${event}` } }
}

function withoutHandler(text: string, event: string, group: number, nth: number): string {
  const root = tableOf(text)
  const hooks = hooksOf(root)
  const groups = eventOf(text, event)
  const table = groups?.kind === 'list' ? groups.items[group] : undefined
  const handlers = table?.kind === 'table' ? memberOf(table, 'hooks') : null
  if (hooks === null || groups?.kind !== 'list' || handlers?.kind !== 'list') return text
  if (handlers.items.length > 1) return withoutItem(text, handlers, nth)
  if (groups.items.length > 1) return withoutItem(text, groups, group)
  return hooks.members.length > 1 ? withoutMember(text, hooks, event) : withoutMember(text, root, 'hooks')
}

function withoutStatusLine(text: string): Step {
  const root = tableOf(text)
  const statusLine = memberOf(root, 'statusLine')
  const line = statusLine?.kind === 'table' ? commandOf(statusLine) : ''
  if (readOwnCommand(line) === null) return { text, change: null }
  return {
    text: withoutMember(text, root, 'statusLine'),
    change: { kind: 'removed', place: 'statusLine' },
  }
}

function isOwn({ handler }: FoundHandler): boolean {
  return readOwnCommand(commandOf(handler)) !== null
}

function commandOf(handler: JsonTable): string {
  return textOf(handler, 'command') ?? ''
}
