import type { OwnProgram } from '../core/own-program.ts'
import { type FileAgent, signature } from './agent.ts'
import { programLine } from './program-line.ts'

const FIRST_LINE = `// ${signature('claude-code-router')}`

/** A module that claude-code-router asks which provider's model a request goes to. */
export const claudeCodeRouter: FileAgent = {
  kind: 'file',
  name: 'claude-code-router',
  title: 'claude-code-router',
  userFile: ({ home }) => `${home}/.claude-code-router/ai-costs.cjs`,
  projectFile: null,
  next: (path) => [
    `set "CUSTOM_ROUTER_PATH": ${JSON.stringify(path)} in ~/.claude-code-router/config.json, then: ccr restart`,
    'models in model-router.yaml are called as your Providers call them; any other leaves the choice to the router',
  ],
  firstLine: FIRST_LINE,
  text: routerText,
}

/** No `--tool`: the names of Claude Code are not those of the providers, among which this chooses. */
function routerText(program: OwnProgram): string {
  return `${FIRST_LINE}
const { execFile } = require('node:child_process')

const ${programLine(program)}
const PATIENCE_MS = 1000

/** The provider and model that ai-costs chooses; undefined in any trouble, so that the router chooses as ever. */
module.exports = async function router(req, config) {
  const model = await route(req)
  const isMeant = (name) => name === model || (model !== '' && String(name).endsWith('/' + model))
  for (const { name: provider, models } of config?.Providers ?? []) {
    const name = models?.find(isMeant)
    // "provider,model", or "provider/model" where that is how the router itself writes it.
    if (name) return provider + (/^[^,]+[/]/.test(config.Router?.default ?? '') ? '/' : ',') + name
  }
  return undefined
}

function route(req) {
  return new Promise((resolve) => {
    const [node, script] = PROGRAM
    const words = [script, 'route', '--prompt', '-', ...(req.sessionId ? ['--session=' + req.sessionId] : [])]
    const limits = { timeout: PATIENCE_MS, killSignal: 'SIGKILL', windowsHide: true }
    try {
      const child = execFile(node, words, limits, (error, stdout) => resolve(error ? '' : stdout.trim()))
      child.stdin.on('error', () => {})
      child.stdin.end(lastSaid(req.body?.messages))
    } catch {
      resolve('')
    }
  })
}

function lastSaid(messages) {
  const content = messages?.findLast?.(({ role }) => role === 'user')?.content ?? ''
  return typeof content === 'string' ? content : content.map(({ text }) => text ?? '').join('\\n')
}
`
}
