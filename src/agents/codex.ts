import type { SettingsAgent } from './agent.ts'
import { commandLine } from './own-command.ts'

const EVENTS = [
  'PreToolUse',
  'UserPromptSubmit',
  'SessionStart',
  'Stop',
  'SubagentStop',
  'SessionEnd',
] as const

/** Seconds. */
const PATIENCE = 5

export const codex: SettingsAgent = {
  kind: 'settings',
  name: 'codex',
  title: 'Codex CLI',
  userFile: ({ variables, home }) => `${variables['CODEX_HOME'] || `${home}/.codex`}/hooks.json`,
  projectFile: ({ workingDirectory }) => `${workingDirectory}/.codex/hooks.json`,
  next: () => [
    'Codex runs hooks once they are trusted: start it and answer /hooks; older versions want [features] codex_hooks = true',
  ],
  wanted(program, platform) {
    const command = commandLine(program, 'hook --agent codex', platform)
    return {
      hooks: EVENTS.map((event) => ({ event, handler: { type: 'command', command, timeout: PATIENCE } })),
      statusLine: null,
    }
  },
}
