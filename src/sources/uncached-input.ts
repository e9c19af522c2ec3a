/**
 * Input tokens that no cache gave, for tools that count cached ones as part of their input. More cached tokens than
 * input cannot be a part of it, so there the two are apart: spend is never lost to a subtraction. NaN stays NaN.
 */
export function uncachedInput(input: number, ...cached: readonly number[]): number {
  return cached.reduce((rest, part) => (part > rest ? rest : rest - part), input)
}
