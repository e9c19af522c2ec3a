import { sameQuestion } from '../../src/core/screen-data.ts'
import { type Command, type StateCommand, commandOf } from '../../src/tui/keys.ts'
import { initialState, type PaneState, placeOf } from '../../src/tui/pane-state.ts'
import { questionOf } from '../../src/tui/selectors.ts'
import { reduce } from '../../src/tui/state.ts'
import { aDashboard, NOW } from './a-dashboard.ts'
import { anAnswer } from './screen-data.ts'

const OWNERS: ReadonlySet<Command> = new Set<Command>([
  'quit',
  'suspend',
  'reread',
  'snooze',
  'dismiss',
  'save-text',
  'save-drawing',
])

/** Presses keys one after the other, and answers what is asked meanwhile. */
export function afterKeys(keys: readonly string[], from = start()): PaneState {
  return keys.reduce((state, key) => answered(pressed(state, key)), answered(from))
}

/** The pane at 80×24 before anybody has pressed a key. */
export function start(): PaneState {
  return initialState(aDashboard(), NOW, { columns: 80, rows: 24 })
}

function pressed(state: PaneState, key: string): PaneState {
  const place = placeOf(state)
  const command = commandOf(key, place)
  if (command === null) return place === 'filter' ? reduce(state, { kind: 'typed', key }) : state
  // Those are up to the pane's owner.
  return isOwners(command) ? state : reduce(state, { kind: 'commanded', command })
}

function answered(state: PaneState): PaneState {
  const question = questionOf(state)
  if (question === null || sameQuestion(question, state.data?.question ?? null)) return state
  return reduce(state, { kind: 'data-arrived', data: anAnswer(question) })
}

function isOwners(command: Command): command is Exclude<Command, StateCommand> {
  return OWNERS.has(command)
}
