import { escapeMarkup } from './escape-markup.ts'
import { type Json, jsonLine } from './json.ts'
import type { LoggedEntry } from './alert-log.ts'
import { type Notice, noticeOf } from './notice.ts'

/** What is posted to a webhook. */
export interface WebhookMessage {
  /** Each fits into a header whatever anybody's budget is called: nothing foreign is in them. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** One message about alerts that came at once, in the words of the service behind an https address. */
export function webhookMessage(address: string, entries: readonly LoggedEntry[]): WebhookMessage {
  const notice = noticeOf(entries.map(({ message }) => message))
  return SERVICES[serviceOf(new URL(address))](notice, entries)
}

/** An address as it may be shown: its path is its password. */
export function maskedAddress(address: string): string {
  return `${new URL(address).origin}/…`
}

type Service = 'slack' | 'discord' | 'ntfy' | 'plain'

function serviceOf({ hostname, pathname }: URL): Service {
  if (/^hooks\.slack(-gov)?\.com$/.test(hostname)) return 'slack'
  if (/^([a-z]+\.)?discord(app)?\.com$/.test(hostname)) {
    // Discord takes Slack's words at an address of their own.
    return pathname.endsWith('/slack') ? 'slack' : 'discord'
  }
  return /(^|\.)ntfy(\.|$)/.test(hostname) ? 'ntfy' : 'plain'
}

const SERVICES: Record<Service, (notice: Notice, entries: readonly LoggedEntry[]) => WebhookMessage> = {
  // Text between angle brackets would be a link, or call everybody in the channel.
  slack: ({ title, body }) => json({ text: `${title}\n${escapeMarkup(body)}` }),
  discord: ({ title, body }) =>
    json({ content: `${title}\n${forDiscord(body)}`, allowed_mentions: { parse: [] } }),
  ntfy: ({ title, body }) => ({
    headers: { 'content-type': 'text/plain; charset=utf-8', title, tags: 'moneybag' },
    body,
  }),
  plain: ({ title, body }, entries) =>
    json({ schema: 1, source: 'ai-costs', title, text: body, alerts: entries.map(alertJson) }),
}

function json(value: Json): WebhookMessage {
  return { headers: { 'content-type': 'application/json' }, body: jsonLine(value) }
}

function forDiscord(text: string): string {
  return text.replace(/[\\*_~`|<>@#[\]()]/g, '\\$&')
}

/** The fields of the line that we know: whoever can write to the log must not choose what leaves the machine. */
function alertJson({ id, kind, message, fields }: LoggedEntry): Json {
  const known = ['timestamp', 'level', 'budget', 'session_id', 'spent_usd', 'limit_usd', 'ratio'] as const
  const told = known.flatMap((key) => {
    const value = fields[key]
    return typeof value === 'string' || typeof value === 'number' || value === null
      ? [[key, value] as const]
      : []
  })
  return { id, kind, message, ...Object.fromEntries(told) }
}
