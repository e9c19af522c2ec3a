// Whoever imports this file sets the stage first, in a file without JSX, because React, Ink and its colour
// detection read the environment once, when they load:
//   NODE_ENV=production   else React keeps a performance entry for every frame, for ever, and memory grows;
//   DEV unset             else Ink looks for React's developer tools and can hang;
//   CI unset              else Ink draws nothing until it exits;
//   FORCE_COLOR=0         when NO_COLOR is set, which Ink does not know.
import { type Instance, render } from 'ink'
import { createElement } from 'react'
import type { PaneTerminal } from '../core/pane-terminal.ts'
import type { WallClock } from '../formats/header-line.ts'
import { App } from './app.tsx'
import { createCanvas } from './canvas.ts'
import { commandOf } from './keys.ts'
import type { Pane, PaneOptions } from './pane.ts'
import { type Action, initialState, reduce } from './state.ts'
import { themeOf } from './theme.ts'
import { type Frame, frameOf, sameFrame } from './view.ts'

/** Takes over the terminal and shows the pane until `close()`, `q`, Ctrl-C or the terminal's end. */
export function openPane(terminal: PaneTerminal, options: PaneOptions): Pane {
  const canvas = createCanvas(terminal)
  const theme = themeOf(terminal.colour)
  const calendarOf = remembered(options.calendarIn)
  const ending = settlement()
  let state = initialState(options.dashboard, options.now, terminal.size())
  let painted: Frame = []
  let ink: Instance | null = null
  let phase: 'open' | 'suspended' | 'closed' = 'open'

  const element = () =>
    createElement(App, { frame: painted, theme, readsKeys: terminal.stdin.isTTY, onKey: press })

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
      if (phase !== 'open') return
      const frame = lookOf()
      if (sameFrame(frame, painted)) return
      painted = frame
      ink?.rerender(element())
    })
  }

  const press = (key: string): void => {
    const command = commandOf(key, state.screen)
    if (command === null || phase !== 'open') return
    if (command === 'quit') end()
    else if (command === 'suspend') suspend()
    else if (command === 'reread') options.onReread()
    else dispatch({ kind: 'commanded', command })
  }

  const mount = (): void =>
    guarded(() => {
      state = reduce(state, { kind: 'resized', size: terminal.size() })
      painted = lookOf()
      canvas.enter()
      const mounted = render(element(), {
        stdin: terminal.stdin,
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
      canvas.eraseBeforeNextFrame()
      dispatch({ kind: 'resized', size: terminal.size() })
    },
    onSuspend: suspend,
    onResume: () => {
      if (phase !== 'open') return
      guarded(unmount)
      mount()
    },
    onClose: () => end(),
  })
  mount()

  return {
    show: (dashboard) => dispatch({ kind: 'dashboard-arrived', dashboard }),
    banner: (banner) =>
      dispatch(banner === null ? { kind: 'banner-cleared' } : { kind: 'banner-set', banner }),
    progress: (share) => dispatch({ kind: 'progress-made', share }),
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
