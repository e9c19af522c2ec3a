/**
 * What a model may be called wherever we print it into a command line: nothing in it can be an option, a second
 * argument, or anything to a shell.
 */
export const MODEL_NAME = '^[A-Za-z0-9][A-Za-z0-9._:/@\\[\\]-]{0,127}$'

const NAME = new RegExp(MODEL_NAME)

export function isModelName(text: string): boolean {
  // `$` also matches before a last line feed in some engines; JavaScript's does not.
  return NAME.test(text)
}
