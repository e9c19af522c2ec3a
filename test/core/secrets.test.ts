import { expect, test } from 'vitest'
import { looksSecret } from '../../src/core/secrets.ts'

test.each([
  'sk-ant-api03-AbCdEfGh0123',
  'my key is sk-proj-0123456789',
  'ghp_0123456789abcdefABCD',
  'gho_0123456789abcdefABCD',
  'github_pat_11ABCDEFG',
  'xoxb-123456789012',
  'AKIAIOSFODNN7EXAMPLE',
  'AIzaSyA-0123456789abcdefghij',
  '-----BEGIN RSA PRIVATE KEY-----',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
])('%s looks like a secret', (text) => {
  expect(looksSecret(text)).toBe(true)
})

test.each([
  '',
  'my-app',
  'task-12345678',
  'risk-assessment',
  'sk-1',
  'claude-sonnet-4-5-20250929',
  '01KAJ3V3CS8Q6TXR7C4B2N5D9F',
  '7f9c2ba4-e88f-4f4a-9d1b-2f3b8e6f2a10',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'AKIA is a prefix',
  'BEGIN with the tests',
])('%s does not', (text) => {
  expect(looksSecret(text)).toBe(false)
})
