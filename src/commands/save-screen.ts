import type { Calendar } from '../core/calendar.ts'
import { type Line, lineText } from '../formats/line.ts'
import { screenSvg } from '../formats/screen-svg.ts'
import { Unreadable } from '../system/file-system.ts'
import { NotSaved } from '../system/ledger-append.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import { ownPlace } from './own-place.ts'

/** Writes a screen of the pane beside the ledger, as text or drawn; answers what became of it, as a sentence. */
export function saveScreen(
  screen: readonly Line[],
  kind: 'text' | 'drawing',
  place: LedgerPlace,
  at: { readonly now: number; readonly calendar: Calendar },
  system: Pick<System, 'files' | 'reports'>,
): string {
  const [text, ending] = kind === 'text' ? [screenText(screen), 'txt'] : [screenSvg(screen), 'svg']
  try {
    const { directory } = ownPlace(place, system, 'saved')
    const path = system.reports(directory).save('reports', `screen-${stampOf(at)}.${ending}`, text)
    return `this screen was written to ${path}`
  } catch (error) {
    if (error instanceof NotSaved) return error.message
    if (error instanceof Unreadable) return `${error.path} ${error.message}: ${error.fix}`
    throw error
  }
}

function screenText(screen: readonly Line[]): string {
  return screen.map((line) => `${lineText(line).trimEnd()}\n`).join('')
}

/** `20261122-140213`, as the clocks of the pane show it. */
function stampOf({ now, calendar }: { readonly now: number; readonly calendar: Calendar }): string {
  const day = calendar.isoDay(calendar.dayOf(now)).replaceAll('-', '')
  const seconds = String(Math.floor(now / 1000) % 60).padStart(2, '0')
  return `${day}-${calendar.clock(now).replace(':', '')}${seconds}`
}
