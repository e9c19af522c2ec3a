/** Remembers what was made last, for as long as nothing that it was made of is another. */
export class LastMade<Made> {
  #made: { readonly of: readonly unknown[]; readonly value: Made } | null = null

  get(of: readonly unknown[], make: () => Made): Made {
    const last = this.#made
    if (
      last !== null &&
      last.of.length === of.length &&
      of.every((part, nth) => Object.is(part, last.of[nth]))
    )
      return last.value
    const value = make()
    this.#made = { of, value }
    return value
  }
}
