import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** In memory where there is such a place: these tests are about files, not about disks. */
const BASE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** A directory of the test's own, gone when the test is over. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(BASE, 'ai-costs-test-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}
