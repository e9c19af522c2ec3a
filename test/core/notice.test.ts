import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { noticeOf } from '../../src/core/notice.ts'

it('one message is shown as it is', () => {
  expect(noticeOf(['Budget daily is critical'])).toEqual({
    title: 'ai-costs: budget alert',
    body: 'Budget daily is critical',
  })
})

it('of many that come at once the first few are shown, and how many more there are', () => {
  const messages = Array.from({ length: 20 }, (_, nth) => `Budget ${nth} is critical`)
  expect(noticeOf(messages)).toEqual({
    title: 'ai-costs: 20 budget alerts',
    body: 'Budget 0 is critical; Budget 1 is critical; Budget 2 is critical; and 17 more: ai-costs alerts list',
  })
})

it('is never longer than what a desktop takes, and never ends within a character', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 400 }), { minLength: 1 }), (messages) => {
      const { body } = noticeOf(messages)
      expect(body.length).toBeLessThanOrEqual(256)
      expect(body).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/)
    }),
  )
})
