/** Waits so many milliseconds, and keeps the process meanwhile. */
export type Pause = (milliseconds: number) => Promise<void>

export const pause: Pause = (milliseconds) => new Promise((resolve) => void setTimeout(resolve, milliseconds))
