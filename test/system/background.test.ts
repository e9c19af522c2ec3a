import { join } from 'node:path'
import { expect, it } from 'vitest'

import { systemBackground } from '../../src/system/background.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

it('says that no process could be started where the folder is gone', () => {
  expect(systemBackground.start(['--version'], join(temporaryDirectory(), 'gone'))).toBe(false)
})
