/** Set by the build: changes with every source file, and so with whatever reads, prices or adds up. */
declare const AI_COSTS_PROGRAM: string | undefined

/** Tells this program from every other version of it. */
export const PROGRAM = typeof AI_COSTS_PROGRAM === 'string' ? AI_COSTS_PROGRAM : 'source'
