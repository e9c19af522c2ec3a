import { fileURLToPath } from 'node:url'

import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What drives whole processes takes longest: begun last, it would leave the other core with nothing to do. */
class ProcessesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- vitest's own
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => rank(a) - rank(b))
  }
}

function rank({ moduleId }: TestSpecification): number {
  if (moduleId.includes('/e2e/pane')) return 0
  return moduleId.includes('/e2e/') ? 1 : 2
}

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    setupFiles: ['test/same-draws.ts', 'test/tidy-up.ts'],
    include: ['test/**/*.test.{ts,tsx}'],
    // Day boundaries must not depend on where the suite runs; tests that need a zone name it.
    // Where CI is set, Ink tells nobody of a resize, and its colour detection takes every terminal for a log.
    env: { TZ: 'America/New_York', NO_COLOR: '1', CI: 'false', CONTINUOUS_INTEGRATION: 'false' },
    // Vitest leaves one core free, which on two cores is half of the machine.
    maxWorkers: 2,
    // One worker for all of its files: to load the program anew for each of them took longer than most tests do. What a
    // module keeps is the same for every test, then, which is how it is in a program that runs for weeks.
    isolate: false,
    sequence: { sequencer: ProcessesFirst },
    testTimeout: 30_000,
  },
})
