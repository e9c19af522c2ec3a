import { amp } from './amp.ts'
import { claudeCode } from './claude-code.ts'
import { claudeJson } from './claude-json.ts'
import { cline, kiloCode, rooCode } from './cline.ts'
import { codexExec } from './codex-exec.ts'
import { codex } from './codex.ts'
import { copilotCli } from './copilot-cli.ts'
import { droid } from './droid.ts'
import { geminiCli } from './gemini-cli.ts'
import { kimi } from './kimi.ts'
import { opencode, opencodeFiles } from './opencode.ts'
import { openClaw, pi } from './pi.ts'
import { qwenCode } from './qwen-code.ts'
import { sessionsCsv } from './sessions-csv.ts'
import type { Source } from './source.ts'
import { usageLog } from './usage-log.ts'

/**
 * Every tool whose transcripts can be read; adding one is one file and one line here. The first that recognizes a text
 * has it, so those that look closer come first.
 */
export const SOURCES: readonly Source[] = [
  claudeJson,
  codexExec,
  qwenCode,
  claudeCode,
  codex,
  opencode,
  opencodeFiles,
  geminiCli,
  copilotCli,
  kimi,
  pi,
  openClaw,
  droid,
  amp,
  cline,
  rooCode,
  kiloCode,
  usageLog,
  sessionsCsv,
]

/** A source by its name. */
export function sourceNamed(name: string): Source | undefined {
  return SOURCES.find((source) => source.name === name)
}
