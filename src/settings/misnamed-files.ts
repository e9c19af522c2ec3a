import { type Notice, misnamed } from './problem.ts'
import type { Layer } from './resolution.ts'
import { pathOf } from './written.ts'

/** A notice for each file that looks like settings and, by its name, is not read. */
export function misnamedFiles(layers: readonly Layer[]): readonly Notice[] {
  return layers.flatMap((layer) =>
    (layer.misnamed ?? []).map((name): Notice => {
      const alone = layer.files[name] === undefined
      return {
        file: pathOf(layer, misnamed(name)),
        line: 1,
        column: 1,
        text: '',
        message: alone ? 'this file is not read' : `this file is not read, because ${name} beside it is`,
        fix: alone ? `rename it to ${name}` : `move what is still needed to ${name}, and remove this file`,
      }
    }),
  )
}
