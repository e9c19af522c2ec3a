import type { Fold } from '../core/fold.ts'
import type { ScreenData, ScreenFact, ScreenList, ScreenQuestion } from '../core/screen-data.ts'
import { totalFacts } from '../reports/screen-columns.ts'
import { historyDays, weekList } from '../reports/screen-history.ts'
import { modelLists, projectLists } from '../reports/screen-lists.ts'
import { screenSpan } from '../reports/screen-span.ts'
import { sessionList } from '../reports/session-list.ts'
import { type Sum, totalOf } from '../reports/sums.ts'
import { EVERYTHING, type Selection, type Usage, select } from '../reports/usage.ts'
import { picodollarsOf } from '../core/money.ts'
import { sessionBudgets } from '../core/day-sums.ts'
import type { Verdict } from '../core/verdict.ts'
import { budgetsOfSessions, judgeSession } from './judge-session.ts'
import type { ScreenGround } from './screen-ground.ts'

/** Answers what is asked of sums: sessions, models, projects, days. */
export function usageData(question: ScreenQuestion, ground: ScreenGround, fold: Fold): ScreenData {
  const { accounts, judgement } = ground
  const { calendar } = accounts
  const usage = usageOf(fold, ground)
  const today = calendar.dayOf(judgement.snapshot.asOf)
  if (question.screen === 'history') {
    const days = historyDays(usage, today)
    return { question, facts: [], lists: [weekList(days, calendar)], days }
  }
  const selection = select(usage, screenSpan(question.period, today, calendar), EVERYTHING)
  const total = totalOf(selection)
  const facts: readonly ScreenFact[] = totalFacts(total)
  return { question, facts, lists: listsOf(question, selection, total, today, fold, ground), days: [] }
}

function listsOf(
  { screen }: ScreenQuestion,
  selection: Selection,
  total: Sum,
  today: number,
  fold: Fold,
  ground: ScreenGround,
): readonly ScreenList[] {
  if (screen === 'models') return modelLists(selection, total)
  if (screen === 'projects') return projectLists(selection, total, today)
  return [sessionList(selection, total, sessionJudge(fold, ground))]
}

/** The worst verdict on a session's whole cost, whenever it was; null when no budget is about sessions. */
function sessionJudge({ rollup }: Fold, ground: ScreenGround): (session: number) => Verdict | null {
  const budgets = budgetsOfSessions(ground)
  const { sessions } = rollup
  return (session) => {
    const usd = picodollarsOf(sessions.usd.at(session))
    const spend = {
      id: sessions.id.at(session),
      whole: { usd, uncertain: sessions.uncertain[session]! },
      spendByBudget: sessionBudgets(rollup, session),
    }
    return judgeSession(budgets, spend, ground)[0] ?? null
  }
}

function usageOf({ rollup }: Fold, { accounts }: ScreenGround): Usage {
  const { sessionCells: cells, groups, sessions } = rollup
  if (cells === null) throw new Error('the fold of a screen keeps no sums by session')
  return { cells, groups, sessions, calendar: accounts.calendar }
}
