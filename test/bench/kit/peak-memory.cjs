// Preloaded into a process: leaves the most memory that it ever occupied, as /proc has it, in the file PEAK_MEMORY.
// process.resourceUsage() would not do: its maximum includes what the parent occupied when it made the process.
const { readFileSync, writeFileSync } = require('node:fs')

process.on('exit', () => {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))
  writeFileSync(process.env.PEAK_MEMORY, kilobytes)
})
