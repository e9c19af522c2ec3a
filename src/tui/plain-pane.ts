import type { Dashboard } from '../core/dashboard.ts'
import type { PaneTerminal } from '../core/pane-terminal.ts'
import { changeSentences } from '../formats/change-text.ts'
import { nameText } from '../formats/name.ts'
import { statusText } from '../formats/status-text.ts'
import type { Pane, PaneOptions } from './pane.ts'

const COLUMNS = 80

/**
 * The pane for those who hear it: everything once, then each change as a sentence on a line of its own. Nothing is
 * erased, nothing is drawn over, and no key is read; Ctrl-C leaves.
 */
export function openPlainPane(terminal: PaneTerminal, options: Omit<PaneOptions, 'onAsk' | 'onSave'>): Pane {
  let known: Dashboard | null = null
  let said = ''
  const { promise, resolve } = ending()
  const say = (text: string): void => {
    terminal.stdout.write(text)
  }
  const stopListening = terminal.listen({
    onResize: () => {},
    onSuspend: () => void terminal.suspend(),
    onResume: () => {},
    onClose: () => close(),
  })
  const close = (): void => {
    stopListening()
    resolve()
  }
  return {
    show: (dashboard) => {
      const { ascii } = terminal
      if (known === null) {
        const calendar = options.calendarIn(dashboard.snapshot.zone)
        say(statusText(dashboard, calendar, { columns: terminal.size().columns || COLUMNS, ascii }))
      } else for (const sentence of changeSentences(known, dashboard, ascii)) say(`${sentence}\n`)
      known = dashboard
    },
    banner: (banner) => {
      const text = banner === null ? '' : nameText(banner.text.replaceAll('\n', ' '), terminal.ascii)
      if (text !== '' && text !== said) say(`${text}\n`)
      said = text
    },
    progress: () => {},
    answer: () => {},
    answering: () => {},
    style: () => {},
    tick: () => {},
    close,
    closed: promise,
  }
}

function ending(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve!: () => void
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
