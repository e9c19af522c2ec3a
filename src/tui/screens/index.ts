import type { ScreenName } from '../screen-name.ts'
import { dashboardScreen } from './dashboard.ts'
import { helpScreen } from './help.ts'
import type { Screen } from './screen.ts'

export const SCREENS: Readonly<Record<ScreenName, Screen>> = {
  dashboard: dashboardScreen,
  help: helpScreen,
}
