import type { Invocation } from './command.ts'

/** The options of a call that say where things are, for another process that is about the same. */
export function placeWords({ options: { dir, config } }: Invocation): readonly string[] {
  return [
    ...(typeof dir === 'string' ? [`--dir=${dir}`] : []),
    ...(typeof config === 'string' ? [`--config=${config}`] : []),
  ]
}
