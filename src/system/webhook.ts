import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns'
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { type LookupFunction, isIP } from 'node:net'
import type { WebhookMessage } from '../core/webhook-message.ts'
import { errnoOf } from './errno.ts'
import { type Pause, pause } from './pause.ts'
import { isPublicAddress } from './public-address.ts'

/** What came of a message; `answer` is what the service said, or why it did not, as a part of a sentence. */
export interface WebhookOutcome {
  readonly kind: 'sent' | 'failed'
  readonly answer: string
}

/** Posts a message to an https address, which is never shown. Never throws. */
export type SendWebhook = (address: string, message: WebhookMessage) => Promise<WebhookOutcome>

/** How the outside is reached. */
export interface WebhookPorts {
  readonly request: (
    url: URL,
    options: RequestOptions,
    onResponse: (response: IncomingMessage) => void,
  ) => ClientRequest
  readonly lookup: (
    name: string,
    options: LookupOptions & { all: true },
    done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
  ) => void
  readonly isPublic: (address: string) => boolean
  readonly pause: Pause
  /** How long a try may take. */
  readonly patienceMs: number
}

const REAL_PORTS: WebhookPorts = {
  request: httpsRequest,
  lookup: systemLookup,
  isPublic: isPublicAddress,
  pause,
  patienceMs: 5_000,
}

/** Before the second try and the third. */
const PAUSES_MS = [1_000, 4_000]

/**
 * Up to three tries of five seconds each. Follows no redirection, tries nothing again that was refused, and turns away
 * from a name that resolves to an address inside the user's own network.
 */
export const sendWebhook: SendWebhook = (address, message) => sendWith(REAL_PORTS, address, message)

export async function sendWith(
  ports: WebhookPorts,
  address: string,
  message: WebhookMessage,
): Promise<WebhookOutcome> {
  let outcome = await post(ports, address, message)
  // A try waits for the one before it.
  /* oxlint-disable no-await-in-loop */
  for (const milliseconds of PAUSES_MS) {
    if (outcome.kind !== 'again') break
    await ports.pause(milliseconds)
    outcome = await post(ports, address, message)
  }
  /* oxlint-enable no-await-in-loop */
  return { kind: outcome.kind === 'sent' ? 'sent' : 'failed', answer: outcome.answer }
}

interface Try {
  readonly kind: 'sent' | 'refused' | 'again'
  readonly answer: string
}

function post(ports: WebhookPorts, address: string, { headers, body }: WebhookMessage): Promise<Try> {
  const url = new URL(address)
  // Names are looked up, and so looked at; addresses are not.
  if (isIP(url.hostname.replace(/^\[|\]$/g, '')) > 0) return Promise.resolve(NOT_PUBLIC)
  return new Promise((resolve) => {
    const bytes = Buffer.from(body)
    const options: RequestOptions = {
      method: 'POST',
      headers: { 'user-agent': 'ai-costs', ...headers, 'content-length': bytes.length },
      agent: false,
      lookup: publicLookup(ports),
      signal: AbortSignal.timeout(ports.patienceMs),
    }
    const request = ports.request(url, options, (response) => {
      resolve(answered(response.statusCode ?? 0))
      // What it says besides is of no use, and may be endless.
      response.destroy()
    })
    request.on('error', (error) => resolve(failed(error, ports.patienceMs)))
    request.end(bytes)
  })
}

const NOT_PUBLIC: Try = { kind: 'refused', answer: 'leads into a private network' }

function answered(status: number): Try {
  const answer = `answered ${status}`
  if (status >= 200 && status < 300) return { kind: 'sent', answer }
  return { kind: status >= 500 ? 'again' : 'refused', answer }
}

function failed(error: Error, patienceMs: number): Try {
  if (error instanceof NotPublic) return NOT_PUBLIC
  if (error.name === 'AbortError' || error.name === 'TimeoutError') {
    return { kind: 'again', answer: `did not answer within ${patienceMs / 1000} s` }
  }
  return { kind: 'again', answer: `cannot be reached (${errnoOf(error) || 'no connection'})` }
}

class NotPublic extends Error {
  override readonly name = 'NotPublic'
}

/** The lookup of a connection: what it finds is what is connected to, so nobody can change it in between. */
function publicLookup({ lookup, isPublic }: WebhookPorts): LookupFunction {
  return (name, options, done) =>
    lookup(name, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error !== null || first === undefined) return done(error ?? new Error('no address'), '', 0)
      if (!addresses.every(({ address }) => isPublic(address))) return done(new NotPublic(), '', 0)
      return options.all === true ? done(null, addresses) : done(null, first.address, first.family)
    })
}
