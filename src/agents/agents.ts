import type { Agent } from './agent.ts'
import { claudeCode } from './claude-code.ts'
import { claudeCodeRouter } from './claude-code-router.ts'
import { codex } from './codex.ts'
import { geminiCli } from './gemini-cli.ts'
import { litellm } from './litellm.ts'
import { opencode } from './opencode.ts'

/** The tools that can be made to call us; adding one is one file and one line here. */
export const AGENTS: readonly Agent[] = [claudeCode, codex, opencode, geminiCli, claudeCodeRouter, litellm]
