import { UNKNOWN } from '../core/record.ts'
import { countOf, fieldsOf, instantOf, nameOf, parseFields } from './fields.ts'
import { fileStem } from './path-parts.ts'
import type { Source, SourceRecord, Transcript } from './source.ts'
import type { Tally } from '../core/tally.ts'
import { usedRecords } from './used-records.ts'

/**
 * Droid tells only what a whole session has used so far, beside its settings. The session alone is the id: after a
 * change of models the same sums go on under another name.
 */
export const droid: Source = {
  name: 'droid',
  title: 'Droid',
  directories: ({ home, variables }) => [`${variables['FACTORY_DIR'] || `${home}/.factory`}/sessions`],
  isTranscript: (name) => name.endsWith('.settings.json'),
  recognizes: (text) => /"tokenUsage":/.test(text) && /"(?:providerLock|thinkingTokens)":/.test(text),
  reading: { kind: 'document', read },
}

function read(text: string, { path }: Transcript, tally: Tally): readonly SourceRecord[] {
  const settings = parseFields(text)
  if (settings === null) {
    tally.count('damaged')
    return []
  }
  const usage = fieldsOf(settings['tokenUsage'])
  if (usage === null) return []
  const sessionId = fileStem(path)
  return usedRecords(
    {
      id: `droid:${sessionId}`,
      timestamp: instantOf(settings['providerLockTimestamp']),
      sessionId: sessionId || UNKNOWN,
      model: modelName(nameOf(settings['model'])) || UNKNOWN,
      tool: 'droid',
      inputTokens: countOf(usage['inputTokens']),
      outputTokens: countOf(usage['outputTokens']) + countOf(usage['thinkingTokens']),
      cacheReadTokens: countOf(usage['cacheReadTokens']),
      cacheWriteTokens: countOf(usage['cacheCreationTokens']),
      aggregate: true,
    },
    '',
    tally,
  )
}

/** A model of one's own is called like `custom:Claude-Opus-4.5-[Anthropic]-0`: the name, its provider, a number. */
function modelName(name: string): string {
  if (!name.startsWith('custom:')) return name
  return name
    .slice('custom:'.length)
    .replace(/\[[^\]]*\]/g, '')
    .replace(/-+\d+$/, '')
    .replace(/-+$/, '')
    .toLowerCase()
}
