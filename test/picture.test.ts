import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { test } from 'vitest'

test('the picture in the README shows what the pane shows', () => {
  const root = fileURLToPath(new URL('..', import.meta.url))
  execFileSync(process.execPath, ['test/tools/picture.mjs', '--check'], { cwd: root, stdio: 'pipe' })
})
