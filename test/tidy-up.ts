import { afterAll, afterEach } from 'vitest'

import { tidy } from './kit/tidy.ts'

// Evaluated for each test file.
afterEach(() => tidy('after the test'))
afterAll(() => tidy('after the file'))
