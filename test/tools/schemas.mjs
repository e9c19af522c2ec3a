// Writes the JSON Schemas in config/ from the definitions that the program itself uses.
//
//   node test/tools/schemas.mjs           writes the files
//   node test/tools/schemas.mjs --check   writes nothing; exit 1 and the names when a file is not current

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Node 20 cannot run TypeScript, so the definitions are bundled in memory and imported from there. */
const ENTRY = `
  export { toJSONSchema } from 'zod/mini'
  export { billingSchema } from './src/settings/billing-schema.ts'
  export { costLimitsSchema } from './src/settings/cost-limits-schema.ts'
  export { modelRouterSchema } from './src/settings/model-router-schema.ts'
  export { pricesSchema } from './src/settings/prices-schema.ts'
  export { checkSchema } from './test/tools/check-schema.ts'
  export { statuslineSchema } from './test/tools/statusline-schema.ts'
`

async function definitions() {
  const bundle = await build({
    stdin: { contents: ENTRY, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  })
  return import(
    `data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].contents).toString('base64')}`
  )
}

async function schemaFiles() {
  const {
    toJSONSchema,
    billingSchema,
    costLimitsSchema,
    modelRouterSchema,
    pricesSchema,
    checkSchema,
    statuslineSchema,
  } = await definitions()
  const file = (schema, title) => {
    // Draft 7 is what every YAML language server understands.
    const { $schema, ...rest } = toJSONSchema(schema, { io: 'input', target: 'draft-7' })
    return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`
  }
  return new Map([
    ['config/billing.schema.json', file(billingSchema, 'ai-costs: billing.json')],
    ['config/cost-limits.schema.json', file(costLimitsSchema, 'ai-costs: cost-limits.yaml')],
    ['config/model-router.schema.json', file(modelRouterSchema, 'ai-costs: model-router.yaml')],
    ['config/prices.schema.json', file(pricesSchema, 'ai-costs: prices.yaml')],
    ['config/check.schema.json', file(checkSchema, 'ai-costs: output of check --json')],
    ['config/statusline.schema.json', file(statuslineSchema, 'ai-costs: output of statusline --format json')],
  ])
}

const stale = []
for (const [name, content] of await schemaFiles()) {
  const path = new URL(name, `file://${ROOT}`)
  if (existsSync(path) && readFileSync(path, 'utf8') === content) continue
  stale.push(name)
  if (!process.argv.includes('--check')) writeFileSync(path, content)
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`${stale.join(', ')}: not current; run \`node test/tools/schemas.mjs\``)
  process.exitCode = 1
}
