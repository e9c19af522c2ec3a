import type { Judgement } from '../core/judgement.ts'

/** A judgement with more to say about what it stands on. */
export function withNotes(judgement: Judgement, notes: readonly string[]): Judgement {
  if (notes.length === 0) return judgement
  const { snapshot } = judgement
  const quality = { ...snapshot.quality, notes: [...snapshot.quality.notes, ...notes] }
  return { ...judgement, snapshot: { ...snapshot, quality } }
}
