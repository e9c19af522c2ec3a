// Whoever imports this file sets the stage first, in a file without JSX, because React, Ink and its colour
// detection read the environment once, when they load:
//   NODE_ENV=production   else React keeps a performance entry for every frame, for ever, and memory grows;
//   DEV unset             else Ink looks for React's developer tools and can hang;
//   CI unset              else the colour detection takes the terminal for a log;
//   FORCE_COLOR=0         when NO_COLOR is set, which Ink does not know.
import type { PaneTerminal } from '../core/pane-terminal.ts'
import { type ScreenQuestion, sameQuestion } from '../core/screen-data.ts'
import type { WallClock } from '../formats/header-line.ts'
import { createCanvas } from './canvas.ts'
import { drawRows } from './draw-rows.ts'
import { type Command, type OwnersCommand, commandOf } from './keys.ts'
import { listenToKeys } from './listen-to-keys.ts'
import type { Pane, PaneOptions } from './pane.ts'
import { initialState, placeOf } from './pane-state.ts'
import { isUnfiltered, questionOf } from './selectors.ts'
import { type Action, reduce } from './state.ts'
import { themeOf } from './theme.ts'
import { type Frame, frameOf } from './view.ts'

/** Takes over the terminal and shows the pane until `close()`, `q`, Ctrl-C or the terminal's end. */
export function openPane(terminal: PaneTerminal, options: PaneOptions): Pane {
  const canvas = createCanvas(terminal)
  let theme = themeOf(terminal.colour, 'auto')
  let hasMotion = true
  const calendarOf = remembered(options.calendarIn)
  const ending = settlement()
  let state = initialState(options.dashboard, options.now, terminal.size())
  /** What the terminal shows. */
  let painted: Frame = []
  let isPaintDue = false
  let asked: ScreenQuestion | null = null
  let stopKeys = nothing
  let phase: 'open' | 'suspended' | 'closed' = 'open'

  // What is no terminal mostly has no such property, which Ink would take for a yes.
  const readsKeys = terminal.stdin.isTTY === true

  /** Runs a step of ours; whatever it throws ends the pane with the terminal restored. */
  const guarded = (step: () => void): void => {
    try {
      step()
    } catch (error) {
      end(error)
    }
  }

  const lookOf = (): Frame =>
    frameOf(state, calendarOf(state.dashboard?.snapshot.zone ?? 'UTC'), terminal.ascii)

  const dispatch = (action: Action): void => {
    if (phase === 'closed') return
    guarded(() => {
      state = reduce(state, action)
      ask()
      paintSoon()
    })
  }

  /** Before anything is painted: what is known already is answered at once. */
  const ask = (): void => {
    const question = questionOf(state)
    if (sameQuestion(question, asked)) return
    asked = question
    options.onAsk(question)
  }

  /** Once everything that waits had its turn: numbers, clock and keys often come together. */
  const paintSoon = (): void => {
    if (isPaintDue) return
    isPaintDue = true
    terminal.soon(() => {
      isPaintDue = false
      if (phase === 'open') guarded(paint)
    })
  }

  const paint = (): void => {
    const frame = lookOf()
    canvas.draw(drawRows(frame, painted, theme, Math.max(1, state.size.columns)))
    painted = frame
  }

  const press = (key: string): void => {
    if (phase !== 'open') return
    const place = placeOf(state)
    const command = commandOf(key, place)
    if (command === null) {
      if (place === 'filter') dispatch({ kind: 'typed', key })
    } else if (isOwners(command)) guarded(() => owners[command]())
    else if (command === 'clear-filter' && isUnfiltered(state)) guarded(options.onDismiss)
    else dispatch({ kind: 'commanded', command })
  }

  const owners: Readonly<Record<OwnersCommand, () => void>> = {
    quit: () => end(),
    suspend: () => suspend(),
    redraw: () => remount(),
    reread: options.onReread,
    snooze: options.onSnooze,
    dismiss: options.onDismiss,
    'save-text': () => options.onSave(lookOf(), 'text'),
    'save-drawing': () => options.onSave(lookOf(), 'drawing'),
  }
  const isOwners = (command: Command): command is OwnersCommand => Object.hasOwn(owners, command)

  const mount = (): void =>
    guarded(() => {
      state = reduce(state, { kind: 'resized', size: terminal.size() })
      // First: in the background it stops us, before anything is drawn on the shell's screen.
      if (readsKeys) terminal.stdin.setRawMode(true)
      canvas.enter()
      painted = []
      paint()
      if (readsKeys) stopKeys = listenToKeys(terminal, press, end)
    })

  const isClosed = (): boolean => phase === 'closed'

  const unmount = (): void => {
    const stop = stopKeys
    stopKeys = nothing
    try {
      stop()
    } finally {
      if (readsKeys) terminal.stdin.setRawMode(false)
      canvas.leave()
    }
  }

  /** Paints everything again, whatever the terminal shows. */
  const remount = (): void => {
    guarded(unmount)
    if (!isClosed()) mount()
  }

  const suspend = (): void => {
    if (phase !== 'open') return
    phase = 'suspended'
    guarded(unmount)
    if (isClosed()) return
    terminal.suspend().then(() => {
      if (phase !== 'suspended') return
      phase = 'open'
      mount()
    }, end)
  }

  const end = (error?: unknown): void => {
    if (phase === 'closed') return
    phase = 'closed'
    stopListening()
    try {
      unmount()
    } catch (cause) {
      ending.settle(error ?? cause)
    }
    ending.settle(error)
  }

  const stopListening = terminal.listen({
    onResize: () => {
      painted = []
      canvas.eraseBeforeDrawing()
      dispatch({ kind: 'resized', size: terminal.size() })
    },
    onSuspend: suspend,
    onResume: () => {
      if (phase === 'open') remount()
    },
    onClose: () => end(),
  })
  mount()

  return {
    show: (dashboard) => dispatch({ kind: 'dashboard-arrived', dashboard }),
    banner: (banner) =>
      dispatch(banner === null ? { kind: 'banner-cleared' } : { kind: 'banner-set', banner }),
    progress: (share) => dispatch({ kind: 'progress-made', share: hasMotion ? share : null }),
    answer: (data) => dispatch({ kind: 'data-arrived', data }),
    answering: (share) => dispatch({ kind: 'data-progress-made', share }),
    style: (style) => {
      canvas.mouse(style.mouse)
      hasMotion = !style.reducedMotion
      const wanted = themeOf(terminal.colour, style.theme)
      if (wanted === theme) return
      theme = wanted
      painted = []
      paintSoon()
    },
    tick: (now) => dispatch({ kind: 'ticked', now }),
    close: () => end(),
    closed: ending.settled,
  }
}

function nothing(): void {}

/** Asks for a calendar again only when the zone is another one. */
function remembered(calendarIn: PaneOptions['calendarIn']): (zone: string) => WallClock {
  let known: { readonly zone: string; readonly calendar: WallClock } | null = null
  return (zone) => {
    if (known?.zone !== zone) known = { zone, calendar: calendarIn(zone) }
    return known.calendar
  }
}

/** A promise and the function that settles it, once: rejected by anything but undefined. */
function settlement(): { readonly settled: Promise<void>; readonly settle: (error?: unknown) => void } {
  let settle!: (error?: unknown) => void
  const settled = new Promise<void>((resolve, reject) => {
    settle = (error) => (error === undefined ? resolve() : reject(error))
  })
  return { settled, settle }
}
