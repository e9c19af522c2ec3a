// What the simplest careful reader does: chunks of 1 MB, whole lines, JSON.parse of each, the spend of every day.
//
//   node json-parse-loop.cjs LEDGER
const { openSync, readSync } = require('node:fs')

const NEWLINE = 0x0a
const file = openSync(process.argv[2], 'r')
const buffer = Buffer.allocUnsafe(1 << 20)
const spentOn = new Map()
let records = 0
let kept = 0
for (;;) {
  const length = kept + readSync(file, buffer, kept, buffer.length - kept, null)
  if (length === kept) break
  let at = 0
  for (;;) {
    const newline = buffer.indexOf(NEWLINE, at)
    if (newline < 0 || newline >= length) break
    const { timestamp, cost_usd: cost } = JSON.parse(buffer.latin1Slice(at, newline))
    const day = timestamp.slice(0, 10)
    spentOn.set(day, (spentOn.get(day) ?? 0) + cost)
    records++
    at = newline + 1
  }
  buffer.copyWithin(0, at, length)
  kept = length - at
}
console.log(JSON.stringify({ records, spentOn: Object.fromEntries(spentOn) }))
