import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { array as arrayOf, assert, asyncProperty, constantFrom } from 'fast-check'
import { describe, expect, it } from 'vitest'

import { CLI, clockAt } from './run.ts'
import { NOW, type Sandbox, line, sandbox, spent } from './sandbox.ts'

const TEN_A_DAY = 'budgets:\n  daily: 10\n'
const OPUS = 'budgets:\n  daily: 10\n  scoped:\n    - { name: opus, model: "claude-opus-*", daily: 4 }\n'

/** What the machine holds before the call. */
const STATES = {
  'nothing at all': () => {},
  'an empty ledger': (box: Sandbox) => box.append(),
  'no budgets': (box: Sandbox) => {
    box.limits('budgets: {}\n')
    box.append(spent(5))
  },
  '$1 of $10': (box: Sandbox) => {
    box.limits(TEN_A_DAY)
    box.append(spent(1))
  },
  '$7.99 of $10': (box: Sandbox) => {
    box.limits(TEN_A_DAY)
    box.append(spent(7.99))
  },
  '$8.00 of $10': (box: Sandbox) => {
    box.limits(TEN_A_DAY)
    box.append(spent(8))
  },
  '$9.50 of $10': (box: Sandbox) => {
    box.limits(TEN_A_DAY)
    box.append(spent(9.5))
  },
  '$12 of $10': (box: Sandbox) => {
    box.limits(TEN_A_DAY)
    box.append(spent(12))
  },
  'a cent of a limit of 0': (box: Sandbox) => {
    box.limits('budgets:\n  daily: 0\n')
    box.append(spent(0.01))
  },
  'opus over, the day fine': (box: Sandbox) => {
    box.limits(OPUS)
    box.append(spent(4.2, { model: 'claude-opus-4' }))
  },
  'weekly over, daily at 80 %': (box: Sandbox) => {
    box.limits('budgets:\n  daily: 10\n  weekly: 8\n')
    box.append(spent(8))
  },
  'a session over': (box: Sandbox) => {
    box.limits('budgets:\n  daily: 100\n  per_session: 2\n')
    box.append(spent(3), spent(1, { session_id: 's2', project: 'other' }))
  },
  'a guardian': (box: Sandbox) => {
    box.limits('budgets: {}\nguardian: { warn_if_session_exceeds: 2 }\n')
    box.append(spent(3, { model: 'claude-opus-5' }), spent(1, { session_id: 's2' }))
  },
  'another project over': (box: Sandbox) => {
    box.limits(
      'budgets:\n  scoped:\n    - { project: other, daily: 1 }\n    - { project: my-app, daily: 9 }\n',
    )
    box.append(spent(3, { project: 'other' }))
  },
  'an unpriced record': (box: Sandbox) => {
    box.limits(TEN_A_DAY)
    box.append(line({ model: 'acme-1', cost_usd: undefined }))
  },
  'an unpriced record that fails': (box: Sandbox) => {
    box.limits(`${TEN_A_DAY}alerts: { on_unpriced: fail }\n`)
    box.append(line({ model: 'acme-1', cost_usd: undefined }))
  },
  'an unpriced record that is ignored': (box: Sandbox) => {
    box.limits(`${TEN_A_DAY}alerts: { on_unpriced: ignore }\n`)
    box.append(line({ model: 'acme-1', cost_usd: undefined }))
  },
  'a bad line': (box: Sandbox) => {
    box.limits(TEN_A_DAY)
    box.append(spent(1), 'this is no record')
  },
  'a bad line and $12 of $10': (box: Sandbox) => {
    box.limits(TEN_A_DAY)
    box.append(spent(12), 'this is no record')
  },
  'a rejected record': (box: Sandbox) => {
    box.limits(TEN_A_DAY)
    box.append(spent(1), spent(1e308))
  },
  'broken YAML': (box: Sandbox) => {
    box.limits('budgets:\n  daily: [10\n')
    box.append(spent(12))
  },
  'a negative limit': (box: Sandbox) => {
    box.limits('budgets:\n  daily: -5\n')
    box.append(spent(12))
  },
  'settings that are a directory': (box: Sandbox) =>
    mkdirSync(join(box.project, '.ai-config/cost-limits.yaml'), { recursive: true }),
  'a ledger that is a directory': (box: Sandbox) => mkdirSync(box.ledger, { recursive: true }),
  'a ledger that is a FIFO': (box: Sandbox) => {
    mkdirSync(box.costs)
    execFileSync('mkfifo', [box.ledger])
  },
  'a ledger in UTF-16': (box: Sandbox) =>
    box.write('.ai-costs/sessions.jsonl', Buffer.from(`\uFEFF${spent(12)}\n`, 'utf16le')),
  'a ledger that is a device': (box: Sandbox) => {
    mkdirSync(box.costs)
    symlinkSync('/dev/zero', box.ledger)
  },
  'a ledger directory that is a file': (box: Sandbox) => box.write('costs', ''),
  'a ledger directory that leads elsewhere': (box: Sandbox) => {
    mkdirSync(join(box.home, 'elsewhere'))
    symlinkSync(join(box.home, 'elsewhere'), box.costs)
  },
  'a user whose ledger directory leads elsewhere': (box: Sandbox) => {
    mkdirSync(join(box.home, 'elsewhere'))
    symlinkSync(join(box.home, 'elsewhere'), join(box.home, '.ai-costs'))
  },
} as const satisfies Record<string, (box: Sandbox) => void>

