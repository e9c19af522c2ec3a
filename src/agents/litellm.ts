import type { OwnProgram } from '../core/own-program.ts'
import { type FileAgent, signature } from './agent.ts'
import { programLine } from './program-line.ts'

const FIRST_LINE = `# ${signature('litellm')}`

/** A callback of LiteLLM's proxy: it looks for it beside its own settings, wherever those are. */
export const litellm: FileAgent = {
  kind: 'file',
  name: 'litellm',
  title: 'LiteLLM',
  userFile: ({ workingDirectory }) => `${workingDirectory}/ai_costs_litellm.py`,
  projectFile: null,
  next: () => [
    'beside the config.yaml of the proxy it is found: litellm_settings: { callbacks: ai_costs_litellm.handler }',
    'steps in model-router.yaml are called as the model_name of your proxy; AI_COSTS_BLOCK=1 answers 429 at critical',
  ],
  firstLine: FIRST_LINE,
  text: callbackText,
}

/** A client of a proxy names its model: rules are skipped, and it is lowered as the budgets fill. */
function callbackText(program: OwnProgram): string {
  return `${FIRST_LINE}
import asyncio
import json
import os
from asyncio.subprocess import DEVNULL, PIPE

from fastapi import HTTPException
from litellm.integrations.custom_logger import CustomLogger

${programLine(program)}
PATIENCE_SECONDS = 1.0


class AiCosts(CustomLogger):
    async def async_pre_call_hook(self, user_api_key_dict, cache, data, call_type):
        if os.environ.get("AI_COSTS_BLOCK") == "1":
            code, _ = await ask(["check", "--quiet"])
            if code == 2:
                raise HTTPException(status_code=429, detail={"error": "ai-costs: the budget is spent"})
        model = await lowered(data)
        if model is not None:
            data["model"] = model
        return data


async def lowered(data):
    """The cheaper model that the budgets ask for; None where it stays, and in any trouble."""
    model = data.get("model")
    if not isinstance(model, str) or model == "":
        return None
    session = data.get("litellm_session_id") or (data.get("metadata") or {}).get("session_id")
    words = ["route", "--json", "--prompt", "-", *([f"--session={session}"] if session else []), "--", model]
    code, answer = await ask(words, last_said(data.get("messages")))
    try:
        choice = json.loads(answer) if code == 0 else {}
    except ValueError:
        return None
    return choice.get("model") if choice.get("downgraded") is True else None


async def ask(words, text=""):
    """The exit code of ai-costs and what it prints; None and nothing in any trouble of its own."""
    try:
        process = await asyncio.create_subprocess_exec(
            *PROGRAM, *words, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
        )
    except (OSError, ValueError):
        return None, ""
    try:
        answer, _ = await asyncio.wait_for(process.communicate(text.encode(errors="replace")), PATIENCE_SECONDS)
        return process.returncode, answer.decode(errors="replace")
    except (asyncio.TimeoutError, OSError):
        if process.returncode is None:
            process.kill()
        await process.wait()
        return None, ""


def last_said(messages):
    said = [one for one in messages or [] if isinstance(one, dict) and one.get("role") == "user"]
    content = said[-1].get("content") if said else None
    if isinstance(content, list):
        return "\\n".join(str(part.get("text") or "") for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


handler = AiCosts()
`
}
