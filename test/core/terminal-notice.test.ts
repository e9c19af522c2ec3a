import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { hasDesktop, terminalNotice } from '../../src/core/terminal-notice.ts'

type Variables = Readonly<Record<string, string>>

const NINE = '\u0007\u001b]9;ai-costs: Budget daily\u0007'
const SEVENS = '\u0007\u001b]777;notify;ai-costs;Budget daily\u0007'

describe('a terminal is rung, and asked for a notification where only it can show one', () => {
  test.each<[what: string, variables: Variables, desktop: boolean, written: string]>([
    ['the desktop is here', { TERM: 'xterm-256color', TERM_PROGRAM: 'WezTerm' }, true, '\u0007'],
    ['no desktop, unknown terminal', { TERM: 'xterm-256color' }, false, '\u0007'],
    ['no desktop, known terminal', { TERM: 'xterm-256color', TERM_PROGRAM: 'WezTerm' }, false, NINE],
    ['no desktop, Windows Terminal', { TERM: 'xterm-256color', WT_SESSION: 'x' }, false, NINE],
    ['no desktop, foot', { TERM: 'foot' }, false, SEVENS],
    ['SSH', { TERM: 'xterm-256color', SSH_CONNECTION: '1 2 3 4' }, false, NINE],
    ['SSH with a forwarded display', { TERM: 'xterm-256color', SSH_TTY: '/dev/pts/1' }, true, NINE],
    ['SSH from urxvt', { TERM: 'rxvt-unicode-256color', SSH_TTY: '/dev/pts/1' }, false, SEVENS],
    ['SSH from a console', { TERM: 'linux', SSH_TTY: '/dev/pts/1' }, false, '\u0007'],
    ['SSH and an empty TERM', { TERM: '', SSH_TTY: '/dev/pts/1' }, false, '\u0007'],
  ])('%s', (_what, variables, desktop, written) => {
    expect(terminalNotice('Budget daily', variables, desktop)).toBe(written)
  })

  it('through tmux, which hands on what is wrapped', () => {
    const variables = { TERM: 'tmux-256color', TMUX: '/tmp/tmux', SSH_TTY: '/dev/pts/1' }
    expect(terminalNotice('Budget daily', variables, false)).toBe(
      '\u0007\u001bPtmux;\u001b\u001b]9;ai-costs: Budget daily\u0007\u001b\\',
    )
  })

  it('and never with a sequence of somebody else, or another part of ours', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = terminalNotice(text, { TERM: 'foot', SSH_TTY: 'x' }, false)
        const [before, after] = ['\u0007\u001b]777;notify;ai-costs;', '\u0007']
        expect([written.startsWith(before), written.endsWith(after)]).toEqual([true, true])
        expect(written.slice(before.length, -after.length)).not.toMatch(/[\p{Cc};]/u)
      }),
    )
  })
})

test.each<[variables: Variables, platform: string, has: boolean]>([
  [{}, 'linux', false],
  [{ DISPLAY: '' }, 'linux', false],
  [{ DISPLAY: ':0' }, 'linux', true],
  [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', true],
  [{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1/bus' }, 'linux', true],
  [{}, 'darwin', true],
  [{}, 'win32', true],
])('%j on %s has a desktop: %s', (variables, platform, has) => {
  expect(hasDesktop(variables, platform)).toBe(has)
})
