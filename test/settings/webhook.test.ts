import { expect, it } from 'vitest'

import { webhookFault } from '../../src/settings/webhook.ts'

it.each([
  ['https://hooks.slack.com/services/T0/B0/x', null],
  ['https://example.com:8443/hook?x=1', null],
  ['HTTPS://EXAMPLE.COM', null],
  ['http://example.com', 'does not begin with https://'],
  ['file:///etc/passwd', 'does not begin with https://'],
  ['javascript:alert(1)', 'does not begin with https://'],
  ['example.com', 'is no address'],
  ['', 'is no address'],
  ['https://user:secret@example.com/', 'holds a user name or a password'],
  ['https://127.0.0.1/', 'does not lead to a public host name'],
  ['https://2130706433/', 'does not lead to a public host name'],
  ['https://0x7f.1/', 'does not lead to a public host name'],
  ['https://169.254.169.254/latest', 'does not lead to a public host name'],
  ['https://8.8.8.8/', 'does not lead to a public host name'],
  ['https://[::1]/', 'does not lead to a public host name'],
  ['https://localhost/', 'does not lead to a public host name'],
  ['https://localhost./', 'does not lead to a public host name'],
  ['https://intranet/', 'does not lead to a public host name'],
  ['https://nas.local/', 'does not lead to a public host name'],
  ['https://metadata.google.internal/', 'does not lead to a public host name'],
])('%s: %s', (address, fault) => {
  expect(webhookFault(address)).toBe(fault)
})
