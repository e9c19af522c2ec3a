// Whoever imports this file sets the stage first, in a file without JSX, because React, Ink and its colour
// detection read the environment once, when they load:
//   NODE_ENV=production   else React keeps a performance entry for every frame, for ever, and memory grows;
//   DEV unset             else Ink looks for React's developer tools and can hang;
//   CI unset              else Ink draws nothing until it exits;
//   FORCE_COLOR=0         when NO_COLOR is set, which Ink does not know.
import { type Instance, render } from 'ink'
import { createElement } from 'react'
import type { PaneTerminal } from '../core/pane-terminal.ts'
import { type ScreenQuestion, sameQuestion } from '../core/screen-data.ts'
import type { WallClock } from '../formats/header-line.ts'
import { App } from './app.tsx'
import { createCanvas } from './canvas.ts'
import { createKeyboard } from './keyboard.ts'
import { type Command, type OwnersCommand, commandOf } from './keys.ts'
import type { Pane, PaneOptions } from './pane.ts'
import { initialState, placeOf } from './pane-state.ts'
import { isUnfiltered, questionOf } from './selectors.ts'
import { type Action, reduce } from './state.ts'
import { themeOf } from './theme.ts'
import { type Frame, frameOf, sameFrame } from './view.ts'

/** Takes over the terminal and shows the pane until `close()`, `q`, Ctrl-C or the terminal's end. */
export function openPane(terminal: PaneTerminal, options: PaneOptions): Pane {
  const canvas = createCanvas(terminal)
  const keyboard = createKeyboard(terminal.stdin)
  let theme = themeOf(terminal.colour, 'auto')
  let hasMotion = true
  const calendarOf = remembered(options.calendarIn)
  const ending = settlement()
  let state = initialState(options.dashboard, options.now, terminal.size())
  let painted: Frame = []
  let asked: ScreenQuestion | null = null
  let ink: Instance | null = null
  let phase: 'open' | 'suspended' | 'closed' = 'open'

  // What is no terminal mostly has no such property, which Ink would take for a yes.
  const readsKeys = terminal.stdin.isTTY === true
  const element = () => createElement(App, { frame: painted, theme, readsKeys, onKey: press })

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
      paint(false)
    })
  }

  /** Before anything is painted: what is known already is answered at once. */
  const ask = (): void => {
    const question = questionOf(state)
    if (sameQuestion(question, asked)) return
    asked = question
    options.onAsk(question)
  }

  const paint = (isRestyled: boolean): void => {
    if (phase !== 'open') return
    const frame = lookOf()
    if (sameFrame(frame, painted) && !isRestyled) return
    painted = frame
    ink?.rerender(element())
  }

  const press = (key: string): void => {
    if (phase !== 'open') return
    const place = placeOf(state)
    const command = commandOf(key, place)
    if (command === null) {
      if (place === 'filter') dispatch({ kind: 'typed', key })
    } else if (isOwners(command)) guarded(() => owners[command]())
    else if (command === 'clear-filter' && isUnfiltered(state)) options.onDismiss()
    else dispatch({ kind: 'commanded', command })
  }

  const owners: Readonly<Record<OwnersCommand, () => void>> = {
    quit: () => end(),
    suspend: () => suspend(),
    reread: options.onReread,
    snooze: options.onSnooze,
    dismiss: options.onDismiss,
    'save-text': () => options.onSave(painted, 'text'),
    'save-drawing': () => options.onSave(painted, 'drawing'),
  }
  const isOwners = (command: Command): command is OwnersCommand => Object.hasOwn(owners, command)

  const mount = (): void =>
    guarded(() => {
      state = reduce(state, { kind: 'resized', size: terminal.size() })
      painted = lookOf()
      canvas.enter()
      const mounted = render(element(), {
        stdin: keyboard,
        stdout: canvas.stream,
        stderr: canvas.stream,
        exitOnCtrlC: false,
        patchConsole: false,
        maxFps: 60,
      })
      ink = mounted
      const gone = (error?: unknown) => {
        if (ink === mounted) end(error)
      }
      mounted.waitUntilExit().then(() => gone(), gone)
    })

  const unmount = (): void => {
    const mounted = ink
    ink = null
    try {
      mounted?.unmount()
    } finally {
      canvas.leave()
    }
  }

  /** Paints everything again, whatever the terminal shows. */
  const remount = (): void => {
    guarded(unmount)
    mount()
  }

  const suspend = (): void => {
    if (phase !== 'open') return
    phase = 'suspended'
    guarded(unmount)
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
      const { size } = state
      const now = terminal.size()
      // Back at its size after another one: what the terminal has lost meanwhile, Ink takes to be there.
      if (phase === 'open' && now.columns === size.columns && now.rows === size.rows) {
        remount()
        return
      }
      canvas.eraseBeforeNextFrame()
      dispatch({ kind: 'resized', size: now })
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
      theme = themeOf(terminal.colour, style.theme)
      canvas.mouse(style.mouse)
      hasMotion = !style.reducedMotion
      if (phase === 'open') guarded(() => paint(true))
    },
    tick: (now) => dispatch({ kind: 'ticked', now }),
    close: () => end(),
    closed: ending.settled,
  }
}

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
