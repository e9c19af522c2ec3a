import { basename, dirname } from 'node:path'

import ts from 'typescript'

import { MAY_IMPORT } from './rooms.ts'

/** Something that a reader of src may rely on. `isBroken` is asked about every node of a file that `governs` names. */
interface TextRule {
  readonly name: string
  readonly fix: string
  readonly governs: (path: string) => boolean
  readonly isBroken: (node: ts.Node) => boolean
}

const MONEY = 'src/core/money.ts'
const MAX_LINES = 260
const MAX_COMPONENT_LINES = 120

/** The folders whose index.ts lists what the program can do: one line to register, one place to look. */
const REGISTRIES = ['src/sources', 'src/commands', 'src/formats', 'src/reports', 'src/tui/screens']

/** Names that say nothing of what is inside, so that anything ends up there. */
const JUNK_DRAWER = /^(utils?|helpers?|common|shared|misc|lib|types?|constants)$/

const EFFECTS = new Set(
  'process console performance fetch globalThis crypto setTimeout setInterval'.split(' '),
)
const ENDINGS = new Set(['exit', 'exitCode', 'reallyExit', 'abort'])

const TEXT_RULES: readonly TextRule[] = [
  {
    name: 'no clock',
    fix: 'take the instant as a parameter',
    governs: isWithoutEffects,
    isBroken: readsTheClock,
  },
  {
    name: 'no effects',
    fix: 'take a port of src/system as a parameter',
    governs: isWithoutEffects,
    isBroken: (node) =>
      (ts.isIdentifier(node) && EFFECTS.has(node.text) && isFreeName(node)) ||
      isMember(node, 'Math', 'random'),
  },
  {
    name: 'only an entry ends the process',
    fix: 'return a Result with an exit code',
    governs: (path) => !isEntry(path),
    isBroken: (node) =>
      ts.isPropertyAccessExpression(node) && isMember(node, 'process') && ENDINGS.has(node.name.text),
  },
  {
    name: 'no floating-point money',
    fix: `use the functions of ${MONEY}`,
    governs: (path) => path !== MONEY,
    isBroken: (node) => ts.isIdentifier(node) && (node.text === 'toFixed' || node.text === 'parseFloat'),
  },
  {
    name: 'no any',
    fix: 'name the type, or use unknown and narrow it',
    governs: isOurs,
    isBroken: (node) => node.kind === ts.SyntaxKind.AnyKeyword,
  },
  {
    name: 'no forced cast',
    fix: 'narrow the value, so that the compiler knows its type',
    governs: isOurs,
    isBroken: (node) =>
      ts.isAsExpression(node) &&
      ts.isAsExpression(node.expression) &&
      node.expression.type.kind === ts.SyntaxKind.UnknownKeyword,
  },
  {
    name: 'named exports only',
    fix: 'export it by its name',
    governs: isOurs,
    isBroken: isDefaultExport,
  },
  {
    name: 'no barrel',
    fix: 'let the importer name the file',
    governs: isOurs,
    isBroken: (node) =>
      ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && node.exportClause === undefined,
  },
  {
    name: 'no barrel',
    fix: 'let the importer name the file; only a registry gathers whole files',
    governs: (path) => isOurs(path) && !isRegistry(path),
    isBroken: (node) =>
      ts.isExportDeclaration(node) &&
      node.exportClause !== undefined &&
      ts.isNamespaceExport(node.exportClause),
  },
  {
    name: 'imports name the file',
    fix: 'write the extension, .ts or .tsx',
    governs: isOurs,
    isBroken: (node) =>
      ts.isStringLiteral(node) &&
      (ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent)) &&
      /^\.(?!.*\.(tsx?|json)$)/.test(node.text),
  },
]

/**
 * Reads one file of src as its reader would.
 *
 * @param path from the root of the project, with `/`
 * @returns one sentence for each broken rule: file and line, the rule and the fix
 */
