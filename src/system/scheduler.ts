/** When things are done that are not done now. */
export interface Scheduler {
  /** Does it again and again until it is stopped. */
  readonly every: (milliseconds: number, task: () => void) => () => void
  /** Does it once everything that is waiting has had its turn. */
  readonly soon: (task: () => void) => void
}

export const systemScheduler: Scheduler = {
  every(milliseconds, task) {
    const timer = setInterval(task, milliseconds)
    return () => clearInterval(timer)
  },
  soon: (task) => void setImmediate(task),
}
