import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** Networks that are no part of the public Internet: this machine, local networks, and what is set aside. */
const PRIVATE_V4: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]

const PRIVATE_V6: readonly (readonly [network: string, bits: number])[] = [
  ['::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
]

/** Prefixes behind which an IPv6 address carries one of IPv4. */
const CARRIERS = ['::ffff:', '64:ff9b::'] as const

let list: BlockList | null = null

/** True for an address on the public Internet; false for any other, and for text that is none. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !privateNetworks().check(address, 'ipv4')
  return isIPv6(address) && !privateNetworks().check(address, 'ipv6')
}

function privateNetworks(): BlockList {
  if (list !== null) return list
  list = new BlockList()
  for (const [network, bits] of PRIVATE_V4) {
    list.addSubnet(network, bits, 'ipv4')
    for (const carrier of CARRIERS) list.addSubnet(carrier + network, 96 + bits, 'ipv6')
  }
  for (const [network, bits] of PRIVATE_V6) list.addSubnet(network, bits, 'ipv6')
  return list
}