export function brokenText(path: string, text: string): readonly string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const rules = TEXT_RULES.filter((rule) => rule.governs(path))
  const broken: string[] = [...brokenName(path), ...silencedCompiler(path, text), ...tooLong(path, file)]
  const visit = (node: ts.Node): void => {
    for (const rule of rules) {
      if (!rule.isBroken(node)) continue
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
      broken.push(`${path}:${line + 1}: ${rule.name}: ${rule.fix}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return broken
}

function brokenName(path: string): readonly string[] {
  const folders = dirname(path).split('/').slice(1)
  const stem = basename(path).replace(/\.tsx?$/, '')
  const broken: string[] = []
  if (![...folders, stem].every((name) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))) {
    broken.push(`${path}: kebab-case: write the name in small letters with hyphens`)
  }
  if ([...folders, stem].some((name) => JUNK_DRAWER.test(name))) {
    broken.push(`${path}: no junk drawer: put each thing beside what it serves`)
  }
  if (stem === 'index' && !isRegistry(path)) {
    broken.push(`${path}: no barrel: only ${REGISTRIES.join(', ')} have an index.ts`)
  }
  if (!Object.keys(MAY_IMPORT).some((room) => path.startsWith(`src/${room}`))) {
    broken.push(`${path}: known rooms: say in test/architecture/rooms.ts what it may import`)
  }
  return broken
}

function silencedCompiler(path: string, text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      /@ts-(ignore|expect-error|nocheck)/.test(line)
        ? [`${path}:${index + 1}: no silenced compiler: fix what it says`]
        : [],
    )
}

/** Comments and blank lines are free: nobody should save on the reason to stay below a limit. */
function tooLong(path: string, file: ts.SourceFile): readonly string[] {
  const limit = path.endsWith('.tsx') ? MAX_COMPONENT_LINES : MAX_LINES
  const lines = new Set<number>()
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(file)
    if (children.length === 0 && node.kind !== ts.SyntaxKind.EndOfFileToken) {
      const first = file.getLineAndCharacterOfPosition(node.getStart(file)).line
      const last = file.getLineAndCharacterOfPosition(node.getEnd()).line
      for (let line = first; line <= last; line++) lines.add(line)
    }
    for (const child of children) if (!ts.isJSDoc(child)) visit(child)
  }
  visit(file)
  return lines.size > limit
    ? [`${path}: ${lines.size} lines of code: at most ${limit}; give its second job a file of its own`]
    : []
}

function readsTheClock(node: ts.Node): boolean {
  if (isMember(node, 'Date', 'now')) return true
  if (ts.isNewExpression(node)) return isNamed(node.expression, 'Date') && (node.arguments ?? []).length === 0
  return ts.isCallExpression(node) && isNamed(node.expression, 'Date')
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true
  if (ts.isExportSpecifier(node)) return node.name.text === 'default'
  return node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent)
}

/** `process` in `process.env`, but not in `system.process`, `{ process: 1 }` or a declaration of that name. */
function isFreeName(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent)) return parent.initializer === node
  return ts.isExpression(parent) || ts.isShorthandPropertyAssignment(parent) || ts.isStatement(parent)
}

function isMember(node: ts.Node, object: string, member?: string): boolean {
  if (!ts.isPropertyAccessExpression(node) || !isNamed(node.expression, object)) return false
  return member === undefined || node.name.text === member
}

function isNamed(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name
}

function isOurs(path: string): boolean {
  return path.startsWith('src/')
}

function isRegistry(path: string): boolean {
  return REGISTRIES.some((folder) => path === `${folder}/index.ts`)
}

function isEntry(path: string): boolean {
  return ['src/bin.ts', 'src/cli.ts', 'src/hot/start.ts'].includes(path)
}

function isWithoutEffects(path: string): boolean {
  return isOurs(path) && !isEntry(path) && !path.startsWith('src/system/')
}