type Row = readonly [state: keyof typeof STATES, call: string, code: number, says?: RegExp]

const CHECK: readonly Row[] = [
  ['nothing at all', 'check', 0, /OK no cost data yet/],
  ['nothing at all', 'check --quiet', 0, /^$/],
  ['nothing at all', 'check --require-data', 3, /UNKNOWN no cost data yet/],
  ['nothing at all', 'check --strict', 0],
  ['an empty ledger', 'check', 0, /no cost data yet/],
  ['an empty ledger', 'check --require-data --json', 3, /"level":\s*"unknown"/],
  ['no budgets', 'check', 0, /no budgets/],
  ['no budgets', 'check --require-data --strict', 0],
  ['$1 of $10', 'check', 0, /^OK daily \$1\.00 of \$10\.00 \(10%\)/],
  ['$1 of $10', 'check --require-data --strict', 0],
  ['$7.99 of $10', 'check', 0, /\(79%\)/],
  ['$8.00 of $10', 'check', 1, /^WARNING daily \$8\.00 of \$10\.00 \(80%\)/],
  ['$8.00 of $10', 'check --quiet', 1, /^$/],
  ['$8.00 of $10', 'check --json', 1, /"exit_code":\s*1/],
  ['$8.00 of $10', 'check --fail-on warning', 1],
  ['$8.00 of $10', 'check --fail-on critical', 0, /WARNING/],
  ['$8.00 of $10', 'check --fail-on never', 0, /WARNING/],
  ['$9.50 of $10', 'check', 2, /^CRITICAL daily/],
  ['$9.50 of $10', 'check --json', 2, /"level":\s*"critical"/],
  ['$9.50 of $10', 'check --fail-on critical', 2],
  ['$9.50 of $10', 'check --fail-on never', 0, /CRITICAL/],
  ['$9.50 of $10', 'check --now 2025-12-15T14:29:59Z', 0, /^OK/],
  ['$9.50 of $10', 'check --now 2025-12-16T00:00:00Z', 0, /^OK/],
  ['$12 of $10', 'check', 2, /120%.*over/s],
  ['$12 of $10', 'check --strict --require-data', 2],
  ['a cent of a limit of 0', 'check', 2, /over/],
  ['opus over, the day fine', 'check', 2, /CRITICAL opus\/daily/],
  ['opus over, the day fine', 'check --budget daily', 0, /daily/],
  ['opus over, the day fine', 'check --budget opus/daily', 2],
  [
    'opus over, the day fine',
    'check --budget weekly',
    3,
    /no budget "weekly" — use one of daily, opus\/daily/,
  ],
  ['weekly over, daily at 80 %', 'check', 2, /CRITICAL weekly/],
  ['weekly over, daily at 80 %', 'check --budget daily', 1, /WARNING daily/],
  ['a session over', 'check', 2, /per_session s1/],
  ['a session over', 'check --session s1', 2],
  ['a session over', 'check --session s2', 0],
  ['a session over', 'check --project other', 0],
  ['a session over', 'check --project my-app', 2],
  ['another project over', 'check', 2, /project=other\/daily/],
  ['another project over', 'check --project my-app', 0],
  ['an unpriced record', 'check', 1, /acme-1 unpriced/],
  ['an unpriced record', 'check --strict', 3],
  ['an unpriced record that fails', 'check', 3, /UNKNOWN/],
  ['an unpriced record that fails', 'check --fail-on critical', 3],
  ['an unpriced record that fails', 'check --fail-on never', 0],
  ['an unpriced record that is ignored', 'check', 0],
  ['a bad line', 'check', 0, /sessions\.jsonl/],
  ['a bad line', 'check --strict', 3, /UNKNOWN/],
  ['a bad line and $12 of $10', 'check --strict', 2],
  ['a rejected record', 'check', 1, /rejected/],
  ['a guardian', 'check', 0],
  ['a guardian', 'check --session s1', 1, /^WARNING this session \$3\.00, more than \$2\.00\n/],
  ['a guardian', 'check --session s1 --quiet', 1, /^$/],
  ['a guardian', 'check --session s1 --json', 1, /"over": true/],
  ['a guardian', 'check --session s1 --fail-on critical', 0, /advice: This session cost \$3\.00\./],
  ['a guardian', 'check --session s1 --warn-over 4', 0, /advice: none/],
  ['a guardian', 'check --session s2', 0, /advice: none/],
  ['a guardian', 'check --session s3', 0, /no record of a session "s3"/],
  ['a guardian', 'check --session s3 --require-data', 3],
  ['a session over', 'check --session s2', 0],
  ['a session over', 'check --session s2 --warn-over 0.5 --overkill', 1],
  ['$12 of $10', 'check --session s1 --warn-over 0', 2, /^CRITICAL daily/],
  ['broken YAML', 'check --session s1 --warn-over 0', 3],
  ['broken YAML', 'check', 3, /cost-limits\.yaml:\d+:\d+: /],
  ['broken YAML', 'check --json', 3, /"line":\s*\d/],
  ['broken YAML', 'check --fail-on critical', 3],
  ['broken YAML', 'check --quiet', 3, /cost-limits\.yaml/],
  ['a negative limit', 'check', 3, /cost-limits\.yaml:2:10: budgets\.daily/],
  ['settings that are a directory', 'check', 3, /cost-limits\.yaml: is not a regular file/],
  ['a ledger that is a directory', 'check', 3, /is not a regular file/],
  ['a ledger that is a FIFO', 'check', 3, /is not a regular file/],
  ['a ledger that is a device', 'check', 3, /is not a regular file/],
  ['a ledger in UTF-16', 'check', 3, /UTF-16.*UTF-8/],
  ['a ledger directory that is a file', 'check --dir costs', 3, /is not a directory/],
]

