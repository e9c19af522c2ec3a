import { describe, expect, test } from 'vitest'
import { textWidth } from '../../src/formats/pad.ts'
import { statusText } from '../../src/formats/status-text.ts'
import { aDashboard, anEmptyDashboard, BERLIN, SESSIONS } from '../tui/a-dashboard.ts'

describe('statusText', () => {
  test('says in plain lines what the pane shows', () => {
    expect(statusText(aDashboard(), BERLIN, { columns: 78, ascii: false })).toMatchInlineSnapshot(`
      "ai-costs  my-app · Europe/Berlin · Sun 22 Nov 14:02    ■ OVER session 8be02f41

      Daily      █████████████████╎██████▎─────    $8.10 /  $10.00   81%  ▲ warning
                 even pace 58% · 9h58m left
      Weekly     █████████▏──────────────────╎─   $15.30 /  $50.00   30%  ● ok
      Monthly    ████████████▏────────╎────────   $81.20 / $200.00   40%  ● ok
      Session    █████████████████████████████▎    $1.95 /   $2.00   97%  ■ critical
                 3f9c1d77 · claude-code · claude-sonnet-5 · 14m
      opus/daily █████████████████╎████████████    $4.20 /   $4.00  105%  ■ over

      Top sessions today (4)     cache hit 71%   30 d ▁▂▃▁▄▆▃▂▃█▆▄▃▂▁▃▂▄▆▃▂▂▅▇▃▄▂▃▆█
          $4.20  8be02f41  my-app  opus-5     bugfix        1h12m   210%  ■ over
          $1.95  3f9c1d77  my-app  sonnet-5   feature         14m    97%  ■ critical
          $1.15  c01d3e02  infra   sonnet-5   review           9m    57%  ● ok
          $0.80  77ab1099  docs    haiku-4-5  docs             6m    40%  ● ok

      Models     opus-5 $4.20 51%   sonnet-5 $3.10 38%   haiku-4-5 $0.80 9%
      Data       complete: 40 records today, all read and priced
      "
    `)
  })

  test('starts with where we look and what to type while there is no ledger', () => {
    const text = statusText(anEmptyDashboard(), BERLIN, { columns: 80, ascii: false })
    expect(text).toContain('looks at   /home/ada/my-app/.ai-costs/sessions.jsonl\n')
    expect(text).toContain('ai-costs log')
  })

  test.each([0, 20, 58, 80, 300])('has no blanks at line ends and fits %s columns', (columns) => {
    const text = statusText(aDashboard(), BERLIN, { columns, ascii: false })
    expect(text).not.toMatch(/ \n/)
    expect(text).toMatch(/[^\n]\n$/)
    for (const line of text.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(Math.max(30, columns))
  })

  test('keeps a session whose name is hostile on one line', () => {
    const [first] = SESSIONS
    if (first === undefined) throw new Error('no session')
    const text = statusText(aDashboard({ sessions: [{ ...first, project: 'a\nb\u001b[2J' }] }), BERLIN, {
      columns: 80,
      ascii: true,
    })
    expect(text).toContain('a\\x0ab\\x1b[2J')
    expect(text).toMatch(/^[\x20-\x7e\n]*$/)
  })
})
