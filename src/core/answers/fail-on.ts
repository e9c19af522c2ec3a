/** The lowest level that `check --fail-on` fails on. */
export const FAIL_ON = ['warning', 'critical', 'never'] as const
export type FailOn = (typeof FAIL_ON)[number]
