import { type IncomingMessage, type Server, type ServerResponse, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, test } from 'vitest'

import { type WebhookPorts, sendWith } from '../../src/system/webhook.ts'

const MESSAGE = { headers: { 'content-type': 'application/json' }, body: '{"text":"Ünï"}' }

let server: Server | null = null
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  server = null
})

interface Service {
  readonly port: number
  readonly seen: string[]
}

/** A service that answers the nth request with the nth answer, and the last one from then on. */
async function serving(...answers: ((response: ServerResponse) => void)[]): Promise<Service> {
  const seen: string[] = []
  const listener = (asked: IncomingMessage, response: ServerResponse): void => {
    let body = ''
    asked.setEncoding('utf8').on('data', (text: string) => (body += text))
    asked.on('end', () => {
      seen.push(`${asked.method} ${asked.url} ${asked.headers['content-type']} ${body}`)
      ;(answers[seen.length - 1] ?? answers.at(-1))?.(response)
    })
  }
  const listening = createServer(listener)
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  return { port: (listening.address() as AddressInfo).port, seen }
}

const status =
  (code: number, headers = {}) =>
  (response: ServerResponse): void =>
    void response.writeHead(code, headers).end('whatever')

/** What is asked of `hooks.test` reaches this machine, whatever its addresses are said to be. */
function ports(waited: number[], more: Partial<WebhookPorts> = {}): WebhookPorts {
  return {
    request,
    lookup: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
    isPublic: () => true,
    pause: (milliseconds) => {
      waited.push(milliseconds)
      return Promise.resolve()
    },
    patienceMs: 200,
    ...more,
  }
}

const addressOf = ({ port }: Service): string => `http://hooks.test:${port}/secret`

describe('a message is', () => {
  test.each<
    [what: string, answers: ((response: ServerResponse) => void)[], outcome: string, waits: number[]]
  >([
    ['sent', [status(200)], 'sent answered 200', []],
    ['sent without an answer to read', [status(204)], 'sent answered 204', []],
    ['sent at the second try', [status(500), status(200)], 'sent answered 200', [1_000]],
    ['given up after three tries', [status(503)], 'failed answered 503', [1_000, 4_000]],
    ['not sent again when it was refused', [status(404)], 'failed answered 404', []],
    ['not sent elsewhere', [status(302, { location: 'http://hooks.test/other' })], 'failed answered 302', []],
    ['not waited for any longer', [() => {}], 'failed did not answer within 0.2 s', [1_000, 4_000]],
    ['lost', [(response) => response.destroy()], 'failed cannot be reached (ECONNRESET)', [1_000, 4_000]],
  ])('%s', async (_what, answers, outcome, waits) => {
    const service = await serving(...answers)
    const waited: number[] = []
    const { kind, answer } = await sendWith(ports(waited), addressOf(service), MESSAGE)
    expect(`${kind} ${answer}`).toBe(outcome)
    expect(waited).toEqual(waits)
    expect(service.seen).toEqual(
      Array.from({ length: waits.length + 1 }, () => 'POST /secret application/json {"text":"Ünï"}'),
    )
  })

  it('not read: an answer without an end is an answer', async () => {
    const service = await serving((response) => void response.writeHead(200).write('x'.repeat(100_000)))
    expect(await sendWith(ports([]), addressOf(service), MESSAGE)).toEqual({
      kind: 'sent',
      answer: 'answered 200',
    })
  })
})

/** Names lead to these addresses, of which only this machine is private. */
function leadingTo(...addresses: readonly string[]): Partial<WebhookPorts> {
  return {
    isPublic: (address) => address !== '127.0.0.1',
    lookup: (_name, _options, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      ),
  }
}

describe('nobody inside the network is reached:', () => {
  const PRIVATE = { kind: 'failed', answer: 'leads into a private network' }

  it.each([[['127.0.0.1']], [['203.0.113.1', '127.0.0.1']]])('a name that leads to %j', async (addresses) => {
    const service = await serving(status(200))
    expect(await sendWith(ports([], leadingTo(...addresses)), addressOf(service), MESSAGE)).toEqual(PRIVATE)
    expect(service.seen).toEqual([])
  })

  it.each(['127.0.0.1', '[::1]', '2130706433'])(
    '%s in the place of a name, which nobody looks up',
    async (host) => {
      const service = await serving(status(200))
      expect(await sendWith(ports([]), `http://${host}:${service.port}/`, MESSAGE)).toEqual(PRIVATE)
      expect(service.seen).toEqual([])
    },
  )
})

it('a name that nobody knows is told by its error, and never with the address', async () => {
  const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND hooks.test'), { code: 'ENOTFOUND' })
  const outcome = await sendWith(
    ports([], { lookup: (_name, _options, done) => done(unknown, []) }),
    'http://hooks.test/secret',
    MESSAGE,
  )
  expect(outcome).toEqual({ kind: 'failed', answer: 'cannot be reached (ENOTFOUND)' })
})
