import type { Channel, LoggedEntry } from '../core/alert-log.ts'
import { noticeOf } from '../core/notice.ts'
import { hasDesktop } from '../core/terminal-notice.ts'
import { maskedAddress, webhookMessage } from '../core/webhook-message.ts'
import type { Notifications } from '../settings/settings.ts'
import type { System } from '../system/system.ts'

export type DeliveringSystem = Pick<System, 'desktop' | 'environment' | 'webhook'>

/** What came of telling somebody on one channel. */
export interface Delivery {
  readonly channel: Channel
  /** `missing` when this machine has nothing to notify with. */
  readonly kind: 'arrived' | 'failed' | 'missing'
  /** A sentence without its full stop; when it did not arrive it ends with the fix. */
  readonly message: string
}

/** How this program is called to show a notice that it reads. */
export const SHOW_NOTICE = ['notify', '--show']

/**
 * Tells of alerts, as one message, on every channel that the settings ask for and that there is. Takes up to twenty
 * seconds, and never throws.
 */
export function deliverAlerts(
  entries: readonly LoggedEntry[],
  { desktop, webhook }: Notifications,
  system: DeliveringSystem,
): Promise<readonly Delivery[]> {
  const { variables, platform } = system.environment
  return Promise.all([
    ...(desktop && hasDesktop(variables, platform) ? [onDesktop(entries, system)] : []),
    ...(webhook === null ? [] : [byWebhook(entries, webhook, system)]),
  ])
}

async function onDesktop(
  entries: readonly LoggedEntry[],
  { desktop }: Pick<System, 'desktop'>,
): Promise<Delivery> {
  const channel = 'desktop'
  const outcome = await desktop.show(noticeOf(entries.map(({ message }) => message)), SHOW_NOTICE)
  switch (outcome.kind) {
    case 'shown':
      return { channel, kind: 'arrived', message: 'desktop notification shown' }
    case 'missing': {
      const message =
        'notify-send is not installed: install libnotify, or set notifications.desktop: false in cost-limits.yaml'
      return { channel, kind: 'missing', message }
    }
    case 'failed': {
      const message = `no desktop notification (${outcome.reason}): look at the desktop's notification service`
      return { channel, kind: 'failed', message }
    }
  }
}

async function byWebhook(
  entries: readonly LoggedEntry[],
  address: string,
  { webhook }: Pick<System, 'webhook'>,
): Promise<Delivery> {
  const channel = 'webhook'
  const { kind, answer } = await webhook(address, webhookMessage(address, entries))
  const told = `webhook ${maskedAddress(address)} ${answer}`
  return kind === 'sent'
    ? { channel, kind: 'arrived', message: told }
    : { channel, kind: 'failed', message: `${told}: look at notifications.webhook in cost-limits.yaml` }
}
