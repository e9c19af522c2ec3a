import { type Money, picodollarsOf } from './money.ts'
import { asciiText } from './name-cache.ts'
import { type MutableRecord, type UsageRecord, emptyRecord } from './record.ts'
import { BIT, FIELD, FIELD_COUNT } from './scanner-fields.ts'

/** Enough that switching costs nothing, and little enough to stay in the processor's cache: 1,024 take 3 % longer. */
const ROWS = 256

/**
 * Plain records that have been scanned and not been folded yet. To scan a few hundred and then fold them takes less
 * time than both in turn for each one, because scanner and fold each keep the processor's caches for themselves.
 */
export class Batch {
  size = 0
  /** The bytes that all rows were read from. */
  bytes: Uint8Array = new Uint8Array(0)
  /** By row: where its object begins and ends. */
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** By row: the bits of the fields that it has. */
  readonly seen: Int32Array
  /** By row: the hash of its id, 0 when it has none, and where the id stands. */
  readonly idHashes: Int32Array
  readonly idStarts: Int32Array
  readonly idEnds: Int32Array
  /** By row · FIELD_COUNT + field, where the row has the field: counts, the instant, the cost in picodollars. */
  readonly numbers: Float64Array
  readonly texts: string[]

  /**
   * The record at hand, overwritten by the next one: everything behind a reader then sees objects of one shape, which
   * V8 compiles for; two shapes would cost the fold a quarter of its speed.
   */
  readonly record: MutableRecord = lazyRecord({ id: () => this.#id(), costUsd: () => this.#costUsd() })
  /** The `hashId` of its id; 0 when it has none. */
  idHash = 0
  /** Its recorded cost in picodollars, as far as a number can hold it; else NaN. */
  amount = NaN
  #row = 0
  /** The fields that `record` was filled with. */
  #filled = 0
  #adopted: Pick<UsageRecord, 'id' | 'costUsd'> | null = null

  constructor(rows = ROWS) {
    this.starts = new Int32Array(rows)
    this.ends = new Int32Array(rows)
    this.seen = new Int32Array(rows)
    this.idHashes = new Int32Array(rows)
    this.idStarts = new Int32Array(rows)
    this.idEnds = new Int32Array(rows)
    this.numbers = new Float64Array(rows * FIELD_COUNT)
    this.texts = new Array<string>(rows * FIELD_COUNT).fill('')
  }

  get isFull(): boolean {
    return this.size === this.starts.length
  }

  /** Makes a row the record at hand. */
  read(row: number): void {
    const { record, numbers, texts } = this
    const seen = this.seen[row]!
    const at = row * FIELD_COUNT
    // Nearly every line has the fields of the line before, and there is nothing to forget.
    if ((this.#filled & ~seen) !== 0) Object.assign(record, BLANK)
    this.#filled = seen
    this.#adopted = null
    this.#row = row
    this.idHash = this.idHashes[row]!
    record.timestamp = numbers[at + FIELD.timestamp]!
    if ((seen & BIT.session_id) !== 0) record.sessionId = texts[at + FIELD.session_id]!
    if ((seen & BIT.project) !== 0) record.project = texts[at + FIELD.project]!
    if ((seen & BIT.model) !== 0) record.model = texts[at + FIELD.model]!
    if ((seen & BIT.tool) !== 0) record.tool = texts[at + FIELD.tool]!
    if ((seen & BIT.task_type) !== 0) record.taskType = texts[at + FIELD.task_type]!
    if ((seen & BIT.input_tokens) !== 0) record.inputTokens = numbers[at + FIELD.input_tokens]!
    if ((seen & BIT.output_tokens) !== 0) record.outputTokens = numbers[at + FIELD.output_tokens]!
    if ((seen & BIT.cache_read_tokens) !== 0) record.cacheReadTokens = numbers[at + FIELD.cache_read_tokens]!
    if ((seen & BIT.cache_write_tokens) !== 0)
      record.cacheWriteTokens = numbers[at + FIELD.cache_write_tokens]!
    if ((seen & BIT.duration_seconds) !== 0) record.durationSeconds = numbers[at + FIELD.duration_seconds]!
    this.amount = (seen & BIT.cost_usd) !== 0 ? numbers[at + FIELD.cost_usd]! : NaN
    if ((seen & RARE) !== 0) this.#readRare(seen, at)
  }

  /** Makes a record that another reader decoded the one at hand. */
  adopt({ id, costUsd, ...fields }: UsageRecord): UsageRecord {
    Object.assign(this.record, fields)
    this.#adopted = { id, costUsd }
    this.#filled = -1
    return this.record
  }

  #readRare(seen: number, at: number): void {
    const { record, numbers, texts } = this
    if ((seen & BIT.cache_write_1h_tokens) !== 0)
      record.cacheWrite1hTokens = numbers[at + FIELD.cache_write_1h_tokens]!
    if ((seen & BIT.web_search_requests) !== 0)
      record.webSearchRequests = numbers[at + FIELD.web_search_requests]!
    record.aggregate = (seen & BIT.aggregate) !== 0
    const source = (seen & BIT.cost_source) !== 0 ? texts[at + FIELD.cost_source]! : ''
    const isSource = (source === 'tool' || source === 'table') && (seen & BIT.cost_usd) !== 0
    record.costSource = isSource ? source : null
    if ((seen & BIT.note) !== 0) record.note = texts[at + FIELD.note]!
    if ((seen & BIT.service_tier) !== 0) record.serviceTier = texts[at + FIELD.service_tier]!
    if ((seen & BIT.speed) !== 0) record.speed = texts[at + FIELD.speed]!
    if ((seen & BIT.inference_geo) !== 0) record.inferenceGeo = texts[at + FIELD.inference_geo]!
    if ((seen & BIT.branch) !== 0) record.branch = texts[at + FIELD.branch]!
    if ((seen & BIT.task_id) !== 0) record.taskId = texts[at + FIELD.task_id]!
    if ((seen & BIT.enhancement) !== 0) record.enhancement = texts[at + FIELD.enhancement]!
    if ((seen & BIT.project_code) !== 0) record.projectCode = texts[at + FIELD.project_code]!
    if ((seen & BIT.machine) !== 0) record.machine = texts[at + FIELD.machine]!
  }

  #id(): string {
    if (this.#adopted !== null) return this.#adopted.id
    if ((this.#filled & BIT.id) === 0) return ''
    return asciiText(this.bytes, this.idStarts[this.#row]!, this.idEnds[this.#row]!)
  }

  #costUsd(): Money | null {
    if (this.#adopted !== null) return this.#adopted.costUsd
    return (this.#filled & BIT.cost_usd) !== 0 ? picodollarsOf(BigInt(this.amount)) : null
  }
}

const { id: _id, costUsd: _costUsd, ...BLANK } = emptyRecord()

interface OnDemand {
  readonly id: () => string
  readonly costUsd: () => Money | null
}

const ON_DEMAND = Symbol('on demand')

/**
 * A record whose id and cost are only made when somebody asks: a million strings take a tenth of a second. All of them
 * share their two getters, because with getters of its own each would have a shape of its own.
 */
function lazyRecord(onDemand: OnDemand): MutableRecord {
  const record = { ...BLANK }
  Object.defineProperty(record, ON_DEMAND, { value: onDemand })
  return Object.defineProperties(record, GETTERS) as MutableRecord
}

const GETTERS: PropertyDescriptorMap & ThisType<{ readonly [ON_DEMAND]: OnDemand }> = {
  id: {
    enumerable: true,
    get() {
      return this[ON_DEMAND].id()
    },
  },
  costUsd: {
    enumerable: true,
    get() {
      return this[ON_DEMAND].costUsd()
    },
  },
}

/** Fields that few lines have. */
const RARE =
  BIT.cache_write_1h_tokens |
  BIT.web_search_requests |
  BIT.aggregate |
  BIT.cost_source |
  BIT.note |
  BIT.service_tier |
  BIT.speed |
  BIT.inference_geo |
  BIT.branch |
  BIT.task_id |
  BIT.enhancement |
  BIT.project_code |
  BIT.machine
