import type { Benchmark } from '../benchmark.ts'
import { againstNode } from '../kit/hot.ts'

export const name = 'hot-warm-10'
export const what = 'commands on 1,000,000 records with a cache, 10 new, against `node -e 0`'
export const bounds = {
  route: 1.2,
  'route --session': 1.2,
  'hook PreToolUse': 1.2,
  'hook UserPromptSubmit': 1.2,
  statusline: 1.2,
}
export const run: Benchmark['run'] = (bench) => againstNode(bench, 10)
