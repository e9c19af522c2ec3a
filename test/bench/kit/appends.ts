import { appendFileSync } from 'node:fs'

import type { Terminal } from '../../e2e/terminal.ts'
import { dailySpend, openPane } from './pane.ts'
import type { Project } from './project.ts'

/** Lines of a dollar each, appended under the eyes of a pane that shows what was spent today. */
export class Appends {
  readonly #project: Project
  readonly #pane: Terminal
  readonly #before: number
  #appended = 0

  /** Opens the pane. */
  static async begin(project: Project): Promise<Appends> {
    return new Appends(project, await openPane(project))
  }

  private constructor(project: Project, pane: Terminal) {
    this.#project = project
    this.#pane = pane
    this.#before = dailySpend(pane.screen())
  }

  append(): void {
    this.#appended++
    const record = {
      timestamp: new Date().toISOString(),
      session_id: 'appended',
      model: 'claude-sonnet-4',
      // Different for each, because byte-identical lines are one record.
      input_tokens: this.#appended,
      output_tokens: 1,
      cost_usd: 1,
    }
    appendFileSync(this.#project.ledger, `${JSON.stringify(record)}\n`)
  }

  /** Appends another, and waits until the screen shows all of them. Returns how many milliseconds that took. */
  async painted(): Promise<number> {
    const start = performance.now()
    this.append()
    const cents = Math.round(100 * (this.#before + this.#appended))
    return (await this.#pane.until((screen) => Math.round(100 * dailySpend(screen)) >= cents)) - start
  }

  end(): void {
    this.#pane.close()
  }
}
