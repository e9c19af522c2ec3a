import { createCalendar } from '../core/calendar.ts'
import { type Result, success } from '../core/result.ts'
import type { System } from '../system/system.ts'
import { collect } from './collect.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, hasFlag } from './command.ts'
import { type Call, callOf } from './desk.ts'
import { LiveDesk } from './live-desk.ts'
import { printStatus } from './status.ts'

export const grammar: Grammar = {
  name: 'watch',
  summary: 'the live pane (the default); without a terminal, the status once',
  arguments: [],
  options: {
    collect: { kind: 'flag', summary: 'follow the transcripts of agents, and bring in what they write' },
    ...COMMON_OPTIONS,
  },
  examples: ['ai-costs', 'ai-costs watch --collect', 'ai-costs watch --dir ~/work/.ai-costs'],
}

export async function run(invocation: Invocation, system: System): Promise<Result> {
  const call = callOf(invocation, system)
  if (!system.terminal.isInteractive) return { ...(await printStatus(call, system, false)), exitCode: 0 }
  await runPane(call, system, {
    notice: null,
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

export interface PaneShow {
  /** A remark that stays above the numbers. */
  readonly notice: string | null
  /** Something that plays while the pane is open, such as the demo; its answer ends it. */
  readonly script: (desk: LiveDesk) => () => void
}

/** Opens the pane, keeps it true, and returns when it was closed. */
export async function runPane(call: Call, system: System, show: PaneShow): Promise<void> {
  const terminal = system.terminal.takeStage()
  const { openPane } = await import('../tui/run.ts')
  const pane = openPane(terminal, {
    calendarIn: (zone) => createCalendar(zone),
    now: call.clock.now(),
    dashboard: null,
    onReread: () => desk.reread(),
  })
  const desk = new LiveDesk(call, system, pane)
  if (show.notice !== null) desk.note(show.notice)
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
      minute: () => desk.minute(),
      onDeaf: (reason) => desk.note(`no file events (${reason}): polling twice a second instead`),
    },
  )
  const stopScript = show.script(desk)
  try {
    await pane.closed
  } finally {
    stopScript()
    stopWatching()
    desk.close()
  }
}
