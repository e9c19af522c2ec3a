import { existsSync, readFileSync } from 'node:fs'
import { cpus, release, totalmem, type } from 'node:os'

import { versionsOfPeers } from './peers.ts'

const OS_RELEASE = '/etc/os-release'

/** What the ratios were measured on, in a line: they differ less between machines than seconds, but they do differ. */
export function machine(): string {
  const processors = cpus()
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  return [
    new Date().toISOString().slice(0, 10),
    `${processors[0]?.model.trim() ?? 'unknown processor'}, ${processors.length} cores, ${gigabytes} GB`,
    `${distribution()}${type()} ${release()}`,
    `Node ${process.versions.node}`,
    ...versionsOfPeers(),
  ].join(' · ')
}

function distribution(): string {
  const name = existsSync(OS_RELEASE)
    ? /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync(OS_RELEASE, 'utf8'))?.[1]
    : undefined
  return name === undefined ? '' : `${name}, `
}