const OTHERS: readonly Row[] = [
  ['nothing at all', 'status', 0],
  ['$8.00 of $10', 'status', 1, /\$8\.00/],
  ['$12 of $10', 'status', 2, /over/i],
  ['$12 of $10', 'status --json', 2],
  ['broken YAML', 'status', 3, /cost-limits\.yaml/],
  ['a ledger in UTF-16', 'status', 3],
  ['nothing at all', 'statusline', 0, /^no data\n$/],
  ['$8.00 of $10', 'statusline', 0, /^today \$8\.00\/\$10 80% ▲ warning · session \$8\.00/],
  ['$12 of $10', 'statusline --format json', 0, /"level":"critical"/],
  ['$12 of $10', 'statusline --template {today}', 0, /^\$12\.00\n$/],
  ['broken YAML', 'statusline', 0, /^ai-costs: settings broken \(ai-costs check says where\)\n$/],
  ['settings that are a directory', 'statusline', 0, /settings broken/],
  ['a ledger that is a FIFO', 'statusline', 0, /^ai-costs: cannot tell \(ai-costs check says why\)\n$/],
  ['a ledger directory that is a file', 'statusline --dir costs', 0, /cannot tell/],
  ['$12 of $10', '', 0, /over/i],
  ['$12 of $10', 'watch', 0, /over/i],
  ['broken YAML', 'watch', 0, /cost-limits\.yaml/],
  ['a ledger that is a FIFO', 'watch', 0, /is not a regular file/],
  [
    'nothing at all',
    'log claude-sonnet-4 12000 4500 8000 3000',
    0,
    /^Logged: \$0\.11715 \(claude-sonnet-4, 12000in\/4500out\)\n/,
  ],
  ['nothing at all', 'log claude-opus-4 12000 4500 8000 3000', 0, /^Logged: \$0\.58575 /],
  ['nothing at all', 'log acme-1 1 1', 0, /acme-1 has no price yet/],
  ['a ledger that is a directory', 'log claude-sonnet-4 1 1', 1, /is a directory: move it away/],
  ['a ledger that is a FIFO', 'log claude-sonnet-4 1 1', 1, /not a regular file, nothing was saved/],
  ['a ledger that is a device', 'log claude-sonnet-4 1 1', 1, /symbolic link, nothing was saved/],
  ['a ledger that is a directory', 'log claude-sonnet-4 1 1 --correct x', 1, /nothing was corrected/],
  [
    'a ledger directory that leads elsewhere',
    'log claude-sonnet-4 1 1',
    1,
    /\.ai-costs is a symbolic link, nothing was saved: name it with --dir/,
  ],
  ['a ledger directory that leads elsewhere', 'log claude-sonnet-4 1 1 --dir .ai-costs', 0, /^Logged/],
  ['a user whose ledger directory leads elsewhere', 'log claude-sonnet-4 1 1', 0, /^Logged/],
  [
    'broken YAML',
    'log claude-sonnet-4 1 1',
    0,
    /cost-limits\.yaml:\d+:\d+: .*\nai-costs: saved without a price/,
  ],
  ['broken YAML', 'log claude-sonnet-4 1 1 --correct x', 1, /nothing was corrected/],
  ['settings that are a directory', 'log claude-sonnet-4 1 1', 0, /saved without a price/],
  ['nothing at all', 'config', 0, /budgets\.daily/],
  ['nothing at all', 'config --json', 0],
  ['broken YAML', 'config', 3, /cost-limits\.yaml:\d+:\d+: /],
  ['broken YAML', 'config --json', 3, /"problems"/],
  ['settings that are a directory', 'config', 3, /is not a regular file/],
  ['nothing at all', 'init', 0, /cost-limits\.yaml/],
  ['nothing at all', 'init --dry-run', 0, /would write/],
  ['settings that are a directory', 'init', 0, /kept/],
  ['nothing at all', 'demo', 0, /simulated day/],
  ['nothing at all', '--version', 0, /^\d+\.\d+\.\d+\n$/],
  ['nothing at all', '-V', 0, /^\d+\.\d+\.\d+\n$/],
  ['nothing at all', '--help', 0, /check/],
  ['nothing at all', 'help check', 0, /--fail-on/],
  ['nothing at all', 'check --help', 0, /--fail-on/],
]

