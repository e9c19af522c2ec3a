// One browser after the other: each takes both cores.
/* oxlint-disable no-await-in-loop */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { pixelsOf } from '../kit/png.ts'
import { runProgram } from './run.ts'
import { NOW, type Sandbox, line, sandbox } from './sandbox.ts'

// The page that a report is saved as, in a browser.

const BROWSER = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
)
const WITHOUT = 'no Chromium in /usr/bin: the page was not looked at'

const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-logging=stderr',
  '--window-size=1000,900',
]

const HOSTILE = ['<script>document.title="owned"</script>', '"><img src=x onerror="document.title=1">']

/** Paper, ink and the first two parts of a chart, as they are drawn. */
const LIGHT = { paper: '#ffffff', parts: ['#0072b2', '#e69f00'] }
const DARK = { paper: '#16181c', parts: ['#4aa3df', '#f0b429'] }

async function savedPage(): Promise<{ readonly box: Sandbox; readonly page: string }> {
  const box = sandbox()
  box.append(
    ...['opus', ...HOSTILE].map((name, nth) => line({ session_id: name, model: name, cost_usd: 4 - nth })),
  )
  const { code } = await box.run(['report', 'monthly', '--format', 'html', '--save', '--now', NOW])
  expect(code).toBe(0)
  return { box, page: join(box.costs, 'reports/report-monthly-2025-12-01-to-2025-12-31.html') }
}

/** Opens a page; what a browser has to complain about is in `complaints`. */
async function opened(box: Sandbox, page: string, ...args: readonly string[]) {
  const profile = mkdtempSync(join(box.temporary, 'browser-'))
  const all = [...QUIET, `--user-data-dir=${profile}`, ...args, `file://${page}`]
  const { stdout, stderr } = await runProgram(BROWSER ?? '', all, { cwd: box.temporary, env: box.env })
  return { stdout, complaints: stderr.split('\n').filter((text) => text.includes(':CONSOLE')) }
}

describe.skipIf(BROWSER === undefined)('the saved page in a browser', () => {
  it('is light or dark as its reader likes, with the charts drawn', { timeout: 90_000 }, async () => {
    const { box, page } = await savedPage()
    for (const [scheme, { paper, parts }] of [[1, LIGHT] as const, [0, DARK] as const]) {
      const picture = join(box.temporary, `${scheme}.png`)
      const { complaints } = await opened(
        box,
        page,
        `--blink-settings=preferredColorScheme=${scheme}`,
        `--screenshot=${picture}`,
      )
      expect(complaints).toEqual([])
      const pixels = pixelsOf(readFileSync(picture))
      expect(pixels.at(3, 3)).toBe(paper)
      for (const part of parts) expect(pixels.count(part)).toBeGreaterThan(500)
    }
  })

  it('runs nothing that a name brought along', { timeout: 90_000 }, async () => {
    const { box, page } = await savedPage()
    const { stdout, complaints } = await opened(box, page, '--dump-dom')
    expect(complaints).toEqual([])
    expect(stdout).toContain('<title>AI cost report: 2025-12-01 to 2025-12-31</title>')
    expect(stdout).not.toMatch(/<(script|img|iframe|link|a)\b/)
    expect(stdout).toContain('&lt;script&gt;')
    expect(stdout.match(/<rect class="part\d"/g)?.length).toBeGreaterThanOrEqual(3)
  })

  it('can be printed', { timeout: 90_000 }, async () => {
    const { box, page } = await savedPage()
    const file = join(box.temporary, 'page.pdf')
    const { complaints } = await opened(box, page, `--print-to-pdf=${file}`, '--no-pdf-header-footer')
    expect(complaints).toEqual([])
    const pdf = readFileSync(file, 'latin1')
    expect(pdf.startsWith('%PDF-')).toBe(true)
    expect(pdf.match(/\/Type ?\/Page\b/g)?.length).toBeGreaterThanOrEqual(1)
  })
})

it.runIf(BROWSER === undefined)('the saved page in a browser', (context) => context.skip(WITHOUT))
