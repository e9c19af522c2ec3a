import { type RequestListener, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { NotDownloaded, download } from '../../src/system/download.ts'

const LIMITS = { timeoutMs: 5000, maxBytes: 100 }

/** A server of this test, on this machine only. */
async function served(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/prices.json`
}

async function refusal(url: string, limits = LIMITS): Promise<string> {
  const error: unknown = await download(url, limits).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(NotDownloaded)
  return error instanceof Error ? error.message : ''
}

describe('download', () => {
  it('hands on the text behind an address', async () => {
    expect(await download(await served((_, response) => response.end('{"é":1}')), LIMITS)).toBe('{"é":1}')
  })

  it('follows a redirection on this machine', async () => {
    const url = await served((request, response) => {
      if (request.url === '/there') response.end('text')
      else response.writeHead(302, { location: '/there' }).end()
    })
    expect(await download(url, LIMITS)).toBe('text')
  })

  it('sends no cookie and no key', async () => {
    let names: readonly string[] = []
    const url = await served((request, response) => {
      names = Object.keys(request.headers)
      response.end('')
    })
    await download(url, LIMITS)
    expect(names.filter((name) => /cookie|authorization/.test(name))).toEqual([])
  })

  it('refuses what is too large, whatever length was announced', async () => {
    const url = await served((_, response) => {
      response.write('x'.repeat(80))
      response.end('x'.repeat(80))
    })
    expect(await refusal(url)).toContain('larger than 100 bytes')
  })

  it('gives up on a server that never answers', async () => {
    const url = await served(() => {})
    expect(await refusal(url, { ...LIMITS, timeoutMs: 50 })).toContain('did not answer within 0.05 s')
  })

  it('refuses an error page', async () => {
    expect(await refusal(await served((_, response) => response.writeHead(404).end('gone')))).toContain(
      'answered 404',
    )
  })

  it('says that nobody listens', async () => {
    expect(await refusal('http://127.0.0.1:1/x')).toContain('cannot be reached')
  })

  it.each(['http://example.com/prices.json', 'file:///etc/passwd', 'ftp://example.com/x'])(
    'refuses %s, before it asks anybody',
    async (url) => {
      expect(await refusal(url)).toContain('no https address')
    },
  )
})
