/** True when the locale names an encoding that is not UTF-8. */
export function needsAscii(variables: Readonly<Record<string, string | undefined>>): boolean {
  const locale = [variables['LC_ALL'], variables['LC_CTYPE'], variables['LANG']].find(
    (value) => (value ?? '') !== '',
  )
  return locale !== undefined && !/utf-?8/i.test(locale)
}
