import type { SettingsAgent } from './agent.ts'
import { commandLine } from './own-command.ts'

const EVENTS = [
  'BeforeTool',
  'BeforeAgent',
  'BeforeModel',
  'SessionStart',
  'AfterAgent',
  'SessionEnd',
] as const

/** Milliseconds, unlike everybody else's. */
const PATIENCE = 5000

export const geminiCli: SettingsAgent = {
  kind: 'settings',
  name: 'gemini-cli',
  title: 'Gemini CLI',
  userFile: ({ variables, home }) => `${variables['GEMINI_CLI_HOME'] || home}/.gemini/settings.json`,
  projectFile: ({ workingDirectory }) => `${workingDirectory}/.gemini/settings.json`,
  next: () => ['Gemini CLI runs hooks from its next start on; /hooks panel shows them'],
  wanted(program, platform) {
    const command = commandLine(program, 'hook --agent gemini-cli', platform)
    const handler = { name: 'ai-costs', type: 'command', command, timeout: PATIENCE }
    return { hooks: EVENTS.map((event) => ({ event, handler })), statusLine: null }
  },
}
