/**
 * Everything that could act on a terminal or hide in it: controls (C0, DEL, C1, so escape sequences too), format
 * characters (bidi, zero-width, tags), what fonts are told to ignore (variation selectors, fillers, the joiner),
 * line and paragraph separators, lone surrogates, and code points that are no characters.
 *
 * Made when it is needed: its Unicode tables take milliseconds to build, which every start would pay.
 */
function unsafe(): RegExp {
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu
}
/** Most text. */
const PLAIN = /^[ -~]*$/

/**
 * Foreign text in a form that a terminal can only print: no control, escape, bidi, zero-width, tag or separator
 * character and no lone surrogate survives. Each is replaced by the escape a programmer would write for it
 * (`\x1b`, `\x9b`, `\u202e`, `\u{e0041}`), which is plain ASCII and so visible everywhere; line feeds and tabs are
 * no exception. Text without any of them comes back unchanged.
 */
export function safeText(text: string): string {
  return PLAIN.test(text) ? text : text.replace(unsafe(), escapeOf)
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16)
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`
}
