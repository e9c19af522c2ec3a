import type { RouteCall } from '../core/answers/route.ts'
import { isModelName } from '../core/model-name.ts'
import { NAMED_TOOLS, type NamedTool } from '../core/tool-names.ts'
import { InputTooLarge, type StandardInput } from '../system/standard-input.ts'
import { type Invocation, UsageError, hasFlag, valueOf } from './command.ts'

/** What was asked. Throws `UsageError`, which never repeats what was typed: it may be a prompt in the wrong place. */
export function routeCall(invocation: Invocation): RouteCall {
  const [model = null] = invocation.arguments
  return {
    model: checkedModel(model, 'MODEL'),
    project: checkedLabel(invocation, 'project'),
    session: checkedLabel(invocation, 'session'),
    tool: toolOf(invocation),
    fallback: checkedModel(valueOf(invocation, 'fallback'), '--fallback'),
    explain: hasFlag(invocation, 'explain'),
    json: hasFlag(invocation, 'json'),
  }
}

/** More than anybody asks a model at once. */
const LONGEST_PROMPT = 16 << 20

/** The prompt of a call; `''` without one, and null when standard input holds none that can be read. */
export function typedPrompt(invocation: Invocation, standardInput: StandardInput): string | null {
  const typed = valueOf(invocation, 'prompt')
  if (typed !== '-') return typed ?? ''
  try {
    return standardInput.read(LONGEST_PROMPT)
  } catch (error) {
    if (error instanceof InputTooLarge) return null
    throw error
  }
}

function checkedModel(model: string | null, where: string): string | null {
  if (model === null || isModelName(model)) return model
  throw new UsageError(`${where} is not the name of a model: write one such as claude-sonnet-5`)
}

/** Longer labels no ledger takes. */
const LONGEST_LABEL = 512

/** An empty one, as an unset variable leaves it, is none: else all calls without a session would share one. */
function checkedLabel(invocation: Invocation, name: string): string | null {
  const label = valueOf(invocation, name)
  if (label === null || label === '') return null
  if (label.length <= LONGEST_LABEL) return label
  throw new UsageError(`--${name} is longer than ${LONGEST_LABEL} characters: shorten it`)
}

function toolOf(invocation: Invocation): NamedTool | null {
  const tool = valueOf(invocation, 'tool')
  if (tool === null) return null
  const named = NAMED_TOOLS.find((one) => one === tool)
  if (named === undefined) throw new UsageError(`--tool must be one of ${NAMED_TOOLS.join(', ')}`)
  return named
}
