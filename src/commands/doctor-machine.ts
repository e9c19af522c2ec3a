import type { Finding } from '../core/finding.ts'
import type { Examination } from './doctor-finding.ts'
import { installedFindings } from './doctor-installed.ts'

/** Node, the cache, and which agents call us. */
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
    ...installedFindings(system),
    {
      topic: 'Node',
      health: 'fine',
      message: system.nodeVersion,
      fix: '',
      facts: { version: system.nodeVersion },
    },
  ]
}