/** Calls that are wrong in every way a person or a script gets them wrong. */
const WRONG: readonly (readonly [call: string, code: number])[] = [
  ['check --bogus', 3],
  ['check extra', 3],
  ['check --budget', 3],
  ['check --fail-on', 3],
  ['check --fail-on sometimes', 3],
  ['check --fail-on=critical=2', 3],
  ['check --now yesterday', 3],
  ['check --now 2025-02-30', 3],
  ['check --dir', 3],
  ['check --quiet=yes', 3],
  ['check -q', 3],
  ['check -- --json', 3],
  ['check --warn-over 2', 3],
  ['check --overkill', 3],
  ['check --session s1 --warn-over two', 3],
  ['statusline extra', 64],
  ['statusline --format html', 64],
  ['statusline --template {tody}', 64],
  ['statusline --format json --template x', 64],
  ['--now soon check', 3],
  ['--json check', 3],
  ['--dir x status', 64],
  ['chek', 64],
  ['rout', 64],
  ['--bogus', 64],
  ['--now soon', 64],
  ['watch extra', 64],
  ['watch --now soon', 64],
  ['status --bogus', 64],
  ['status --now soon', 64],
  ['config extra', 64],
  ['init --bogus', 64],
  ['demo --dir x', 64],
  ['demo --now soon', 64],
  ['log', 64],
  ['log claude-sonnet-4', 64],
  ['log claude-sonnet-4 1', 64],
  ['log claude-sonnet-4 1 2 3 4 5', 64],
  ['log claude-sonnet-4 one 2', 64],
  ['log claude-sonnet-4 -1 2', 64],
  ['log claude-sonnet-4 1.5 2', 64],
  ['log claude-sonnet-4 1e400 2', 64],
  ['log claude-sonnet-4 1 2 --cost -1', 64],
  ['log claude-sonnet-4 1 2 --cost NaN', 64],
  ['log claude-sonnet-4 1 2 --timestamp never', 64],
  ['log claude-sonnet-4 1 2 --correct nothing', 64],
  ['log claude-sonnet-4 1 2 --correct=', 64],
  ['log claude-sonnet-4 -1 2 --correct nothing', 64],
  ['log claude-sonnet-4 1 2 --note sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789', 64],
  ['log claude-sonnet-4 1 2 --bogus', 64],
  ['help nothing', 64],
]

