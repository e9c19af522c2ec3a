/** Something the ledger did that totals may not survive unnoticed. */
export interface LedgerEvent {
  readonly file: string
  readonly kind: 'shrank' | 'replaced' | 'disappeared' | 'rewritten'
  readonly from: number
  readonly to: number
}

/** The sentence about an event that someone who watches the totals must see. */
export function describeEvent({ file, kind, from, to }: LedgerEvent): string {
  const lost = 'spend below may be incomplete: look for a copy of it'
  if (kind === 'shrank') return `${file} shrank from ${from} to ${to} bytes, ${lost}`
  if (kind === 'disappeared') return `${file} disappeared (${from} bytes), ${lost}`
  if (kind === 'replaced' && to < from) {
    return `${file} was replaced by a shorter file (${from} to ${to} bytes), ${lost}`
  }
  return `${file} was ${kind} and has been read again from its beginning`
}
