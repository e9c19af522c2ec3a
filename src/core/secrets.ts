/** Beginnings of keys as the large providers make them, and long runs that only machines write. */
const SECRET =
  /\b(sk-[A-Za-z0-9_-]{8}|gh[pousr]_[A-Za-z0-9]{16}|github_pat_|xox[abpr]-|AKIA[A-Z0-9]{12}|AIza[\w-]{20})|[0-9a-fA-F]{64}|-----BEGIN /

/** True for a text that looks like a key or a token: it must not get into a file that people share. */
export function looksSecret(text: string): boolean {
  return SECRET.test(text)
}
