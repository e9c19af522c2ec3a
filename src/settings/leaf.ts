import * as z from 'zod/mini'

/** What reading one value gave: the value, or why it was refused (`''` when showing it says enough). */
export type Reading<Value> = { readonly value: Value } | { readonly refused: string; readonly fix?: string }

/**
 * One value of a settings file, as a schema. `read` gets what stands in the YAML (numbers as text; null for a key
 * without value) and decides; `wanted` completes "write …" when it refuses; `json` is what editors are told.
 */
export function leaf<Value>(
  wanted: string,
  json: Readonly<Record<string, unknown>>,
  read: (written: unknown) => Reading<Value>,
) {
  return z.pipe(
    z.unknown().check(z.meta(json)),
    z.transform((written: unknown, context): Value => {
      const reading = read(written)
      if ('value' in reading) return reading.value
      const fix = reading.fix ?? `write ${wanted}`
      context.issues.push({
        code: 'custom',
        input: written,
        message: fix,
        params: { refused: reading.refused },
      })
      return z.NEVER
    }),
  )
}

/** What an unknown key of a section means: a notice, or that the file cannot be used. */
export type UnknownKey = 'ignored' | 'refused'

/**
 * A mapping with these keys and no others. zod hands on nothing of a schema but its message, so the message of an
 * unknown key is its meaning and the list of the known ones, from which the nearest is suggested.
 */
export function section<Shape extends Readonly<Record<string, z.core.$ZodType>>>(
  shape: Shape,
  unknownKey: UnknownKey = 'ignored',
) {
  const keys = Object.keys(shape)
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? [unknownKey, ...keys].join(' ')
        : `write keys with values below it, such as \`${keys[0] ?? ''}: …\``,
  })
}

/** A section that may be left out, or left empty because all its lines are comments. */
export function optionalSection<Shape extends Readonly<Record<string, z.core.$ZodType>>>(shape: Shape) {
  return z.optional(z.nullable(section(shape)))
}

/** A list that may be left out or empty; `wanted` completes "write …". */
export function optionalList<Item extends z.core.$ZodType>(item: Item, wanted: string) {
  return z.optional(z.nullable(z.array(item, { error: () => `write ${wanted}` })))
}
