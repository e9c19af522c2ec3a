import { fileURLToPath } from 'node:url'

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    setupFiles: ['test/same-draws.ts'],
    include: ['test/**/*.test.{ts,tsx}'],
    // Day boundaries must not depend on where the suite runs; tests that need a zone name it.
    // Ink draws nothing where CI is set, so a test of what it draws needs it unset.
    env: { TZ: 'America/New_York', NO_COLOR: '1', CI: 'false', CONTINUOUS_INTEGRATION: 'false' },
    // Vitest leaves one core free, which on two cores is half of the machine.
    maxWorkers: 2,
    testTimeout: 30_000,
  },
})
