import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { eventually } from './eventually.ts'
import { oneDollar, openPane, settled, shows } from './pane.ts'
import { type Sandbox, line, sandbox } from './sandbox.ts'

const NOW = (): string => new Date().toISOString()
/** A session and a project that would do harm, if a shell, an option parser or a desktop took them for anything but text. */
const HOSTILE = '--help<b>$(touch pwned)`touch pwned`";touch pwned\u001b]52;c;x\u0007\u202e'

interface Desktop {
  readonly env: Readonly<Record<string, string>>
  /** What the notifier was called with: one list of words for each call. */
  readonly calls: () => readonly (readonly string[])[]
  /** The notifiers that still run. */
  readonly running: () => readonly number[]
}

/** A desktop whose notifier writes down what it is asked, and then hangs for ever. */
function hangingDesktop(box: Sandbox): Desktop {
  const folder = join(box.temporary, 'bin')
  const [calls, pids] = [join(box.temporary, 'calls'), join(box.temporary, 'pids')]
  mkdirSync(folder)
  const notifier = join(folder, 'notify-send')
  // In place of the shell, so that killing what was started kills what hangs.
  const script = `#!/bin/sh\necho $$ >> '${pids}'\nfor word; do printf '%s\\n' "$word"; done >> '${calls}'\necho == >> '${calls}'\nexec sleep 120\n`
  writeFileSync(notifier, script)
  chmodSync(notifier, 0o755)
  return {
    env: { DISPLAY: ':99', PATH: `${folder}:${box.env['PATH'] ?? ''}` },
    calls: () =>
      linesOf(calls)
        .join('\n')
        .split('==')
        .map((call) => call.split('\n').filter(Boolean))
        .filter((call) => call.length > 0),
    running: () => linesOf(pids).map(Number).filter(isRunning),
  }
}

function linesOf(path: string): readonly string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : []
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function logged(box: Sandbox): readonly Record<string, unknown>[] {
  return linesOf(join(box.costs, 'alerts.log')).map((text) => JSON.parse(text) as Record<string, unknown>)
}

describe('an alert', () => {
  it.concurrent(
    'is raised once by twenty processes at once, shown once, and a notifier that hangs delays and outlives nobody',
    { timeout: 40_000 },
    async () => {
      const box = sandbox()
      const desktop = hangingDesktop(box)
      box.limits('budgets: { daily: 10, per_session: 2 }\n')
      box.append(line({ timestamp: NOW(), session_id: HOSTILE, project: HOSTILE, cost_usd: 8.1 }))
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => box.run(['check', '--quiet'], { env: desktop.env })),
      )
      expect(answers.map(({ code, stderr }) => `${code}${stderr}`)).toEqual(answers.map(() => '2'))
      expect(logged(box).map(({ budget, level }) => `${String(budget)} ${String(level)}`)).toEqual([
        'per_session critical',
        'daily warning',
      ])
      await eventually('the notifier is called', () => desktop.calls().length > 0)
      const begun = performance.now()
      expect((await box.run(['check', '--quiet', '--no-cache'], { env: desktop.env })).code).toBe(2)
      expect(performance.now() - begun).toBeLessThan(2_000)
      await eventually('it is killed', () => desktop.running().length === 0)
      await eventually('that is on record', () => logged(box).length === 3)
      expect(logged(box)[2]).toMatchObject({
        kind: 'undelivered',
        message: expect.stringContaining('did not answer within 5 s'),
      })
      const [[title, body = '', ...options] = []] = desktop.calls()
      expect([desktop.calls().length, title, options]).toEqual([
        1,
        'ai-costs: 2 budget alerts',
        ['--expire-time', '10000'],
      ])
      expect(body).toMatch(/^Session --help&lt;b&gt;\$\(touch pwned\)`touch pwned`";touch pwned\\x1b\]52/)
      expect(existsSync(join(box.project, 'pwned'))).toBe(false)
    },
  )

  it.concurrent('that nothing can show is tested in the open, and a webhook is never named in full', async () => {
    const box = sandbox()
    box.append(line({ timestamp: NOW(), cost_usd: 0.1 }))
    const empty = join(box.temporary, 'empty')
    mkdirSync(empty)
    const env = { DISPLAY: ':99', PATH: empty, AI_COSTS_WEBHOOK: 'https://hooks.invalid/secret' }
    const { stdout, code } = await box.run(['alerts', 'test'], { env })
    expect(code).toBe(1)
    expect(stdout).toContain('notify-send is not installed')
    expect(stdout).toMatch(/webhook https:\/\/hooks\.invalid\/… cannot be reached \(E\w+\)/)
    expect(stdout).not.toContain('secret')
  })

  it('needs no state directory to leave the answer as it is', async () => {
    const box = sandbox()
    box.limits('budgets: { daily: 10 }\n')
    box.append(line({ timestamp: NOW(), cost_usd: 9.9 }))
    rmSync(join(box.costs, 'state'), { recursive: true, force: true })
    box.write('.ai-costs/state', 'a file in the way')
    const { stdout, stderr, code } = await box.run(['check'])
    expect(code).toBe(2)
    expect(stdout + stderr).toContain('alerts are not raised')
    expect(logged(box)).toEqual([])
  })
})

describe('an open pane', () => {
  it('shows an alert and rings, over SSH asks the terminal to tell of it, and snoozes', async () => {
    const box = oneDollar()
    const pane = openPane(box, { env: { SSH_TTY: '/dev/pts/9' } })
    await settled(pane)
    box.append(line({ id: 'b', session_id: 's2', cost_usd: 1.7 }))
    await pane.until(shows('* 14:30 Session s2 (budget per_session) has reached its warning threshold'))
    const told =
      '\u0007\u001b]9;ai-costs: Session s2 (budget per_session) has reached its warning threshold: $1.70 of $2.00 (85%)\u0007'
    await pane.until(() => pane.bytes().includes(told))
    pane.press('\u001b')
    await pane.until((screen) => !screen.includes('* 14:30'))
    pane.press('z')
    await pane.until(shows('alerts disturb nobody until 15:30'))
    box.append(line({ id: 'c', session_id: 's2', cost_usd: 1.7 }))
    await pane.until(shows('$4.40 / $10.00'))
    await eventually('it is on record', () => logged(box).length === 2)
    expect(logged(box).map(({ silence }) => silence)).toEqual([undefined, 'snoozed'])
    expect(pane.bytes().split('\u001b]9;')).toHaveLength(2)
    pane.press('q')
    expect(await pane.ended()).toEqual({ code: 0, signal: 0 })
  })
})
