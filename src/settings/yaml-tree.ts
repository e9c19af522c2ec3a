import { LineCounter, parseDocument } from 'yaml'

import { MOST_FINDINGS, type Part, type Problem } from './problem.ts'
import { syntaxProblem } from './yaml-syntax.ts'
import { type YamlPath, valuesOf } from './yaml-values.ts'

/** A settings file, read: plain values and where each of them stands. */
export interface YamlTree {
  readonly file: string
  /**
   * Mappings without prototype, arrays, strings, booleans and null. Every number is the text that the user wrote, so
   * that money is exact: `0.80` is `"0.80"`, and `010` is `"010"`, which is ten and not eight.
   */
  readonly value: unknown
  /** A problem at the value of the path, or at its key; a path that is not there is sought from its parent. */
  readonly problemAt: (path: YamlPath, message: string, fix: string, at?: 'value' | 'key') => Problem
  /** The line of the path's key; 1 when it is not there. */
  readonly lineOf: (path: YamlPath) => number
}

/** Larger files are refused unread: parsing time grows with size, and no hand-written settings come near. */
export const MAX_CHARACTERS = 256 * 1024

/**
 * Reads one YAML 1.2 document (core schema: `yes` and `22:00` are text). Refuses what settings never need and what
 * could surprise or stall: tags, merge keys, duplicate keys, second documents, many aliases, more than 256 KiB.
 * Never throws.
 */
export function readYaml(file: string, source: string): Part<YamlTree> {
  const text = source.replace(/^\uFEFF/, '')
  if (text.length > MAX_CHARACTERS) {
    const message = `the file is larger than ${MAX_CHARACTERS / 1024} KiB`
    const problem = { file, line: 1, column: 1, text: '', message, fix: 'keep only settings in it' }
    return { kind: 'broken', problems: [problem] }
  }
  const lineCounter = new LineCounter()
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    // Also switched off under a `%YAML 1.1` directive, which would otherwise bring them back.
    merge: false,
    resolveKnownTags: false,
    stringKeys: true,
    // The parser compares all pairs of keys; the walk below finds duplicates in linear time and names both lines.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
    lineCounter,
  })
  const lines = text.split('\n')
  const problemAtOffset = (offset: number, message: string, fix: string): Problem => {
    const { line, col } = lineCounter.linePos(offset)
    const lineText = (lines[line - 1] ?? '').replace(/\r$/, '')
    return { file, line: Math.max(1, line), column: Math.max(1, col), text: lineText, message, fix }
  }
  // One slip makes many syntax errors; only the first helps.
  const fault = document.errors[0] ?? document.warnings[0]
  if (fault !== undefined) {
    return { kind: 'broken', problems: [syntaxProblem(fault, text, problemAtOffset)] }
  }
  const { value, offsetOf, faults } = valuesOf(document, (offset) => lineCounter.linePos(offset).line)
  if (faults.length > 0) {
    return {
      kind: 'broken',
      problems: faults
        .slice(0, MOST_FINDINGS)
        .map(({ offset, message, fix }) => problemAtOffset(offset, message, fix)),
    }
  }
  return {
    kind: 'ok',
    value: {
      file,
      value,
      problemAt: (path, message, fix, at = 'value') => problemAtOffset(offsetOf(path, at), message, fix),
      lineOf: (path) => Math.max(1, lineCounter.linePos(offsetOf(path, 'key')).line),
    },
  }
}
