import * as fc from 'fast-check'

const ODD = fc.constantFrom<unknown>(
  null,
  true,
  false,
  {},
  [],
  { usage: { input_tokens: 5 } },
  5,
  -1,
  '',
  'NaN',
)

/** Mostly plain values: a line has a dozen fields, and one odd value already sends it to the careful reader. */
function mostly(
  plain: fc.Arbitrary<unknown>,
  ...odd: readonly fc.Arbitrary<unknown>[]
): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 30, arbitrary: plain },
    ...[...odd, ODD].map((arbitrary) => ({ weight: 1, arbitrary })),
  )
}

const NAMES = mostly(
  fc.constantFrom('my-app', 'api', 'claude-sonnet-4', '__proto__', 'constructor', 'x'.repeat(70)),
  fc.constantFrom('a"b', 'tab\there', 'naïve-日本', '{"', '\ud800', ''),
  fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme-ascii' }),
  fc.string({ maxLength: 12, unit: 'grapheme' }),
)
const COUNTS = mostly(
  fc.nat(2_000_000),
  fc.constantFrom<unknown>(0, -0, -5, 12.5, 1e12, 1e12 + 1, 1e308, 2 ** 53, '12000', '-1', '1.5', ''),
)
const COSTS = mostly(
  fc.nat(90_000_000).map((micro) => micro / 1e6),
  fc.double({ min: 0, max: 1e6, noNaN: true }),
  fc.constantFrom<unknown>(0, -0, 1e-7, 1e6, 1_000_001, 1e308, -2, '0.117', '1e-3', 'abc'),
)
const TIMESTAMPS = mostly(
  instants().map((instant) => new Date(instant).toISOString().replace('.000Z', 'Z')),
  instants(),
  fc.constantFrom<unknown>(
    '2025-02-30T10:00:00Z',
    '2024-02-29T10:00:00Z',
    '2025-12-15T24:00:00Z',
    '2025-12-15T23:59:60Z',
    '2025-12-15T14:30:00+02:00',
    '2025-12-15T14:30:00',
    '2025-12-15',
    '2025-12-15T14:30:00.5Z',
    '2025-12-15T14:30:00.123456Z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    'yesterday',
  ),
)

const FIELDS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  v: fc.constant(1),
  id: NAMES,
  timestamp: TIMESTAMPS,
  session_id: mostly(NAMES, fc.nat(99)),
  project: NAMES,
  model: NAMES,
  tool: NAMES,
  task_type: NAMES,
  input_tokens: COUNTS,
  output_tokens: COUNTS,
  cache_read_tokens: COUNTS,
  cache_write_tokens: COUNTS,
  cache_write_1h_tokens: COUNTS,
  web_search_requests: COUNTS,
  cost_usd: COSTS,
  cost_source: mostly(fc.constantFrom('tool', 'table', 'guess')),
  duration_seconds: mostly(fc.nat(9999), fc.constantFrom<unknown>(1.5, -1, '12')),
  aggregate: mostly(fc.constant(true)),
  note: NAMES,
  task_id: NAMES,
  machine: NAMES,
  kind: fc.constantFrom('adjustment', 'usage'),
  prompt: NAMES,
  message: ODD,
}

/** Instants between 2000 and 2040, whole seconds and milliseconds. */
export function instants(): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: 946_684_800, max: 2_208_988_800 }).map((seconds) => seconds * 1000),
    fc.integer({ min: 946_684_800_000, max: 2_208_988_800_000 }),
  )
}

/** JSON text of one object: known and unknown keys in any order, odd values, duplicate keys, spaces, escapes. */
export function arbitraryObject(): fc.Arbitrary<string> {
  const usual = [
    'timestamp',
    'session_id',
    'project',
    'model',
    'tool',
    'input_tokens',
    'output_tokens',
    'cost_usd',
  ]
  const keys = fc.oneof(
    fc.shuffledSubarray(usual, { minLength: 3 }),
    fc.constant(usual),
    fc.shuffledSubarray(Object.keys(FIELDS).slice(0, -3), { minLength: 1 }),
    fc.array(fc.constantFrom(...Object.keys(FIELDS)), { minLength: 1, maxLength: 14 }),
  )
  return keys
    .chain((chosen) =>
      fc.tuple(...chosen.map((key) => fc.tuple(fc.constant(key), FIELDS[key]!, rendering()))),
    )
    .map((fields) => `{${fields.map(([key, value, render]) => render(key, value)).join(',')}}`)
}

type Render = (key: string, value: unknown) => string

const plain: Render = (key, value) => `${JSON.stringify(key)}:${jsonOf(value)}`

function rendering(): fc.Arbitrary<Render> {
  return fc.oneof(
    { weight: 60, arbitrary: fc.constant(plain) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Render>(
        (key, value) => `${JSON.stringify(key)}: ${jsonOf(value)}`,
        (key, value) => ` ${JSON.stringify(key)}:${jsonOf(value)} `,
        (key, value) => `\t${JSON.stringify(key)} :  ${jsonOf(value)}`,
        (key, value) => `"\\u00${key.charCodeAt(0).toString(16)}${key.slice(1)}":${jsonOf(value)}`,
        (key) => `${JSON.stringify(key)}:NaN`,
        (key) => `${JSON.stringify(key)}:007`,
        (key) => `${JSON.stringify(key)}:1E3`,
        (key) => `${JSON.stringify(key)}:1_000`,
        (key) => `${JSON.stringify(key)}:1.`,
        (key) => `${JSON.stringify(key)}:.5`,
        (key) => `${JSON.stringify(key)}:-0`,
        (key) => `${JSON.stringify(key)}:1.50`,
        (key) => `${JSON.stringify(key)}:123456789012345678`,
        (key) => `${JSON.stringify(key)}:1e400`,
      ),
    },
  )
}

function jsonOf(value: unknown): string {
  return Object.is(value, -0) ? '-0' : JSON.stringify(value)
}
