import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Snapshot } from '@banyan/contracts'
import type { Clock, EpochMs } from '@banyan/domain'
import type { AnalysisModule, Signal } from '../../modules/analysis/index.ts'
import type { MarketModule, MarketSnapshot } from '../../modules/market/index.ts'
import { flattened, toAscii } from '../api/ascii-json.ts'
import { toSignal } from '../api/signal-body.ts'
import type { ContentCoding } from './accept-encoding.ts'
import { toSnapshot } from './snapshot-body.ts'

/** Ages are exact to this much: the contract's bound (stocktrendz.md §2.3). */
const renderEveryMs = 100

/** The snapshot as bytes, in the codings asked for so far. */
interface ReadySnapshot {
  /** Weak, and the same for bodies that differ in their ages alone. */
  readonly etag: string
  /** Own headers of a 304, flat. */
  readonly unchanged: readonly string[]
  packed(coding: ContentCoding): PackedSnapshot
}

interface PackedSnapshot {
  /** One character per byte, to be written as `latin1`: node:http joins head and string into one write, where a Buffer is a second chunk. */
  readonly body: string
  /** Own headers of a 200, flat. */
  readonly own: readonly string[]
}

export interface ReadySnapshotParts {
  readonly market: MarketModule
  readonly analysis: Pick<AnalysisModule, 'topSignals' | 'rules'>
  /** The wall clock. */
  readonly clock: Clock
}

/** Returns the function that gives the snapshot as bytes: rendered when asked, at most every 100 ms of `clock` (wall). */
export function createReadySnapshot({ market, analysis, clock }: ReadySnapshotParts): () => ReadySnapshot {
  const readSignals = createSignalBodies(analysis)
  let ready: ReadySnapshot | null = null
  let renderedAt: EpochMs = 0
  let tagged: { snapshot: MarketSnapshot; signals: Snapshot['signals']; etag: string } | null = null
  return () => {
    const now = clock.now()
    if (ready !== null && now >= renderedAt && now - renderedAt < renderEveryMs) return ready
    const snapshot = market.snapshot()
    const signals = readSignals()
    if (tagged?.snapshot !== snapshot || tagged.signals !== signals)
      tagged = { snapshot, signals, etag: etagOf(snapshot, signals) }
    const json = JSON.stringify(toSnapshot(snapshot, signals, market.now()))
    ready = encode(toAscii(json), tagged.etag, market.snapshotOrigin())
    renderedAt = now
    return ready
  }
}

/** Returns the function that gives the signals as rendered: the same array until they are others. */
function createSignalBodies({ topSignals, rules }: ReadySnapshotParts['analysis']): () => Snapshot['signals'] {
  let from: readonly Signal[] = []
  let bodies: Snapshot['signals'] = []
  return () => {
    const signals = topSignals()
    if (signals !== from) bodies = signals.map((signal) => toSignal(signal, rules))
    from = signals
    return bodies
  }
}

/** Ages are left out by rendering every price as of its own time, when all ages are 0. */
function etagOf(snapshot: MarketSnapshot, signals: Snapshot['signals']): string {
  const ageless = JSON.stringify(toSnapshot(snapshot, signals, 0))
  return `W/"${createHash('sha256').update(ageless).digest('base64url').slice(0, 22)}"`
}

function encode(plain: string, etag: string, origin: string): ReadySnapshot {
  const unchanged = ['etag', etag, 'cache-control', 'public, max-age=1', 'vary', 'Accept-Encoding', 'x-cache', origin]
  const known = new Map<ContentCoding, PackedSnapshot>()
  return {
    etag,
    unchanged,
    packed(coding) {
      const before = known.get(coding)
      if (before !== undefined) return before
      const body = pack(plain, coding)
      const encoding = coding === 'identity' ? [] : ['content-encoding', coding]
      const content = ['content-type', 'application/json; charset=utf-8', 'content-length', String(body.length)]
      const made = { body, own: [...unchanged, ...encoding, ...content] }
      known.set(coding, made)
      return made
    },
  }
}

function pack(plain: string, coding: ContentCoding): string {
  if (coding === 'identity') return flattened(plain)
  return (coding === 'br' ? brotli(plain) : gzipSync(plain)).toString('latin1')
}

/** Quality 4 is where brotli is as fast as gzip on a few kB and still smaller. */
function brotli(plain: string): Buffer {
  return brotliCompressSync(plain, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
  })
}
