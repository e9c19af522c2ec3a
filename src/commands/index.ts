import type { Grammar, Command } from './command.ts'

/** A command as the list knows it: its grammar and its code are loaded when it is called. */
export interface CommandEntry {
  readonly name: string
  readonly load: () => Promise<Command & { readonly grammar: Grammar }>
}

/** Every command. Adding one is one file and one line here. */
export const COMMANDS: readonly CommandEntry[] = [
  { name: 'watch', load: () => import('./watch.ts') },
  { name: 'check', load: () => import('./check.ts') },
  { name: 'log', load: () => import('./log.ts') },
  { name: 'status', load: () => import('./status.ts') },
  { name: 'config', load: () => import('./config.ts') },
  { name: 'init', load: () => import('./init.ts') },
  { name: 'demo', load: () => import('./demo.ts') },
]
