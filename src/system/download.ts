import { errnoOf } from './errno.ts'

/** Fetches the text behind an address: the only way in which this program ever uses the network by itself. */
export type Download = (url: string, limits: DownloadLimits) => Promise<string>

export interface DownloadLimits {
  readonly timeoutMs: number
  readonly maxBytes: number
}

/** Nothing was fetched; the message is a sentence that ends with the fix. */
export class NotDownloaded extends Error {
  override readonly name = 'NotDownloaded'
}

/**
 * Over https only, except from this very machine; redirections are followed under the same rule. Throws
 * `NotDownloaded`.
 */
export const download: Download = async (url, { timeoutMs, maxBytes }) => {
  refuseOpenAddress(url, url)
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: 'application/json, text/plain' },
      credentials: 'omit',
    })
    refuseOpenAddress(response.url, url)
    if (!response.ok) {
      throw new NotDownloaded(`${url} answered ${response.status}: check the address, or try again later`)
    }
    return await textOf(response, url, maxBytes)
  } catch (error) {
    throw error instanceof NotDownloaded ? error : notDownloaded(url, error, timeoutMs)
  }
}

function refuseOpenAddress(address: string, asked: string): void {
  const { protocol, hostname } = new URL(address)
  const isHere = protocol === 'http:' && LOOPBACK.has(hostname)
  if (protocol === 'https:' || isHere) return
  const led = address === asked ? 'is no https address' : `led to ${address}, which is no https address`
  throw new NotDownloaded(`${asked} ${led}: name one that begins with https://`)
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Counts as it goes: a server may announce no length, or a wrong one. */
async function textOf(response: Response, url: string, maxBytes: number): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    bytes += part.length
    if (bytes > maxBytes) {
      throw new NotDownloaded(`${url} is larger than ${maxBytes} bytes: name the price table itself`)
    }
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function notDownloaded(url: string, error: unknown, timeoutMs: number): NotDownloaded {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new NotDownloaded(`${url} did not answer within ${timeoutMs / 1000} s: try again later`)
  }
  const cause = error instanceof Error ? error.cause : undefined
  const reason = errnoOf(cause) || (error instanceof Error ? error.message : String(error))
  return new NotDownloaded(
    `${url} cannot be reached (${reason}): look at the network, or name a file with --from`,
  )
}
