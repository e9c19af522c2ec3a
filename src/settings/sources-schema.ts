import * as z from 'zod/mini'

import { MAPPED_FIELDS, type MappedField } from '../core/field-mapping.ts'
import { leaf, section } from './leaf.ts'
import { flag, text } from './text-leaves.ts'

const directories = z.array(
  text('Directory with transcripts of this source; ~ is your home.', 'the path of a directory', 1024),
  { error: () => 'write a list of directories such as [~/logs/usage]' },
)

/** Nothing is ignored here: without a misspelt field its numbers would be missing from every total. */
const mappedSource = section(
  {
    paths: directories,
    files: z.optional(
      text('Which files there are logs; * stands for any characters.', 'a name such as "*.jsonl"', 256),
    ),
    fields: section(fieldPaths(), 'refused'),
    input_includes_cached: z.optional(
      flag('Whether the input counts cached tokens too, as OpenAI’s does; without this line it does not.'),
    ),
  },
  'refused',
)

/** Sources by name: further directories of one that is built in, or the description of one that is not. */
export const sourcesSchema = z.optional(
  z.nullable(
    z.record(
      z.string(),
      z.union([directories, mappedSource], {
        error: () => 'write a list of directories, or a section with `paths:` and `fields:`',
      }),
      {
        error: () =>
          'write names of sources with lists of directories, such as `claude-code: [/data/claude]`',
      },
    ),
  ),
)

export type WrittenSources = z.infer<typeof sourcesSchema>
export type WrittenMappedSource = z.infer<typeof mappedSource>

/** `usage.prompt`: the keys that lead to a value in the object of a line, `0` being the first item of a list. */
function keyPath(field: string) {
  const pattern = '^[^.]{1,128}(\\.[^.]{1,128}){0,15}$'
  const wanted = 'the keys that lead to it in a line, such as usage.prompt'
  const json = { type: ['string', 'number'], pattern, description: `Where a line has its ${field}.` }
  return leaf<readonly string[]>(wanted, json, (written) => {
    if (typeof written !== 'string' || !new RegExp(pattern).test(written)) return { refused: '' }
    return /\p{Cc}/u.test(written)
      ? { refused: ', which has control characters', fix: 'remove them' }
      : { value: written.split('.') }
  })
}

function fieldPaths() {
  type Path = z.ZodMiniOptional<ReturnType<typeof keyPath>>
  const paths = MAPPED_FIELDS.map((field) => [field, z.optional(keyPath(field))] as const)
  return Object.fromEntries(paths) as Record<MappedField, Path>
}
