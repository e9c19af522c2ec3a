import { hasFindings, type Quality, type UnpricedModel } from '../core/quality.ts'
import { glyphsOf } from './glyphs.ts'
import { nameText } from './name.ts'

/** What we could not read, price or date, one sentence each and the costliest first; empty when all is well. */
export function qualityTexts(quality: Quality, ascii: boolean): string[] {
  if (!hasFindings(quality)) return []
  return [
    ...unpricedTexts(quality.unpriced, ascii),
    ...counted(quality.rejected, 'record with impossible numbers', 'records with impossible numbers'),
    ...counted(quality.badLines, 'unreadable line', 'unreadable lines'),
    ...counted(
      quality.undated,
      'record without a time, in all-time totals only',
      'records without a time, in all-time totals only',
    ),
    ...counted(quality.future, 'record from the future', 'records from the future'),
    ...quality.notes.map((note) => nameText(note, ascii)),
  ]
}

function unpricedTexts(models: readonly UnpricedModel[], ascii: boolean): string[] {
  const { arrow } = glyphsOf(ascii)
  return models.map(({ model, records, fix }) => {
    const name = nameText(model, ascii)
    return `${records} ${records === 1 ? 'record' : 'records'} unpriced: ${name} ${arrow} ${nameText(fix, ascii)}`
  })
}

function counted(count: number, one: string, many: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
}
