import { worstFirst } from '../core/finding.ts'
import { EXIT, type Result } from '../core/result.ts'
import { doctorJson } from '../formats/doctor-json.ts'
import { doctorText } from '../formats/doctor-text.ts'
import { BUILT_IN_RESOLUTION } from '../settings/defaults.ts'
import { type Resolution, settingsForCheck } from '../settings/resolution.ts'
import { Unreadable } from '../system/file-system.ts'
import type { System } from '../system/system.ts'
import { Accounts, NOTHING_READ } from './accounts.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, JSON_OPTION, hasFlag } from './command.ts'
import { type Call, callOf } from './desk.ts'
import { hookTroubleFindings } from './doctor-hooks.ts'
import { ledgerFindings } from './doctor-ledger.ts'
import { machineFindings } from './doctor-machine.ts'
import { priceFindings } from './doctor-prices.ts'
import { settingsFindings } from './doctor-settings.ts'
import { sourceFindings } from './doctor-sources.ts'
import { loadSettings } from './load-settings.ts'

export const grammar: Grammar = {
  name: 'doctor',
  summary: 'what is found, readable and priced: ledger, settings, prices, transcripts, hooks; 3 when broken',
  arguments: [],
  options: { ...JSON_OPTION, ...COMMON_OPTIONS },
  examples: ['ai-costs doctor', "ai-costs doctor --json | jq '.findings[] | select(.fix)'"],
}

/** Changes nothing, and finds out as much as can be had whatever else is broken. */
export async function run(invocation: Invocation, system: System): Promise<Result> {
  const call = callOf(invocation, system)
  const resolution = await resolved(call, system)
  const accounts = accountsOf(resolution, system)
  const examination = { call, accounts, system }
  const findings = worstFirst([
    ...ledgerFindings(examination),
    ...settingsFindings(resolution),
    ...priceFindings(examination),
    ...(await sourceFindings(examination)),
    ...hookTroubleFindings(examination),
    ...machineFindings(examination),
  ])
  const isBroken = findings.some(({ health }) => health === 'broken')
  const exitCode = isBroken ? EXIT.cannotTell : EXIT.ok
  const stdout = hasFlag(invocation, 'json')
    ? doctorJson(findings, exitCode)
    : doctorText(findings, system.environment.home)
  return { stdout, stderr: '', exitCode }
}

async function resolved(
  { settingsPlaces }: Call,
  { environment, files }: System,
): Promise<Resolution | Unreadable> {
  try {
    return await loadSettings(settingsPlaces, environment, files)
  } catch (error) {
    if (error instanceof Unreadable) return error
    throw error
  }
}

function accountsOf(resolution: Resolution | Unreadable, { environment, prices }: System): Accounts {
  const found = resolution instanceof Unreadable ? BUILT_IN_RESOLUTION : resolution
  const limits = [found, BUILT_IN_RESOLUTION].map(settingsForCheck).find(({ kind }) => kind === 'ok')
  if (limits?.kind !== 'ok') throw new Error('the built-in settings are broken')
  return new Accounts(limits.value, NOTHING_READ, environment.zone, prices)
}
