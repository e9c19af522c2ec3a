import { type Result, success } from '../core/result.ts'
import { simulateDay } from '../core/simulated-day.ts'
import type { System } from '../system/system.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation } from './command.ts'
import type { Call } from './desk.ts'
import { clockOf } from './instant-option.ts'
import { Playback } from './playback.ts'
import { printStatus } from './status.ts'
import { hasScreenReader, runPane } from './watch.ts'

const LABEL = 'demo: a simulated day, eight minutes a second, in a ledger of its own'

export const grammar: Grammar = {
  name: 'demo',
  summary: 'a simulated day in the live pane, in a temporary ledger of its own',
  arguments: [],
  options: { now: COMMON_OPTIONS.now },
  examples: ['ai-costs demo'],
}

export async function run(invocation: Invocation, system: System): Promise<Result> {
  const { clock, frozen } = clockOf(invocation, system.clock)
  const ledger = system.ledger.temporary()
  try {
    const day = simulateDay(clock.now())
    const playback = new Playback(day, ledger.place, system)
    // Where nothing moves, the day is shown when it is over.
    const begins = system.terminal.isInteractive ? day.start : day.end
    playback.playUntil(frozen ? clock.now() : begins)
    const call: Call = {
      place: ledger.place,
      locate: () => ledger.place,
      settingsPlaces: [],
      clock: { now: () => playback.now, random: clock.random },
      until: frozen ? clock.now() : null,
      usesCache: false,
      raisesAlerts: false,
    }
    if (!system.terminal.isInteractive) {
      const status = await printStatus(call, system, false)
      return { ...status, stderr: `ai-costs: ${LABEL}\n${status.stderr}`, exitCode: 0 }
    }
    await runPane(call, system, {
      notice: LABEL,
      isPlain: hasScreenReader(system),
      script: (desk) => (frozen ? () => {} : playback.start(() => desk.minute())),
    })
    return success('')
  } finally {
    ledger.remove()
  }
}
