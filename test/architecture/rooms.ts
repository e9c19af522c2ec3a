import { type IForbiddenRuleType, type IRegularForbiddenRuleType, cruise } from 'dependency-cruiser'

/**
 * What each room of src may import, and nothing else. `core/` and `cli.ts` are our own, `node:` is every module of
 * Node, the rest are packages. The longest key that fits a file is its room.
 */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'cli.ts': ['commands/', 'system/', 'core/'],
  'bin.ts': ['commands/program.ts', 'core/result.ts', 'system/', 'node:path', 'node:process'],
  'hot/': [
    'hot/',
    ...['answer', 'command', 'check', 'hook', 'route', 'statusline'].map((name) => `commands/hot-${name}.ts`),
    ...['check', 'hook', 'route', 'statusline'].map((name) => `commands/answer-${name}.ts`),
    'system/',
    'core/',
    'node:process',
  ],
  'transcript-thread.ts': ['commands/', 'sources/', 'system/', 'node:worker_threads'],
  'second-reader.ts': ['commands/', 'system/', 'core/', 'node:worker_threads'],
  // node:path only reckons with text; every other module of Node is an effect.
  'commands/': [
    'commands/',
    'system/',
    'sources/',
    'agents/',
    'settings/',
    'reports/',
    'formats/',
    'core/',
    'tui/',
    'node:path',
  ],
  'commands/explain-usage.ts': ['commands/', 'core/', 'commander'],
  'tui/': ['tui/', 'formats/', 'core/', 'ink', 'react', 'string-width'],
  'system/': ['system/', 'sources/', 'core/', 'config/prices.json', 'node:', 'chokidar', 'node-notifier'],
  'formats/': ['formats/', 'core/', 'string-width', 'd3-scale'],
  'reports/': ['reports/', 'core/'],
  'settings/': ['settings/', 'core/', 'yaml', 'zod'],
  'agents/': ['agents/', 'core/'],
  'sources/': ['sources/', 'core/'],
  'core/': ['core/'],
  'core/calendar.ts': ['core/', 'date-fns', '@date-fns/tz'],
  'core/pattern-engine.ts': ['core/', 're2js'],
}

const ENTRIES = '^src/(bin|cli|second-reader|transcript-thread|hot/(check|hook|route|statusline))[.]ts$'

const GENERAL_RULES: readonly IForbiddenRuleType[] = [
  forbid('no-cycle', 'break the cycle: move what both need into a file of its own', {
    from: {},
    to: { circular: true },
  }),
  forbid('lazy-tui', 'load the pane by `await import()`, so that no other command pays for Ink and React', {
    from: { path: '^src/(?!tui/)' },
    to: { path: '^src/tui/', dynamic: false },
  }),
  forbid('no-import-of-entries', 'an entry imports, and is imported by nobody', {
    from: {},
    to: { path: ENTRIES },
  }),
  {
    name: 'no-dead-file',
    comment: 'no entry leads here: import the file somewhere or delete it',
    severity: 'error',
    from: { path: ENTRIES },
    to: { path: '^src/', pathNot: ENTRIES, reachable: false },
  },
]

const RULES = [...Object.keys(MAY_IMPORT).map(roomRule), ...GENERAL_RULES]

/**
 * Follows every import (types too, which also tie rooms together) of `<folder>/src`.
 *
 * @returns one sentence for each import that breaks a rule, sorted: file, what it imports, the rule and the fix
 */
export async function brokenImports(folder: string): Promise<readonly string[]> {
  const { output } = await cruise(
    ['src'],
    {
      baseDir: folder,
      validate: true,
      ruleSet: { forbidden: RULES },
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
    },
    {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  )
  if (typeof output === 'string') throw new Error(`dependency-cruiser answered with text: ${output}`)
  const sentences = output.summary.violations.map(({ from, to, rule, cycle }) => {
    const imported = cycle === undefined ? to : cycle.map(({ name }) => name).join(' → ')
    const fix = RULES.find(({ name }) => name === rule.name)?.comment
    return `${from}${imported === from ? '' : ` → ${imported}`}: ${rule.name}: ${fix}`
  })
  return [...new Set(sentences)].toSorted()
}

function roomRule(room: string): IRegularForbiddenRuleType {
  const allowed = MAY_IMPORT[room] ?? []
  const inner = Object.keys(MAY_IMPORT).filter((other) => other !== room && other.startsWith(room))
  return forbid(`room ${room}`, `it may import only ${allowed.join(', ')}`, {
    from: { path: ours(room), ...(inner.length > 0 && { pathNot: inner.map(ours) }) },
    to: {
      pathNot: allowed.filter((name) => name !== 'node:').map(target),
      ...(allowed.includes('node:') && { dependencyTypesNot: ['core'] }),
    },
  })
}

function target(name: string): string {
  // Node's own modules are reported without their prefix.
  if (name.startsWith('node:')) return `^${name.slice('node:'.length)}$`
  if (name.startsWith('config/')) return `^${escaped(name)}$`
  if (name.endsWith('/') || name.endsWith('.ts')) return ours(name)
  return `(^|/)node_modules/(@types/)?${escaped(name)}/`
}

function ours(name: string): string {
  return `^src/${escaped(name)}${name.endsWith('/') ? '' : '$'}`
}

function escaped(text: string): string {
  return text.replaceAll('.', '[.]')
}

function forbid(
  name: string,
  comment: string,
  rule: Pick<IRegularForbiddenRuleType, 'from' | 'to'>,
): IRegularForbiddenRuleType {
  return { name, comment, severity: 'error', ...rule }
}
