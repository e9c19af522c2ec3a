import type { Benchmark } from '../benchmark.ts'
import { interleaved } from '../kit/rounds.ts'
import { warmCheck } from '../kit/warm.ts'
import { PEERS, withoutPeer } from '../peers.ts'
import { estimate } from '../statistics.ts'

export const name = 'check-against-peers'
export const what = '`check` of 100,000 records with a cache, against'
export const bounds = {}

export const run: Benchmark['run'] = async (bench) => {
  const project = await bench.project(100_000)
  const peers = PEERS.filter((peer) => withoutPeer(peer) === null)
  const absent = PEERS.flatMap((peer) => {
    const skipped = withoutPeer(peer)
    return skipped === null ? [] : [{ name: peer.name, ...skipped }]
  })
  const subjects = peers.map(({ command }) => ({ command: command(project) }))
  const times = await interleaved(bench, [await warmCheck(project, 0), ...subjects])
  const measures = peers.map((peer, nth) => ({
    name: peer.name,
    unit: 'ratio' as const,
    estimate: estimate(times.map(([ours, ...theirs]) => ours! / theirs[nth]!)),
  }))
  return [...measures, ...absent]
}
