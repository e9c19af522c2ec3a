/** Anything that could act on a terminal or hide in it; line breaks are ours. */
export const ACTS_ON_A_TERMINAL = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