describe('check exits', () => {
  for (const row of CHECK) it.concurrent(titleOf(row), () => answers(row))
})

describe('the other commands exit', () => {
  for (const row of OTHERS) it.concurrent(titleOf(row), () => answers(row))
})

describe('a wrong call', () => {
  it.concurrent.each(WRONG)('`%s` exits with %i, says why, and prints no data', async (call, code) => {
    const box = sandbox()
    STATES['$12 of $10'](box)
    const before = box.readLedger()
    const outcome = await box.run(words(call))
    expect(outcome).toMatchObject({ code, stdout: '' })
    expect(outcome.stderr).not.toBe('')
    expect(outcome.stderr).not.toMatch(/^ai-costs: internal error/)
    expect(box.readLedger()).toBe(before)
  })
})

describe('no call whatever', () => {
  const word = constantFrom(
    'check',
    'status',
    'config',
    'log',
    'watch',
    'init',
    'help',
    'claude-sonnet-4',
    '1',
    '-1',
    '2',
    '',
    '--budget',
    'daily',
    '--json',
    '--strict',
    '--require-data',
    '--fail-on',
    'critical',
    '--now',
    NOW,
    '--project',
    '--session',
    '--dir',
    '--config',
    '--quiet',
    '--no-cache',
    '--',
    '-',
    '--help',
  )

  it('exits with 2 while no budget is critical', async () => {
    const box = sandbox()
    STATES['$8.00 of $10'](box)
    const exits = async (args: readonly string[]): Promise<void> => {
      const { code } = await box.run(args, { env: clockAt(NOW) })
      expect([0, 1, 3, 64]).toContain(code)
    }
    await assert(asyncProperty(arrayOf(word, { maxLength: 6 }), exits), { numRuns: 25 })
  })
})

describe('a damaged installation', () => {
  it.each([
    ['check', 'config/prices.json', 3],
    ['status', 'config/prices.json', 70],
    ['watch', 'config/prices.json', 70],
    ['log claude-sonnet-4 1 1', 'config/prices.json', 70],
    ['demo', 'config/prices.json', 70],
    ['--version', 'package.json', 70],
    ['init', '.ai-config.example', 70],
  ])('`%s` without %s exits with %i and says to reinstall', async (call, missing, code) => {
    const box = sandbox()
    box.append(line({ cost_usd: undefined }))
    const outcome = await box.run(words(call), { cli: damaged(missing) })
    expect(outcome).toMatchObject({ code, stdout: '' })
    expect(outcome.stderr).toMatch(
      /^ai-costs: internal error: .*is missing from this installation: reinstall/,
    )
  })
})

function titleOf([state, call, code]: Row): string {
  return `with ${code}: \`ai-costs ${call}\` on ${state}`
}

/** Runs a row's call as of the usual instant. */
async function answers([state, call, code, says]: Row): Promise<void> {
  const box = sandbox()
  STATES[state](box)
  const takesNow = /^(check|status|watch|log|demo|$)/.test(call) && !/--(now|help)/.test(call)
  const outcome = await box.run([...words(call), ...(takesNow && call !== '' ? ['--now', NOW] : [])], {
    env: call === '' ? clockAt(NOW) : {},
  })
  expect(outcome).toMatchObject({ code, signal: null })
  expect(outcome.stderr).not.toMatch(/^ai-costs: internal error/)
  if (says !== undefined) expect(outcome.stdout + outcome.stderr).toMatch(says)
}

function words(call: string): string[] {
  return call === '' ? [] : call.split(' ')
}

/** A copy of the program that lacks something; its entry file. */
function damaged(missing: string): string {
  const root = join(sandbox().home, 'installation')
  const home = join(dirname(CLI), '..')
  for (const part of ['dist', 'config', 'package.json', '.ai-config.example'])
    cpSync(join(home, part), join(root, part), { recursive: true, dereference: true })
  rmSync(join(root, missing), { recursive: true })
  return join(root, 'dist/bin.cjs')
}
