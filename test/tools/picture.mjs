// Draws the README's picture: the real pane, in a real (headless) terminal, of `ai-costs demo` at a fixed instant.
//
//   node test/tools/picture.mjs            writes .github/pane.svg
//   node test/tools/picture.mjs --check    fails when it no longer shows what the program shows

import { readFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pty from '@lydell/node-pty'
import xterm from '@xterm/headless'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PICTURE = `${ROOT}.github/pane.svg`
const COLUMNS = 80
const ROWS = 24
const NOW = '2026-11-19T17:10:00Z'

/** Cell size and colours of the drawing. */
const WIDTH = 8.4
const HEIGHT = 18
const MARGIN = 16
const INK = '#d8dee9'
const PAPER = '#15181e'
/** The sixteen colours of the terminal, as this picture shows them. */
const PALETTE = [
  '#3b4252',
  '#e06c75',
  '#98c379',
  '#e5c07b',
  '#61afef',
  '#d46ec0',
  '#56b6c2',
  '#d8dee9',
  '#6b7280',
  '#ff7b86',
  '#b5e890',
  '#ffd787',
  '#7cc4ff',
  '#ff87e6',
  '#6fdbe8',
  '#ffffff',
]

const svg = draw(await screenOf())
if (process.argv.includes('--check')) {
  if (readFileSync(PICTURE, 'utf8') !== svg) {
    console.error(
      '.github/pane.svg no longer shows the pane: run `node test/tools/picture.mjs` and commit it',
    )
    process.exitCode = 1
  }
} else {
  mkdirSync(`${ROOT}.github`, { recursive: true })
  writeFileSync(PICTURE, svg)
}

/** The cells of the pane once its footer has been painted. */
async function screenOf() {
  const env = {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    COLORTERM: 'truecolor',
  }
  const child = pty.spawn(process.execPath, [`${ROOT}dist/bin.cjs`, 'demo', '--now', NOW], {
    cols: COLUMNS,
    rows: ROWS,
    cwd: ROOT,
    env,
  })
  const terminal = new xterm.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true })
  const { promise: painted, resolve, reject } = promiseParts()
  const deadline = setTimeout(() => reject(new Error('the pane did not appear within 20 seconds')), 20_000)
  child.onData((data) => terminal.write(data, () => isWhole(terminal) && resolve()))
  await painted
  clearTimeout(deadline)
  const lines = Array.from({ length: ROWS }, (_, row) => runsOf(terminal.buffer.active.getLine(row)))
  child.kill()
  return lines
}

function isWhole(terminal) {
  const text = Array.from(
    { length: ROWS },
    (_, row) => terminal.buffer.active.getLine(row)?.translateToString() ?? '',
  )
  return (
    text.some((line) => line.includes('Daily')) &&
    text.some((line) => line.includes('q quit')) &&
    text.some((line) => line.includes('Data'))
  )
}

/** Neighbouring cells that look alike, as one run. */
function runsOf(line) {
  const runs = []
  for (let column = 0; column < COLUMNS; column++) {
    const cell = line.getCell(column)
    const look = {
      colour: colourOf(cell),
      bold: cell.isBold() !== 0,
      dim: cell.isDim() !== 0,
      inverse: cell.isInverse() !== 0,
    }
    const last = runs.at(-1)
    const text = cell.getChars() || ' '
    if (last !== undefined && JSON.stringify(last.look) === JSON.stringify(look)) last.text += text
    else runs.push({ column, look, text })
  }
  return runs
}

function colourOf(cell) {
  if (cell.isFgDefault()) return INK
  const value = cell.getFgColor()
  return cell.isFgRGB() ? `#${value.toString(16).padStart(6, '0')}` : (PALETTE[value] ?? INK)
}

function draw(lines) {
  const width = Math.round(COLUMNS * WIDTH + 2 * MARGIN)
  const height = ROWS * HEIGHT + 2 * MARGIN
  const rows = lines.flatMap((runs, row) =>
    runs.filter(({ text }) => text.trim() !== '').map((run) => drawRun(run, row)),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="The live pane of ai-costs: gauges of the daily, weekly, monthly and session budgets, top sessions, models">
<rect width="100%" height="100%" rx="8" fill="${PAPER}"/>
<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" xml:space="preserve">
${rows.join('\n')}
</g>
</svg>
`
}

function drawRun({ column, look, text }, row) {
  const lead = text.length - text.trimStart().length
  const shown = text.trim()
  const x = (MARGIN + (column + lead) * WIDTH).toFixed(1)
  const y = MARGIN + row * HEIGHT
  const length = ([...shown].length * WIDTH).toFixed(1)
  const ground = look.inverse
    ? `<rect x="${x}" y="${y}" width="${length}" height="${HEIGHT}" fill="${look.colour}"/>`
    : ''
  const style = [
    `fill="${look.inverse ? PAPER : look.colour}"`,
    look.bold ? 'font-weight="bold"' : '',
    look.dim ? 'opacity="0.6"' : '',
  ]
    .filter(Boolean)
    .join(' ')
  return `${ground}<text x="${x}" y="${y + 14}" textLength="${length}" ${style}>${escaped(shown)}</text>`
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function promiseParts() {
  let resolve
  let reject
  const promise = new Promise((yes, no) => ([resolve, reject] = [yes, no]))
  return { promise, resolve, reject }
}
