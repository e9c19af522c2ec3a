import { mix } from './hash-index.ts'
import type { UsageRecord } from './record.ts'

/**
 * Identity of a line without an id: equal bytes give equal hashes, and whoever must know compares the bytes.
 * `sessionHash` is the `hashText` of its session's id.
 */
export function hashOfLine(record: UsageRecord, sessionHash: number): number {
  let hash = mix(sessionHash, record.timestamp ?? -1)
  hash = mix(hash, record.inputTokens)
  hash = mix(hash, record.outputTokens)
  return mix(hash, record.cacheReadTokens + 7 * record.cacheWriteTokens)
}
