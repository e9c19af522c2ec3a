// The notices that the licences of bundled packages ask to travel with every copy.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** config/prices.json is made from this package's data, so its licence travels too. */
const PRICE_DATA = 'node_modules/@pydantic/genai-prices'

const RULE = '-'.repeat(78)

/**
 * Name, version and licence text of every package that has a byte in the bundle, by name.
 *
 * @param {string} root the folder that the metafile's paths start from
 * @param {import('esbuild').Metafile} metafile
 * @throws when a package ships neither a licence text nor the name of its licence
 */
export function thirdPartyNotices(root, metafile) {
  const folders = new Set([PRICE_DATA])
  for (const output of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
      const folder = packageFolder(path)
      if (folder !== null && bytesInOutput > 0) folders.add(folder)
    }
  }
  const notices = [...folders].map((folder) => noticeOf(join(root, folder)))
  const sorted = notices.toSorted((a, b) => (a.title < b.title ? -1 : 1))
  const sections = sorted.map(({ title, text }) => `${RULE}\n${title}\n${RULE}\n\n${text}\n`)
  return `ai-costs contains the following works of others.\n\n${sections.join('\n')}`
}

/** `node_modules/ink/build/ink.js` → `node_modules/ink`; null for a file of ours. */
function packageFolder(path) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? null
}

function noticeOf(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const title = `${name} ${version}`
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
  if (file !== undefined) return { title, text: readFileSync(join(folder, file), 'utf8').trim() }
  if (typeof license !== 'string') {
    throw new Error(
      `${title}: no licence text and no licence name in ${folder}; leave the package out of the bundle.`,
    )
  }
  const holder = typeof author === 'object' ? author.name : author
  return { title, text: `License: ${license}${holder === undefined ? '' : `, by ${holder}`}` }
}
