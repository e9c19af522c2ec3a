import { spawn } from 'node:child_process'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'

/** The program under test: what `npm run build` made, or another installation of it named by AI_COSTS_CLI. */
export const CLI = env['AI_COSTS_CLI'] ?? fileURLToPath(new URL('../../dist/bin.cjs', import.meta.url))

/** Nothing of ours takes this long; a process that does hangs. */
const DEADLINE_MS = 20_000

export interface Surroundings {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** What standard input holds; without it, it is empty. */
  readonly stdin?: string
  /** Where else the program lies. */
  readonly cli?: string
}

export interface Outcome {
  readonly stdout: string
  readonly stderr: string
  /** Null when a signal ended the process. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** Runs the program as a user's shell would, and waits for its end. */
export function run(args: readonly string[], surroundings: Surroundings): Promise<Outcome> {
  return runProgram(process.execPath, [surroundings.cli ?? CLI, ...args], surroundings)
}

/** Runs any program. */
export function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env: variables, stdin }: Surroundings,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: variables, timeout: DEADLINE_MS, killSignal: 'SIGKILL' })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    // A program that does not read its input may be gone before it has all of it.
    child.stdin.on('error', () => {})
    child.stdin.end(stdin ?? '')
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ stdout, stderr, code, signal }))
  })
}

/** Where the program keeps itself compiled: for all tests alike, as for all calls of a user. */
const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))

/** A clean environment: nothing of the machine's or the suite's own settings reaches the program. */
export function cleanEnvironment(home: string, temporary: string): Record<string, string> {
  return {
    PATH: env['PATH'] ?? '',
    HOME: home,
    TMPDIR: temporary,
    TZ: 'UTC',
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    // Else what V8 made of the program would be kept in the home, which these tests look into.
    XDG_CACHE_HOME: COMPILED,
  }
}

/** Makes the program's clock start at an instant. */
export function clockAt(instant: string): Record<string, string> {
  const preload = new URL('set-clock.mjs', import.meta.url).href
  return { NODE_OPTIONS: `--import=${preload}`, E2E_CLOCK: instant }
}
