import { describe, expect, it } from 'vitest'
import { line, sandbox } from './sandbox.ts'

describe('ai-costs doctor', () => {
  it('is well on a machine with a ledger, and changes nothing', async () => {
    const box = sandbox()
    box.append(line({ id: 'a' }))
    const before = box.readLedger()
    const { stdout, stderr, code } = await box.run(['doctor'])
    expect([stderr, code]).toEqual(['', 0])
    expect(stdout).toContain('ledger: ~/my-app/.ai-costs: 1 file, 1 record, 1 KB\n')
    expect(box.readLedger()).toBe(before)
  })

  it('exits with 3 when a settings file is broken', async () => {
    const box = sandbox()
    box.limits('budgets: ten\n')
    const { stdout, code } = await box.run(['doctor', '--json'])
    expect(code).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 1,
      exit_code: 3,
      findings: expect.arrayContaining([expect.objectContaining({ topic: 'settings', health: 'broken' })]),
    })
  })
})
