import { dayTable } from '../core/day-table.ts'
import type { Fold } from '../core/fold.ts'
import type { Rollup } from '../core/rollup.ts'
import type { RouterSettings } from '../core/router.ts'
import { savePrices } from '../core/saved-price.ts'
import type { Judgement } from '../core/judgement.ts'
import { saveAnswer } from '../core/save-answer.ts'
import { saveJudgement } from '../core/saved-judgement.ts'
import {
  type SavedLedger,
  type SavedSettings,
  restoreRules,
  sameStamp,
  saveBudget,
  savedDay,
  savedHead,
  savedLedger,
} from '../core/saved-ledger.ts'
import { saveRouting } from '../core/saved-routing.ts'
import { LedgerCache, type Saving, isWorthSaving } from '../system/ledger-cache.ts'
import type { OpenLedger } from '../system/ledger.ts'
import type { System } from '../system/system.ts'
import type { Accounts } from './accounts.ts'
import { PROGRAM } from './program.ts'
import type { SettingsState } from './settings-state.ts'

/** A file that was changed so recently may be changed again without looking any different. */
const SETTLED_MS = 2000

/** The cache of a ledger during one call of the whole program: read before the ledger, and written after it. */
export class KeptLedger {
  readonly #cache: LedgerCache
  readonly #clock: System['clock']
  readonly #isTaken: (claim: string) => boolean
  readonly #settings: SettingsState | null
  readonly #saved: SavedLedger | null
  /** What the reader's fold goes on from, or was written as. */
  #before: SavedLedger | null = null
  #isWhole = false

  /** `settings` is their state before they were read; null when nobody knows it, and then they are not written down. */
  constructor(
    { alertClaims, cache, clock }: Pick<System, 'alertClaims' | 'cache' | 'clock'>,
    directory: string,
    settings: SettingsState | null,
  ) {
    const files = cache(directory)
    this.#cache = new LedgerCache(files)
    this.#clock = clock
    this.#isTaken = alertClaims(directory).isTaken
    this.#settings = settings
    const head = savedHead(files.read('cache'), PROGRAM)
    this.#saved =
      head === null ? null : savedLedger(head, savedDay(head, files.read('day')), files.read('fold'))
  }

  /** Lets a reader that has read nothing go on from the cache, when it was written under the same terms. */
  restore(reader: OpenLedger, accounts: Accounts, asOf: number): void {
    const saved = this.#saved
    if (saved === null || !sameStamp(saved.terms, accounts.terms)) return
    // What was added up cannot be told apart again for a clock that was set back.
    if (asOf < saved.asOf) return
    if (this.#cache.restore(reader, saved, accounts.restoredFoldAt(asOf))) this.#before = saved
  }

  /**
   * Writes down what was read, when that is worth it: more than so many new bytes, a new day, other settings. A fold
   * that has read the whole ledger itself is written once.
   */
  keep(reader: OpenLedger, accounts: Accounts, judgement: Judgement, bytes: number): void {
    if (!reader.hasFiles || (!reader.isRestored && this.#isWhole)) return
    // A reader that had to begin anew has a fold of its own.
    const before = reader.isRestored ? this.#before : null
    const settings = this.#savedSettings(accounts)
    // What is to be saved takes a while to make, and a pane asks after every line.
    if (before !== null && !isNews(before, judgement, settings) && !isWorthSaving(before, reader, bytes))
      return
    const saving = this.#saving(reader.fold, accounts, judgement, settings)
    this.#before = this.#cache.save(reader, before, saving) ?? before
    this.#isWhole = before === null
  }

  close(): void {
    this.#cache.close()
  }

  #saving(fold: Fold, accounts: Accounts, judgement: Judgement, settings: SavedSettings | null): Saving {
    const { asOf } = judgement.snapshot
    const { calendar, terms } = accounts
    const { router } = accounts.read
    const detailFrom = accounts.detailFrom(asOf)
    const { start, end } = calendar.periodAt('daily', asOf)
    return {
      program: PROGRAM,
      terms,
      asOf,
      days: dayTable(calendar, detailFrom, asOf),
      prices: savePrices(accounts.prices, this.#models(fold, detailFrom), start, end),
      settings,
      budgets: accounts.settings.budgets,
      today: { day: calendar.dayOf(asOf), start, detailFrom },
      routing: router && saveRouting(router, accounts.settings.defaultModel, accounts.prices, start, end),
      // What the settings have to say names their files, which is nobody else's business.
      judged: settings === null ? null : saveJudgement(judgement),
      answer: settings === null ? null : saveAnswer(judgement, restoreRules(settings), this.#isTaken),
    }
  }

  /** Of the days that can still be told apart, the latest first, and what the cache knew that this fold goes on from. */
  #models({ rollup }: Fold, day: number): string[] {
    const known = this.#saved?.prices.map(({ model }) => model) ?? []
    return [...new Set([...modelsSince(rollup, day), ...known])]
  }

  #savedSettings({ settings, read }: Accounts): SavedSettings | null {
    if (this.#settings === null) return null
    const { stamp, changed } = this.#settings
    if (read.notices.length > 0 || Math.abs(this.#clock.now() - changed) < SETTLED_MS) return null
    const { budgets, builtInLimits, onUnpriced, costMode, guardian, marks } = settings
    return {
      stamp,
      budgets: budgets.map(saveBudget),
      builtInLimits,
      onUnpriced,
      costMode,
      hasGuardian: guardian !== null,
      marks: marks.map(String),
      firstStep: firstStepOf(read.router),
    }
  }
}

function firstStepOf(router: RouterSettings | null): SavedSettings['firstStep'] {
  const [first] = router?.downgrade?.steps ?? []
  if (!router?.downgrade || first === undefined) return null
  return { at: String(first.at), budgets: router.downgrade.budgets }
}

/** Whether the cache is about another day or other settings. */
function isNews(
  { days, settings: known }: SavedLedger,
  { snapshot }: Judgement,
  settings: SavedSettings | null,
): boolean {
  if (days.periods.daily.start !== snapshot.periods.daily.start) return true
  return settings !== null && (known === null || !sameStamp(known.stamp, settings.stamp))
}

function modelsSince({ cells, groups }: Rollup, day: number): string[] {
  const models = new Set<string>()
  for (let row = cells.size - 1; row >= 0; row--) {
    if (cells.day[row]! >= day) models.add(groups.at(cells.group[row]!).model)
  }
  return [...models]
}
