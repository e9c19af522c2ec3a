import { cwd, env, getBuiltinModule, platform } from 'node:process'
import { UPDATED_PRICES } from '../core/updated-prices-file.ts'

/** What the process was given to start with. */
export interface Environment {
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly workingDirectory: string
  readonly home: string
  /** As Node calls it: `linux`, `darwin`, `win32`. */
  readonly platform: string
  /**
   * IANA name of the machine's zone, asked anew each time: the laptop may have travelled while the pane was open.
   * Ask only when it matters: the first answer takes most of a Node start.
   */
  readonly zone: () => string
}

export function systemEnvironment(): Environment {
  return {
    variables: env,
    workingDirectory: cwd(),
    // Not imported, because loading it takes a while and it is hardly ever needed.
    home: env['HOME'] ?? getBuiltinModule('node:os').homedir(),
    platform,
    zone: machineZone,
  }
}

function machineZone(): string {
  // For a TZ that names no zone, Node 20 answers undefined where its types promise a name.
  const zone: string | undefined = new Intl.DateTimeFormat().resolvedOptions().timeZone
  return zone ?? 'UTC'
}

/** The user's configuration directory: XDG on Linux and macOS, %APPDATA% on Windows. */
export function userConfigDirectory({ variables, home }: Environment): string {
  const base = variables['XDG_CONFIG_HOME'] ?? (platform === 'win32' ? variables['APPDATA'] : undefined)
  return `${base === undefined || base === '' ? `${home}/.config` : base}/ai-costs`
}

/** Where `models update` keeps its prices, whichever settings a call uses: they go with the program, not with a project. */
export function updatedPricesFile(environment: Environment): string {
  return `${userConfigDirectory(environment)}/${UPDATED_PRICES}`
}
