import { readClineSession } from './cline-session.ts'
import { readClineTask } from './cline-task.ts'
import { editorStorage } from './editor-storage.ts'
import type { Places, Source } from './source.ts'

/** Cline, and the two extensions that were made from it: each task or session is one document, rewritten as it grows. */
export const cline: Source = sourceOf({
  name: 'cline',
  title: 'Cline',
  extension: 'saoudrizwan.claude-dev',
  directories: ({ home, variables }) => {
    const data = variables['CLINE_DATA_DIR'] || `${variables['CLINE_DIR'] || `${home}/.cline`}/data`
    return [`${data}/tasks`, variables['CLINE_SESSION_DATA_DIR'] || `${data}/sessions`]
  },
  wholeInputSince: null,
})

export const rooCode: Source = sourceOf({
  name: 'roo-code',
  title: 'Roo Code',
  extension: 'rooveterinaryinc.roo-cline',
  directories: ({ home }) => [`${home}/.vscode-mock/global-storage/tasks`],
  wholeInputSince: Date.UTC(2025, 10, 1),
})

export const kiloCode: Source = sourceOf({
  name: 'kilo-code',
  title: 'Kilo Code',
  extension: 'kilocode.kilo-code',
  directories: () => [],
  wholeInputSince: Date.UTC(2025, 10, 12),
})

interface Variant {
  readonly name: string
  readonly title: string
  /** As in the marketplace of VS Code. */
  readonly extension: string
  /** Places outside of the editors. */
  readonly directories: (places: Places) => readonly string[]
  /** Epoch milliseconds since when a request's input has its cached tokens in it; null for never. */
  readonly wholeInputSince: number | null
}

function sourceOf({ name, title, extension, directories, wholeInputSince }: Variant): Source {
  return {
    name,
    title,
    directories: (places) => [
      ...editorStorage(places, extension).map((storage) => `${storage}/tasks`),
      ...directories(places),
    ],
    isTranscript: (file) => /(?:^|\/)ui_messages\.json$|\.messages\.json$/.test(file),
    // Only Cline itself: nothing in a document says which of the three wrote it.
    recognizes: (text) => name === 'cline' && /"say":\s*"api_req_started"/.test(text),
    reading: {
      kind: 'document',
      read: (text, { path }, tally) =>
        path.endsWith('.messages.json')
          ? readClineSession(name, text, path, tally)
          : readClineTask(name, text, path, wholeInputSince, tally),
    },
  }
}
