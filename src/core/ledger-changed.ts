/** A line that was read before is no longer there: someone rewrote the ledger, and all of it must be read anew. */
export class LedgerChanged extends Error {
  constructor(message = 'the ledger was rewritten') {
    super(message)
    this.name = new.target.name
  }
}
