import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/commands/command.ts'
import * as init from '../../src/commands/init.ts'
import { NotSaved } from '../../src/system/ledger-append.ts'
import { type FakeSystem, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { call } from './calling.ts'

const SETTINGS = '/home/u/.claude/settings.json'
const OWN = '{\n    "model": "opus"\n}\n'
const HOOK = '/usr/bin/node /opt/ai-costs/dist/bin.cjs hook --agent claude-code'
const STATUS_LINE = '/usr/bin/node /opt/ai-costs/dist/bin.cjs statusline --agent claude-code'

function paths(system: FakeSystem): readonly string[] {
  return [...system.texts.keys()].toSorted()
}

describe('init --tool', () => {
  it('puts hooks and a status line into the settings, and says what it did', async () => {
    const system = fakeSystem({ [SETTINGS]: OWN })
    const { stdout, stderr, exitCode } = await call(init, '--tool claude-code', system)
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(stdout.split('\n')).toEqual([
      `Claude Code: changed ${SETTINGS} (as it was: settings.json.ai-costs-backup-20251215143000)`,
      '  + hooks.PreToolUse',
      '  + hooks.UserPromptSubmit',
      '  + hooks.SessionStart',
      '  + hooks.Stop',
      '  + hooks.SubagentStop',
      '  + hooks.StopFailure',
      '  + hooks.SessionEnd',
      '  + statusLine',
      `  calls ${HOOK}`,
      `  calls ${STATUS_LINE}`,
      expect.stringContaining('  next: '),
      '',
    ])
    expect(system.texts.get(`${SETTINGS}.ai-costs-backup-20251215143000`)).toBe(OWN)
    expect(JSON.parse(system.texts.get(SETTINGS) ?? '')).toMatchObject({
      model: 'opus',
      hooks: { PreToolUse: [{ hooks: [{ type: 'command', command: HOOK, timeout: 5 }] }] },
      statusLine: { type: 'command', command: STATUS_LINE },
    })
  })

  it('changes nothing the second time, and undone it is as it was', async () => {
    const system = fakeSystem({ [SETTINGS]: OWN })
    await call(init, '--tool claude-code', system)
    const installed = system.texts.get(SETTINGS)
    system.now += 60_000
    expect((await call(init, '--tool claude-code', system)).stdout).toBe(
      `Claude Code: nothing to change in ${SETTINGS}\n`,
    )
    expect(system.texts.get(SETTINGS)).toBe(installed)
    expect(paths(system)).toHaveLength(2)
    const { stdout } = await call(init, '--tool claude-code --undo', system)
    expect(stdout).toContain('  - hooks.PreToolUse\n')
    expect(system.texts.get(SETTINGS)).toBe(OWN)
    expect((await call(init, '--tool claude-code --undo', system)).stdout).toBe(
      `Claude Code: nothing of ours in ${SETTINGS}\n`,
    )
  })

  it('makes the files of several tools, and undone none of them is left', async () => {
    const system = fakeSystem()
    const all = 'claude-code,codex,opencode,gemini-cli,claude-code-router,litellm'
    expect(await call(init, `--tool ${all}`, system)).toMatchObject({ stderr: '', exitCode: 0 })
    expect(paths(system)).toEqual([
      '/home/u/.claude-code-router/ai-costs.cjs',
      SETTINGS,
      '/home/u/.codex/hooks.json',
      '/home/u/.config/opencode/plugins/ai-costs.js',
      '/home/u/.gemini/settings.json',
      `${PROJECT}/ai_costs_litellm.py`,
    ])
    expect(await call(init, `--tool ${all} --undo`, system)).toMatchObject({ stderr: '', exitCode: 0 })
    expect(paths(system)).toEqual([])
  })

  it.each([
    ['claude-code', 'CLAUDE_CONFIG_DIR', '/x/settings.json'],
    ['codex', 'CODEX_HOME', '/x/hooks.json'],
    ['opencode', 'OPENCODE_CONFIG_DIR', '/x/plugins/ai-costs.js'],
    ['opencode', 'XDG_CONFIG_HOME', '/x/opencode/plugins/ai-costs.js'],
    ['gemini-cli', 'GEMINI_CLI_HOME', '/x/.gemini/settings.json'],
  ])('goes where %s looks by %s', async (tool, variable, path) => {
    const system = fakeSystem()
    system.variables[variable] = '/x'
    await call(init, `--tool ${tool}`, system)
    expect(paths(system)).toEqual([path])
  })

  it.each([
    ['--tool claude-code --here', `${PROJECT}/.claude/settings.local.json`],
    ['--tool codex --here', `${PROJECT}/.codex/hooks.json`],
    ['--tool opencode --here', `${PROJECT}/.opencode/plugins/ai-costs.js`],
    ['--tool gemini-cli --here', `${PROJECT}/.gemini/settings.json`],
    ['--tool litellm --to proxy/costs.py', `${PROJECT}/proxy/costs.py`],
    ['--tool claude-code-router --to /etc/r.cjs', '/etc/r.cjs'],
  ])('%s writes %s', async (words, path) => {
    const system = fakeSystem()
    await call(init, words, system)
    expect(paths(system)).toEqual([path])
  })

  it.each(['', '--undo'])('rehearses without writing: --dry-run %s', async (undo) => {
    const system = fakeSystem({ [SETTINGS]: '{"hooks":{"Stop":[{"hooks":[{"command":"ai-costs hook"}]}]}}' })
    const before = new Map(system.texts)
    const { stdout } = await call(init, `--tool claude-code --dry-run ${undo}`, system)
    expect(stdout).toContain(undo === '' ? `would change ${SETTINGS}\n` : `would remove ${SETTINGS}\n`)
    expect(stdout).toContain(undo === '' ? '  ~ hooks.Stop\n' : '  - hooks.Stop\n')
    expect(system.texts).toEqual(before)
  })

  it('says how to bring budgets into a status line of the user’s own', async () => {
    const system = fakeSystem({ [SETTINGS]: '{"statusLine":{"command":"mine --token s3cret"}}' })
    const { stdout } = await call(init, '--tool claude-code', system)
    expect(stdout).toContain(
      `  = statusLine is your own and stays; to see budgets there let it call: ${STATUS_LINE.replace(' --agent claude-code', '')}\n`,
    )
    expect(stdout).not.toContain('s3cret')
    expect(stdout).not.toContain(`  calls ${STATUS_LINE}`)
  })

  it('leaves settings that it does not understand, changes the others, and exits with 1', async () => {
    const system = fakeSystem({ [SETTINGS]: '{\n  "hooks": [],\n}' })
    const { stdout, stderr, exitCode } = await call(init, '--tool claude-code,codex', system)
    expect(stderr).toBe(
      `ai-costs: ${SETTINGS}:3: has a comma behind the last one of a list, nothing was changed: take it out\n`,
    )
    expect([exitCode, system.texts.get(SETTINGS)]).toEqual([1, '{\n  "hooks": [],\n}'])
    expect(stdout).toMatch(/^Codex CLI: made /)
  })

  it('says what could not be written', async () => {
    const system = fakeSystem()
    expect(await call(init, '--tool codex', { ...system, replaceFile: fullDisk })).toEqual({
      stdout: '',
      stderr: 'ai-costs: /x was NOT saved (ENOSPC): look at the disk\n',
      exitCode: 1,
    })
  })

  it('follows the link of the user’s own settings, and keeps its target when it is undone', async () => {
    const target = '/dotfiles/claude.json'
    const system = fakeSystem({ [SETTINGS]: '{}', [target]: '{}' })
    system.links.add(SETTINGS)
    const realPath = (path: string): string => (path === SETTINGS ? target : path)
    // What is written at the target is read by the link.
    const replaceFile: FakeSystem['replaceFile'] = (path, before, text, backup) => {
      system.replaceFile(path, before, text, backup)
      system.texts.set(SETTINGS, text)
    }
    const linked = { ...system, replaceFile, transcripts: { ...system.transcripts, realPath } }
    await call(init, '--tool claude-code', linked)
    expect(system.texts.get(target)).toContain(HOOK)
    system.now += 60_000
    await call(init, '--tool claude-code --undo', linked)
    expect(system.texts.get(target)).toBe('{}')
    expect(paths(system).filter((path) => path.includes('backup'))).toEqual([
      `${SETTINGS}.ai-costs-backup-20251215143000`,
      `${SETTINGS}.ai-costs-backup-20251215143100`,
    ])
  })

  it.each([`${PROJECT}/.claude`, `${PROJECT}/.claude/settings.local.json`])(
    'does not follow the link of a project: %s',
    async (link) => {
      const system = fakeSystem()
      system.links.add(link)
      expect(await call(init, '--tool claude-code --here', system)).toEqual({
        stdout: '',
        stderr: `ai-costs: ${link} is a symbolic link, nothing was changed: remove it, or name the file with --to\n`,
        exitCode: 1,
      })
      expect(paths(system)).toEqual([])
    },
  )

  it.each([
    ['--tool cursor', /knows no "cursor": name one or several of claude-code, codex/],
    ['--tool claude-code,', /knows no "": name/],
    ['--tool litellm --here', /LiteLLM has no settings of a project: leave out --here/],
    ['--tool codex,opencode --to x', /--to names one file: name one tool/],
    ['--tool codex --to=', /--to is empty: name a file/],
    ['--tool codex --dir /x', /--dir does not go with --tool: leave it out/],
    ['--undo', /--undo goes with --tool: name the tool/],
    ['--to x', /--to goes with --tool/],
  ])('refuses %s', async (words, message) => {
    const system = fakeSystem()
    await expect(call(init, words, system)).rejects.toThrow(message)
    await expect(call(init, words, system)).rejects.toThrow(UsageError)
    expect(paths(system)).toEqual([])
  })

  it('prints nothing that acts on a terminal', async () => {
    const system = fakeSystem()
    system.variables['CODEX_HOME'] = '/x\u001b[31m'
    expect((await call(init, '--tool codex', system)).stdout).not.toContain('\u001b')
  })
})

function fullDisk(): never {
  throw new NotSaved('/x was NOT saved (ENOSPC): look at the disk')
}
