import { describe, expect, it, test } from 'vitest'
import { parseCsv } from '../../src/core/csv.ts'
import { REPORT_FORMATS } from '../../src/formats/index.ts'
import { wholeText } from '../../src/formats/report-format.ts'
import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'
import { PAGE, aReport } from './a-report.ts'

const printed = async (
  format: keyof typeof REPORT_FORMATS,
  report = aReport(),
  page = PAGE,
): Promise<string> => wholeText((await REPORT_FORMATS[format].load())(report, page))

function tags(text: string): readonly string[] {
  return text.match(/<\/?[a-z][^>]*>/gi) ?? []
}

/** Names that somebody who can write to a transcript may choose. */
const HOSTILE = [
  '=HYPERLINK("http://evil.example","x")',
  '@SUM(1+1)*cmd|calc',
  "+1';DROP TABLE",
  '-2+3',
  '\t=1',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '&lt;b&gt;',
  '![x](http://evil.example/x.png)',
  '[click](javascript:alert(1))',
  '`code` ``more``',
  'a|b|c',
  'a\\|b',
  '# heading\n- list',
  'www.evil.example @someone #123',
  '\u001b[31mred\u001b]0;title\u0007',
  '\u202egnp.exe',
  'a\u200bb\ufeff',
  'line\r\nbreak',
  '\ud800',
  '</style><style>*{display:none}',
  '</title><h1>x</h1>',
  '__proto__',
]

describe('a report in every format', () => {
  test.each(Object.keys(REPORT_FORMATS) as (keyof typeof REPORT_FORMATS)[])(
    '%s says all of it and ends with a line feed, whatever things are called',
    async (format) => {
      const print = await REPORT_FORMATS[format].load()
      for (const name of [...HOSTILE, 'opus']) {
        const text = wholeText(print(aReport([name, 'haiku'], { filters: { project: name } }), PAGE))
        expect(text).not.toMatch(ACTS_ON_A_TERMINAL)
        expect(text.endsWith('\n')).toBe(true)
        expect(text).toContain('haiku')
      }
    },
  )

  test.each(Object.keys(REPORT_FORMATS) as (keyof typeof REPORT_FORMATS)[])(
    '%s says what the data leave out',
    async (format) => {
      const quality = {
        badLines: 2,
        rejected: 0,
        unpriced: [],
        undated: 1,
        future: 0,
        notes: ['look at <this>'],
      }
      const text = await printed(format, aReport(undefined, { quality }))
      expect(text).toMatch(/2 unreadable lines|"bad_lines": 2/)
    },
  )
})

describe('as text', () => {
  it('is laid out for the page', async () => {
    expect(await printed('text')).toMatchInlineSnapshot(`
      "AI cost report: 2025-12-15
      as of 2025-12-15 15:30 Europe/Berlin
      ────────────────────────────────────────────────────────────────────────

      Total
        total spend  ≥ $3.00
        session      opus

      By day
        2025-12-14    $1.00  ██████████
        2025-12-15  ≥ $3.00  ██████████████████████████████

      By model
        model     cost  share  tokens  change  ratio  last              lasted  average
        opus   ≥ $1.50    62%   1,200     -3%   0.92  2025-12-16 00:30      1m        –
        haiku  ≥ $1.50    62%   1,200     -3%   0.92  2025-12-16 00:30      1m        –
        total  ≥ $3.00    62%   1,200     -3%   0.92  2025-12-16 00:30      1m        –
        and 3 others, in the total: --top all tells them

      Data quality
        every record read, dated and priced
      "
    `)
  })

  it('keeps to ASCII where it must, and to the width it has', async () => {
    const text = await printed('text', aReport(['naïve-日本', 'opus']), { ...PAGE, columns: 60, ascii: true })
    expect(text).toMatch(/^[\x20-\x7e\n]*$/)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
  })
})

describe('as JSON', () => {
  it('has a member for each section, exact amounts and a word about lower bounds', async () => {
    expect(JSON.parse(await printed('json'))).toMatchObject({
      schema: 1,
      report: 'daily',
      period: {
        first: '2025-12-15',
        last: '2025-12-15',
        start: '2025-12-14T23:00:00Z',
        end: '2025-12-15T23:00:00Z',
      },
      timezone: 'Europe/Berlin',
      as_of: '2025-12-15T14:30:00Z',
      total: { cost_usd: 3, session_id: 'opus', lower_bound: true },
      days: [{ at: '2025-12-14', parts: [{ name: 'opus', cost_usd: 0.5 }, {}], lower_bound: false }, {}],
      models: [
        {
          model: 'opus',
          cost_usd: 1.5,
          share: 0.62,
          tokens: 1200,
          change: -0.034,
          ratio: 0.915,
          last: '2025-12-15T23:30:00Z',
          lasted: 90,
          average: null,
          lower_bound: true,
        },
        {},
      ],
      data_quality: { bad_lines: 0 },
    })
  })

  it('keeps foreign names as they are', async () => {
    const { models } = JSON.parse(await printed('json', aReport(HOSTILE)))
    expect(models.map(({ model }: { readonly model: string }) => model)).toEqual(HOSTILE)
  })
})

describe('as CSV', () => {
  it('begins no cell like a formula', async () => {
    const cells = parseCsv(await printed('csv', aReport(HOSTILE))).rows.flat()
    expect(cells.filter((cell) => /^\s*[=+@]/.test(cell) || /^\s*-\D/.test(cell))).toEqual([])
  })

  it('is one plain table when there is only one section', async () => {
    const [, , table] = aReport().sections
    const text = await printed('csv', aReport(undefined, { sections: [table!] }))
    expect(text).toMatchInlineSnapshot(`
      "model,cost_usd,share,tokens,change,ratio,last,lasted,average,lower_bound
      opus,1.5,0.62,1200,-0.034,0.915,2025-12-15T23:30:00Z,90,,true
      haiku,1.5,0.62,1200,-0.034,0.915,2025-12-15T23:30:00Z,90,,true
      "
    `)
  })
})

describe('as Markdown', () => {
  it('has as many cells in every row, whatever the names', async () => {
    const text = await printed('markdown', aReport(HOSTILE))
    const rows = text.split('\n').filter((line) => line.startsWith('| `'))
    // A bar counts unless it is escaped.
    const bars = rows.map((row) => row.match(/(?<!\\)\|/g)!.length)
    expect(new Set(bars.filter((count) => count > 5))).toEqual(new Set([10]))
  })

  it('shows no markup of a foreign name', async () => {
    const text = await printed('markdown', aReport(HOSTILE))
    for (const line of text.split('\n').filter((one) => one.startsWith('| '))) {
      const outside = line.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '')
      expect(outside).not.toMatch(/<|!\[|]\(|@|javascript/)
    }
  })
})

describe('as HTML', () => {
  it('has no element or attribute that a name brought along', async () => {
    const plain = await printed('html', aReport(HOSTILE.map((_, nth) => `name${nth}`)))
    const hostile = await printed('html', aReport(HOSTILE))
    expect(tags(hostile)).toEqual(tags(plain))
  })

  it('needs no network and runs no script', async () => {
    const text = await printed('html')
    expect(text).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    expect(text).not.toMatch(/<script|<link|src=|url\(|href=|@import/i)
  })

  it('draws a bar for each amount, and its label', async () => {
    const text = await printed('html')
    expect(text.match(/<rect class="part\d"/g)).toHaveLength(4)
    expect(text).toContain('<title>2025-12-15: ≥ $3.00, opus $1.50, haiku $1.50</title>')
  })
})
