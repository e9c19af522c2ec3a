import { modelMeant } from '../core/model-alias.ts'
import type { PriceCatalog } from '../core/price-catalog.ts'
import type { Price } from '../core/price.ts'
import { CLEAN } from '../core/quality.ts'
import type { Section } from '../core/report.ts'
import { type Result, success } from '../core/result.ts'
import { estimate } from '../reports/estimate.ts'
import { exampleOperations } from '../reports/example-operations.ts'
import { type Tier, tiering } from '../reports/tiering.ts'
import type { System } from '../system/system.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, UsageError, valueOf } from './command.ts'
import type { JudgingSystem } from './desk.ts'
import { type AskedCalls, CALL_OPTIONS, askedCalls } from './estimate-asked.ts'
import { type OpenCatalog, withCatalog } from './models-catalog.ts'
import { modelNamed, modelsNamed, pricedModels } from './models-named.ts'
import { PRINT_OPTIONS, printReport, printingOf } from './print-report.ts'
import { orCannotTell } from './read-records.ts'

export const grammar: Grammar = {
  name: 'estimate',
  summary: 'what calls would cost on each model, and how the same could cost less; examples without any',
  arguments: [
    {
      name: '[FILE...]',
      summary: 'the text of a call, at about 4 characters a token; - for standard input',
    },
  ],
  options: {
    ...CALL_OPTIONS,
    model: { kind: 'value', placeholder: 'MODELS', summary: 'only these, e.g. claude-*,gpt-5; default: all' },
    mix: {
      kind: 'value',
      placeholder: 'TIERS',
      summary: 'what it saves to spread calls over models, e.g. claude-opus-4=20,claude-sonnet-4=80',
    },
    ...PRINT_OPTIONS,
    ...COMMON_OPTIONS,
  },
  examples: [
    'ai-costs estimate --in 2000 --out 500 --per-day 20 --model claude-*',
    'ai-costs estimate prompt.md --out 800 --calls 100 --model claude-sonnet-5',
    'ai-costs estimate --in 50000 --out 500 --shared 45000 --prune-to 15000 --calls 5 --model claude-sonnet-5',
    'ai-costs estimate --in 8000 --out 1000 --mix claude-opus-4=20,claude-sonnet-4=50,claude-3-5-haiku=30',
  ],
}

type EstimatingSystem = JudgingSystem &
  Pick<System, 'standardInput' | 'terminal' | 'replaceFile' | 'download'>

/** What examples are told of when nobody names a model. */
const USUAL_MODEL = 'sonnet'

const NOTE =
  'an estimate at list prices: agents send their context with every call, so look at what your sessions really cost with ai-costs compare'

/** Throws `UsageError`. */
export function run(invocation: Invocation, system: EstimatingSystem): Promise<Result> {
  const printing = printingOf(invocation)
  return orCannotTell(() =>
    withCatalog(invocation, system, async (open) => {
      const asked = askedCalls(invocation, system)
      const report = {
        name: 'estimate',
        title: asked === null ? 'What typical calls cost' : 'What it would cost',
        span: null,
        zone: open.calendar.zone,
        asOf: open.now,
        filters: {},
        sections: sectionsOf(asked, printing.mostRows, invocation, open),
        quality: { ...CLEAN, notes: [NOTE] },
      }
      return success(await printReport(report, printing, system, open.calendar))
    }),
  )
}

function sectionsOf(
  asked: AskedCalls | null,
  mostRows: number,
  invocation: Invocation,
  { catalog, defaultModel, now }: OpenCatalog,
): readonly Section[] {
  const named = valueOf(invocation, 'model')
  const mix = valueOf(invocation, 'mix')
  if (asked === null) {
    if (mix !== null)
      throw new UsageError('--mix needs to know what a call takes: name --in and --out, or a file')
    const usual = modelMeant(defaultModel ?? USUAL_MODEL)
    return exampleOperations(modelsNamed(named ?? usual, catalog, now), mostRows)
  }
  if (mix !== null) {
    if (named !== null) throw new UsageError('--mix and --model exclude each other: keep one')
    return tiering(tiersOf(mix, catalog, now), asked.tokens)
  }
  const models: readonly Price[] =
    named === null ? pricedModels(catalog, now) : modelsNamed(named, catalog, now)
  return estimate({ ...asked, models, mostRows })
}

/** Throws `UsageError`. */
function tiersOf(mix: string, catalog: PriceCatalog, now: number): readonly Tier[] {
  return mix.split(',').map((part) => {
    const [, name = '', calls = ''] = /^([^=]+)=(\d{1,9})$/.exec(part.trim()) ?? []
    if (name === '') {
      throw new UsageError(
        '--mix must name models with their calls, such as claude-opus-4=20,claude-sonnet-4=80',
      )
    }
    return { price: modelNamed(modelMeant(name), catalog, now), calls: Number(calls) }
  })
}
