import type { SettingsAgent } from './agent.ts'
import { commandLine } from './own-command.ts'
import type { Handler } from './settings-hooks.ts'

/** Before these it waits for an answer, which may stop it. */
const ANSWERED = ['PreToolUse', 'UserPromptSubmit', 'SessionStart'] as const

/** After these there is something new; nobody waits for more than the start of an import. */
const TOLD = ['Stop', 'SubagentStop', 'StopFailure', 'SessionEnd'] as const

/** Seconds. At the end of a session only what asks for more gets more than 1.5 s. */
const PATIENCE = 5

/** Seconds between two status lines while nothing happens: other sessions spend, too. */
const REFRESH = 10

export const claudeCode: SettingsAgent = {
  kind: 'settings',
  name: 'claude-code',
  title: 'Claude Code',
  userFile: ({ variables, home }) => `${variables['CLAUDE_CONFIG_DIR'] || `${home}/.claude`}/settings.json`,
  // The other file of a project is shared with people who have other paths.
  projectFile: ({ workingDirectory }) => `${workingDirectory}/.claude/settings.local.json`,
  next: () => [
    'new sessions of Claude Code are warned by ai-costs; alerts.action: pause or block in cost-limits.yaml stops them',
  ],
  wanted(program, platform) {
    const command = commandLine(program, 'hook --agent claude-code', platform)
    const handler: Handler = { type: 'command', command, timeout: PATIENCE }
    return {
      hooks: [...ANSWERED, ...TOLD].map((event) => ({ event, handler })),
      statusLine: {
        type: 'command',
        command: commandLine(program, 'statusline --agent claude-code', platform),
        refreshInterval: REFRESH,
      },
    }
  },
}
