import { EXIT, type Result } from '../core/result.ts'
import type { Invocation } from './command.ts'
import { type ModelsSystem, withCatalog } from './models-catalog.ts'
import { notSaved, orNotSaved, ownFile, said, saveOwnFile } from './models-edit.ts'
import { unknownModel } from './models-show.ts'

/** `models set-default MODEL`: the model when a command names none. Throws `UsageError`. */
export function setDefaultModel(invocation: Invocation, system: ModelsSystem): Promise<Result> {
  const model = invocation.arguments[1] ?? ''
  return withCatalog(
    invocation,
    system,
    ({ catalog, defaultModel, now }) =>
      orNotSaved(async () => {
        if (catalog.table.priceOf(model, now) === null) throw unknownModel(model, catalog)
        const file = ownFile(invocation, 'cost-limits.yaml', system)
        if (file.text === undefined) {
          // A file sets exactly the budgets that it names: a new one without any would end the built-in limits.
          const directory = file.path.slice(0, -'/cost-limits.yaml'.length)
          return notSaved([
            `there is no ${file.path}, and one without budgets would end the built-in limits: write it with ai-costs init --config ${directory}, then call again`,
          ])
        }
        if (defaultModel === model) return said([`${model} is the default model already`])
        const { withDefaultModel } = await import('../settings/edit-yaml.ts')
        const edited = withDefaultModel(file.text, model)
        const was = defaultModel === null ? '' : `, was ${defaultModel}`
        return saveOwnFile(
          file,
          'cost-limits.yaml',
          edited,
          [`default model: ${model}${was}`],
          invocation,
          system,
        )
      }),
    EXIT.notSaved,
  )
}
