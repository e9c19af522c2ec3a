import type { OwnProgram } from '../core/own-program.ts'
import { type FileAgent, signature } from './agent.ts'
import { programLine } from './program-line.ts'

const FIRST_LINE = `// ${signature('opencode')}`

/** A plugin: what OpenCode has in the place of hooks. It may choose the model of a turn. */
export const opencode: FileAgent = {
  kind: 'file',
  name: 'opencode',
  title: 'OpenCode',
  userFile: ({ variables, home }) => `${configDirectory(variables, home)}/plugins/ai-costs.js`,
  projectFile: ({ workingDirectory }) => `${workingDirectory}/.opencode/plugins/ai-costs.js`,
  next: () => ['OpenCode loads the plugin at its next start'],
  firstLine: FIRST_LINE,
  text: pluginText,
}

function configDirectory(variables: Readonly<Record<string, string | undefined>>, home: string): string {
  return variables['OPENCODE_CONFIG_DIR'] || `${variables['XDG_CONFIG_HOME'] || `${home}/.config`}/opencode`
}

function pluginText(program: OwnProgram): string {
  return `${FIRST_LINE}
import { execFile } from 'node:child_process'

const ${programLine(program)}
const PATIENCE_MS = 1000

export const AiCosts = async ({ directory }) => ({
  'chat.message': async ({ sessionID, model: asked }, output) => {
    const model = output.message.model ?? asked
    const prompt = output.parts.map((part) => (part.type === 'text' && !part.synthetic ? part.text : '')).join('\\n')
    const answer = await ask({ event: 'chat.message', sessionID, directory, model, prompt })
    if (answer.model) output.message.model = { ...model, ...answer.model }
  },
  'tool.execute.before': async ({ sessionID }) => {
    await ask({ event: 'tool.execute.before', sessionID, directory })
  },
  event: async ({ event }) => {
    if (event.type !== 'session.idle') return
    await ask({ event: 'session.idle', sessionID: event.properties.sessionID, directory })
  },
})

/** What ai-costs answers; nothing in any trouble of its own. Throws its reason when the budget is spent. */
async function ask(event) {
  const { code, stdout, stderr } = await called(JSON.stringify(event))
  if (code === 2) throw new Error(stderr.trim() || 'ai-costs: the budget is spent')
  try {
    return code === 0 ? (JSON.parse(stdout) ?? {}) : {}
  } catch {
    return {}
  }
}

function called(input) {
  return new Promise((resolve) => {
    const [node, script] = PROGRAM
    const words = [script, 'hook', '--agent', 'opencode']
    const limits = { timeout: PATIENCE_MS, killSignal: 'SIGKILL', windowsHide: true }
    try {
      const child = execFile(node, words, limits, (error, stdout, stderr) =>
        resolve({ code: error ? error.code : 0, stdout, stderr }),
      )
      child.stdin.on('error', () => {})
      child.stdin.end(input)
    } catch {
      resolve({ code: null, stdout: '', stderr: '' })
    }
  })
}
`
}
