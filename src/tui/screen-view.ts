import { DATA_SCREENS, type DataScreen } from '../core/screen-data.ts'

/** What somebody has made of a screen with rows: it stays while other screens are shown. */
export interface ScreenView {
  /** Only rows with this text; '' for all. */
  readonly filter: string
  /** The key of the column by which rows are sorted; null for the order in which they are told. */
  readonly sort: string | null
  readonly reversed: boolean
  /** The key of the row that keys are about; null for the first. */
  readonly selected: string | null
}

export const FRESH_VIEW: ScreenView = { filter: '', sort: null, reversed: false, selected: null }

/** Screens with rows, and the detail of a session, which has rows too. */
export type ViewName = DataScreen | 'detail'

export type ScreenViews = Readonly<Record<ViewName, ScreenView>>

export const FRESH_VIEWS: ScreenViews = {
  sessions: FRESH_VIEW,
  models: FRESH_VIEW,
  projects: FRESH_VIEW,
  history: FRESH_VIEW,
  alerts: FRESH_VIEW,
  detail: FRESH_VIEW,
}

export function isDataScreen(name: string): name is DataScreen {
  return DATA_SCREENS.some((screen) => screen === name)
}
