import { join } from 'node:path'
import { IMPORTING_EVENTS } from '../agents/hook-event.ts'
import { installedHooks } from '../agents/installed-hooks.ts'
import type { Finding } from '../core/finding.ts'
import { Unreadable } from '../system/file-system.ts'
import type { System } from '../system/system.ts'
import type { Examination } from './doctor-finding.ts'

/** Node, the cache, and whether an agent calls us. */
export function machineFindings({ call, system }: Examination): readonly Finding[] {
  const hasCache = system.cache(call.place.directory).read('cache') !== null
  return [
    {
      topic: 'cache',
      health: 'fine',
      message: hasCache ? 'there is one' : 'none yet: the next check writes it',
      fix: '',
      facts: { present: hasCache },
    },
    hookFinding(system),
    {
      topic: 'Node',
      health: 'fine',
      message: system.nodeVersion,
      fix: '',
      facts: { version: system.nodeVersion },
    },
  ]
}

const MOST_BYTES = 1 << 20

function hookFinding({ files, environment }: System): Finding {
  const { variables, home } = environment
  const path = join(variables['CLAUDE_CONFIG_DIR'] || join(home, '.claude'), 'settings.json')
  const events = eventsIn(path, files)
  const facts = { path, events }
  const found = (message: string): Finding => ({ topic: 'hooks', health: 'fine', message, fix: '', facts })
  if (events === null) return found(`${path} cannot be read, so nobody can tell`)
  if (events.length === 0) return found(`none in ${path}: ai-costs import or collect do as well`)
  const importing = events.filter((event) => IMPORTING_EVENTS.has(event))
  if (importing.length > 0) return found(`${events.join(', ')} in ${path}`)
  return {
    ...found(`${events.join(', ')} in ${path} call ai-costs, but nothing is imported after them`),
    health: 'attention',
    fix: 'call ai-costs hook on Stop, SubagentStop and SessionEnd too',
  }
}

/** None where there are no settings; null where they are not understood. */
function eventsIn(path: string, files: System['files']): readonly string[] | null {
  try {
    const text = files.readText(path, MOST_BYTES, 'follow')
    return text === undefined ? [] : installedHooks(text)
  } catch (error) {
    if (error instanceof Unreadable) return null
    throw error
  }
}
