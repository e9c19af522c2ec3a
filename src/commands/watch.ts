import { createCalendar } from '../core/calendar.ts'
import type { ScreenQuestion } from '../core/screen-data.ts'
import { type Result, success } from '../core/result.ts'
import type { Line } from '../formats/line.ts'
import type { System } from '../system/system.ts'
import { collect } from './collect.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, hasFlag } from './command.ts'
import { type Call, callOf } from './desk.ts'
import { LiveBilling } from './live-billing.ts'
import { LiveDesk } from './live-desk.ts'
import { LiveScreens } from './live-screens.ts'
import { PassingNotes } from './passing-notes.ts'
import { printStatus } from './status.ts'

export const grammar: Grammar = {
  name: 'watch',
  summary: 'the live pane (the default); without a terminal, the status once',
  arguments: [],
  options: {
    plain: { kind: 'flag', summary: 'say what changes as sentences, for screen readers' },
    collect: { kind: 'flag', summary: 'follow the transcripts of agents, and bring in what they write' },
    ...COMMON_OPTIONS,
  },
  examples: ['ai-costs', 'ai-costs watch --collect', 'ai-costs watch --dir ~/work/.ai-costs'],
}

export async function run(invocation: Invocation, system: System): Promise<Result> {
  const call = callOf(invocation, system)
  const isPlain = hasFlag(invocation, 'plain') || hasScreenReader(system)
  if (!system.terminal.isInteractive && !isPlain)
    return { ...(await printStatus(call, system, false)), exitCode: 0 }
  await runPane(call, system, {
    notice: null,
    isPlain,
    script: (desk) => {
      // A clock that stands still asks how it was.
      if (call.until !== null) return () => {}
      const options = {
        isAsked: hasFlag(invocation, 'collect'),
        place: () => desk.place,
        onTrouble: (trouble: string | null) => desk.note(trouble),
      }
      return collect(call.settingsPlaces, options, system)
    },
  })
  return success('')
}

/** Whoever uses one says so once, to all programs that draw with Ink. */
export function hasScreenReader({ environment }: Pick<System, 'environment'>): boolean {
  return environment.variables['INK_SCREEN_READER'] === 'true'
}

export interface PaneShow {
  /** A remark that stays above the numbers. */
  readonly notice: string | null
  /** For somebody who hears it. */
  readonly isPlain: boolean
  /** Something that plays while the pane is open, such as the demo; its answer ends it. */
  readonly script: (desk: LiveDesk) => () => void
}

/** Opens the pane, keeps it true, and returns when it was closed. */
export async function runPane(call: Call, system: System, show: PaneShow): Promise<void> {
  const pane = await opened(call, system, show.isPlain, {
    onReread: () => desk.reread(),
    onSnooze: () => desk.snooze(),
    onDismiss: () => desk.dismiss(),
    onAsk: (question) => screens.ask(question),
    onSave: (screen, kind) => void save(screen, kind),
  })
  const billing = new LiveBilling(call, system, () => desk.ground, pane.show)
  const desk: LiveDesk = new LiveDesk(call, system, {
    ...pane,
    show: (dashboard) => billing.show(dashboard),
    changed: () => screens.changed(),
  })
  const screens = new LiveScreens(system, () => desk.ground, {
    answer: pane.answer,
    progress: pane.answering,
  })
  const notes = new PassingNotes(call.clock.now, (text) => desk.note(text), show.notice)
  const save = async (screen: readonly Line[], kind: 'text' | 'drawing'): Promise<void> => {
    // Loaded when it is wanted: it knows how wide characters are, which takes a large table.
    const { saveScreen } = await import('./save-screen.ts')
    const now = call.clock.now()
    const calendar = desk.ground?.accounts.calendar ?? createCalendar('UTC')
    notes.say(saveScreen(screen, kind, desk.place, { now, calendar }, system))
  }
  try {
    await desk.start()
  } catch (error) {
    // An open pane listens to the keyboard and would keep the process for ever.
    pane.close()
    throw error
  }
  const stopWatching = system.watcher.watch(
    () => desk.place.directory,
    call.until === null ? call.clock.now : null,
    {
      look: () => desk.look(),
      wake: () => desk.reread(),
      minute: () => {
        desk.minute()
        screens.minute()
        billing.minute()
        notes.minute()
      },
      onDeaf: (reason) => desk.note(`no file events (${reason}): polling twice a second instead`),
    },
  )
  const stopScript = show.script(desk)
  try {
    await pane.closed
  } finally {
    stopScript()
    stopWatching()
    screens.close()
    billing.close()
    desk.close()
  }
}

/** How the pane's user is heard. */
interface Wishes {
  readonly onReread: () => void
  readonly onSnooze: () => void
  readonly onDismiss: () => void
  readonly onAsk: (question: ScreenQuestion | null) => void
  readonly onSave: (screen: readonly Line[], kind: 'text' | 'drawing') => void
}

async function opened({ clock }: Call, system: System, isPlain: boolean, wishes: Wishes) {
  const terminal = system.terminal.takeStage()
  const options = {
    ...wishes,
    calendarIn: (zone: string) => createCalendar(zone),
    now: clock.now(),
    dashboard: null,
  }
  if (isPlain) return (await import('../tui/plain-pane.ts')).openPlainPane(terminal, options)
  return (await import('../tui/run.ts')).openPane(terminal, options)
}
