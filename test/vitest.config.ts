import { fileURLToPath } from 'node:url'

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/**/*.test.{ts,tsx}'],
    // Day boundaries must not depend on where the suite runs; tests that need a zone name it.
    env: { TZ: 'America/New_York', NO_COLOR: '1' },
    // Vitest leaves one core free, which on two cores is half of the machine.
    maxWorkers: 2,
    testTimeout: 30_000,
  },
})
