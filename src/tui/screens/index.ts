import type { ScreenName } from '../screen-name.ts'
import { helpScreen } from './help.ts'
import { listsScreen } from './lists.ts'
import { nowScreen } from './now.ts'
import type { Screen } from './screen.ts'

export const SCREENS: Readonly<Record<ScreenName, Screen>> = {
  now: nowScreen,
  sessions: listsScreen,
  models: listsScreen,
  projects: listsScreen,
  history: listsScreen,
  alerts: listsScreen,
  help: helpScreen,
}
