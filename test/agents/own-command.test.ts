import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { commandLine, mentionsUs, readOwnCommand } from '../../src/agents/own-command.ts'

describe('commandLine', () => {
  it.each([
    ['/usr/bin/node', '/opt/a/bin.cjs', 'linux', '/usr/bin/node /opt/a/bin.cjs hook'],
    ['/my apps/node', "/it's/bin.cjs", 'darwin', String.raw`'/my apps/node' '/it'\''s/bin.cjs' hook`],
    ['/$(touch x)/node', '/`y`/bin.cjs', 'linux', "'/$(touch x)/node' '/`y`/bin.cjs' hook"],
    [
      'C:\\Program Files\\node.exe',
      'C:/a/bin.cjs',
      'win32',
      '"C:\\Program Files\\node.exe" C:/a/bin.cjs hook',
    ],
  ])('quotes %s and %s for the shell of %s', (node, script, platform, line) => {
    expect(commandLine({ node, script }, 'hook', platform)).toBe(line)
  })
})

it('is one word for each path to a real shell, whatever the folders are called', () => {
  const folders = ['/a b', "/it's", '/$HOME', '/`id`', '/a\\b', '/;&|<>*?', '/ä', '/-x', '/~', '/"q"']
  const lines = folders.map((node) => commandLine({ node, script: `${node}/bin.cjs` }, 'hook', 'linux'))
  const { stdout } = spawnSync('sh', ['-c', `printf '%s\\n' ${lines.join(' ')}`], { encoding: 'utf8' })
  expect(stdout.trimEnd().split('\n')).toEqual(folders.flatMap((node) => [node, `${node}/bin.cjs`, 'hook']))
})

describe('readOwnCommand', () => {
  it.each([
    ['ai-costs hook', ['ai-costs'], 'hook', ''],
    ['npx ai-costs hook', ['npx', 'ai-costs'], 'hook', ''],
    [
      '/usr/bin/node /opt/a/dist/bin.cjs hook --agent codex',
      ['/usr/bin/node', '/opt/a/dist/bin.cjs'],
      'hook',
      ' --agent codex',
    ],
    [
      'node "/a b/ai-costs" statusline --format plain',
      ['node', '/a b/ai-costs'],
      'statusline',
      ' --format plain',
    ],
    [String.raw`'/it'\''s/node' /x/bin.cjs hook`, ["/it's/node", '/x/bin.cjs'], 'hook', ''],
    [
      '"C:\\Program Files\\node.exe" C:/a/bin.cjs hook',
      ['C:\\Program Files\\node.exe', 'C:/a/bin.cjs'],
      'hook',
      '',
    ],
  ])('knows %s', (line, program, verb, options) => {
    expect(readOwnCommand(line)).toEqual({ program, verb, options })
  })

  it.each([
    'ai-costs hook | tee log',
    'ai-costs hook && say done',
    'X=1 ai-costs hook > /tmp/x',
    'ai-costs check --quiet',
    'my-ai-costs hook',
    'echo "$(ai-costs hook)"',
    'run the ai-costs hook',
    'node /opt/other/main.js hook',
    '',
  ])('takes no other line for its own: %s', (line) => {
    expect(readOwnCommand(line)).toBeNull()
  })

  it('reads back what commandLine writes, whatever the folders are called', () => {
    for (const folder of ['/a', '/a b', "/a'b", '/a"b', '/$HOME', '/`x`', '/a\\b', '/ä;&|<>']) {
      const program = { node: `${folder}/node`, script: `${folder}/bin.cjs` }
      const line = commandLine(program, 'hook --agent codex', 'linux')
      expect(readOwnCommand(line)?.program).toEqual([program.node, program.script])
    }
  })
})

describe('mentionsUs', () => {
  it.each([
    ['ai-costs hook | tee log', true],
    ['sh -c "ai-costs statusline; date"', true],
    ['ai-costs check', false],
    ['say done', false],
  ])('%s: %s', (line, does) => {
    expect(mentionsUs(line)).toBe(does)
  })
})
