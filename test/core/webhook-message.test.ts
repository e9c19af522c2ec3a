import { describe, expect, it, test } from 'vitest'
import { type LoggedEntry, loggedEntry } from '../../src/core/alert-log.ts'
import { maskedAddress, webhookMessage } from '../../src/core/webhook-message.ts'

function entry(message: string, more = {}): LoggedEntry {
  const line = { id: 'A', timestamp: '2025-12-15T14:30:00Z', kind: 'threshold', message, ...more }
  const read = loggedEntry(JSON.stringify(line))
  if (read === null) throw new Error('no entry')
  return read
}

const HOSTILE = entry('Budget <!channel> & *b* @everyone [x](http://y) is critical')

describe('a message in the words of', () => {
  test.each<[service: string, address: string, body: unknown]>([
    [
      'Slack',
      'https://hooks.slack.com/services/T/B/X',
      {
        text: 'ai-costs: budget alert\nBudget &lt;!channel&gt; &amp; *b* @everyone [x](http://y) is critical',
      },
    ],
    [
      'Discord',
      'https://discord.com/api/webhooks/1/x',
      {
        content:
          'ai-costs: budget alert\nBudget \\<!channel\\> & \\*b\\* \\@everyone \\[x\\]\\(http://y\\) is critical',
        allowed_mentions: { parse: [] },
      },
    ],
    [
      'Slack at Discord',
      'https://discord.com/api/webhooks/1/x/slack',
      {
        text: 'ai-costs: budget alert\nBudget &lt;!channel&gt; &amp; *b* @everyone [x](http://y) is critical',
      },
    ],
    [
      'nobody in particular',
      'https://alerts.example.com/hook',
      {
        schema: 1,
        source: 'ai-costs',
        title: 'ai-costs: budget alert',
        text: HOSTILE.message,
        alerts: [{ id: 'A', kind: 'threshold', message: HOSTILE.message, timestamp: '2025-12-15T14:30:00Z' }],
      },
    ],
  ])('%s', (_service, address, body) => {
    const message = webhookMessage(address, [HOSTILE])
    expect(JSON.parse(message.body)).toEqual(body)
    expect(message.headers).toEqual({ 'content-type': 'application/json' })
  })

  test.each(['https://ntfy.sh/topic', 'https://ntfy.example.com/topic'])('ntfy: %s', (address) => {
    const message = webhookMessage(address, [HOSTILE, entry('Ünïcode')])
    expect(message.body).toBe(`${HOSTILE.message}; Ünïcode`)
    expect(message.headers).toMatchObject({ title: 'ai-costs: 2 budget alerts' })
  })

  it('a host that only looks like one of them is nobody in particular', () => {
    for (const address of ['https://hooks.slack.com.evil.example/x', 'https://notdiscord.com/api']) {
      expect(JSON.parse(webhookMessage(address, [HOSTILE]).body)).toHaveProperty('schema', 1)
    }
  })
})

it('what was written into the log besides our fields stays there', () => {
  const { body } = webhookMessage('https://alerts.example.com/', [
    entry('m', { level: 'critical', prompt: 'secret', budget: { toString: 'x' }, spent_usd: 8.1 }),
  ])
  expect(JSON.parse(body)).toMatchObject({ alerts: [{ level: 'critical', spent_usd: 8.1 }] })
  expect(body).not.toMatch(/secret|toString/)
})

test.each([
  ['https://hooks.slack.com/services/T/B/secret', 'https://hooks.slack.com/…'],
  ['https://ntfy.sh/secret?auth=secret', 'https://ntfy.sh/…'],
])('%s is shown as %s', (address, shown) => {
  expect(maskedAddress(address)).toBe(shown)
})
