import type { Section } from '../core/manual.ts'
import { alerts } from './topics/alerts.ts'
import { billing } from './topics/billing.ts'
import { exitCodes } from './topics/exit-codes.ts'
import { hooks } from './topics/hooks.ts'
import { ledger } from './topics/ledger.ts'
import { prices } from './topics/prices.ts'
import { reports } from './topics/reports.ts'
import { routing } from './topics/routing.ts'
import { sessions } from './topics/sessions.ts'
import { settings } from './topics/settings.ts'

/** What `help` explains besides commands; adding a topic is one file and one line here. Titles are the names. */
export const TOPICS: readonly Section[] = [
  settings,
  exitCodes,
  ledger,
  prices,
  routing,
  hooks,
  alerts,
  reports,
  sessions,
  billing,
]
