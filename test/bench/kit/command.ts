import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where a process runs. */
export interface Surroundings {
  /** The working directory. */
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
}

const ROOT = new URL('../../../', import.meta.url)

/** What npm links to `ai-costs`, or another installation of it named by AI_COSTS_CLI. */
export const PROGRAM = process.env['AI_COSTS_CLI'] ?? fileURLToPath(new URL(bin(), ROOT))

/** A whole process to run. */
export interface Command {
  readonly program: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** What standard input holds; without it there is none. */
  readonly stdin?: string
}

export function command(program: string, args: readonly string[], { folder, env }: Surroundings): Command {
  return { program, args, cwd: folder, env }
}

/** This Node itself: what Node takes to start is what every ratio is about. */
export function node(args: readonly string[], surroundings: Surroundings): Command {
  return command(process.execPath, args, surroundings)
}

/** `ai-costs` in the project. */
export function ask(project: Surroundings, ...args: readonly string[]): Command {
  return node([PROGRAM, ...args], project)
}

/** `ai-costs check` in the project. */
export function check(project: Surroundings, ...args: readonly string[]): Command {
  return ask(project, 'check', ...args)
}

/** Any command of ours in the project, with something on standard input. */
export function ours(project: Surroundings, args: readonly string[], stdin = ''): Command {
  return { ...node([PROGRAM, ...args], project), stdin }
}

/** `ai-costs check` that reads the whole ledger. */
export function checkWithoutCache(project: Surroundings): Command {
  return check(project, '--no-cache')
}

/** The shortest program that Node can run. */
export function emptyNode(project: Surroundings): Command {
  return node(['-e', '0'], project)
}

export interface Finished {
  readonly stdout: string
  /** From the start of the process to its end and that of its output. */
  readonly milliseconds: number
}

/** Runs a process to its end, its output drained. Throws when it fails. */
export function finished({ program, args, cwd, env, stdin }: Command): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] })
    child.stdin.on('error', () => {}).end(stdin ?? '')
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      const milliseconds = performance.now() - start
      if (code === 0) resolve({ stdout, milliseconds })
      else
        reject(new Error(`${[program, ...args].join(' ')} ended with ${signal ?? code}: ${stderr || stdout}`))
    })
  })
}

function bin(): string {
  const manifest = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as {
    readonly bin: { readonly 'ai-costs': string }
  }
  return manifest.bin['ai-costs']
}
