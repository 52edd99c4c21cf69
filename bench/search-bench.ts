import type { StoredInstrument } from '../apps/server/src/modules/instruments/index.ts'
import { createInstrumentsModule } from '../apps/server/src/modules/instruments/index.ts'
import { instrumentId } from '../packages/domain/src/index.ts'
import type { Figure } from './report.ts'
import { median, percentile } from './statistics.ts'

const words = [
  'ALPHA',
  'BHARAT',
  'COASTAL',
  'DECCAN',
  'EASTERN',
  'FINANCE',
  'GANGA',
  'HIND',
  'INDUS',
  'JAIPUR',
  'KAVERI',
  'LAKSHMI',
  'MALABAR',
  'NATIONAL',
  'ORIENT',
  'POWER',
]
const queries = ['B', 'BHA', 'HIND FIN', 'national power', 'INE', 'ZZZZ', 'KAVERI9999', 'coastal', 'A', 'pow gan']

/** Measures instrument search over 10,000 invented instruments beside a plain filter over the same list. */
export async function benchSearch(rounds: number): Promise<Figure> {
  const list = inventInstruments(10_000)
  const instruments = createInstrumentsModule({
    store: { listInstruments: async () => list, listAliases: async () => [] },
  })
  await instruments.refresh()
  const ours: number[] = []
  const peer: number[] = []
  for (let i = 0; i < rounds; i++) {
    const query = queries[i % queries.length] ?? ''
    ours.push(timed(() => instruments.search(query, 20).total))
    peer.push(
      timed(
        () =>
          list.filter((one) => `${one.symbol} ${one.name} ${one.isin}`.toUpperCase().includes(query.toUpperCase()))
            .length,
      ),
    )
  }
  const p99 = percentile(ours, 0.99)
  return {
    what: 'search over 10,000 instruments, ms p99',
    ours: p99.toFixed(2),
    peer: `${percentile(peer, 0.99).toFixed(2)} plain filter`,
    ratio: (median(peer) / median(ours)).toFixed(2),
    target: '< 5',
    meets: p99 < 5,
  }
}

function inventInstruments(count: number): StoredInstrument[] {
  return Array.from({ length: count }, (_, i) => {
    const [first, second] = [words[i % words.length] ?? '', words[Math.floor(i / words.length) % words.length] ?? '']
    const symbol = `${first}${i}`
    const identity = {
      id: instrumentId('NSE', symbol),
      exchange: 'NSE',
      symbol,
      name: `${first} ${second} Ltd.`,
      isin: null,
    } as const
    return { ...identity, key: i + 1, kind: 'equity', series: 'EQ', sector: null, lotSize: 1, tickSize: null }
  })
}

function timed(work: () => number): number {
  const started = performance.now()
  const found = work()
  const elapsedMs = performance.now() - started
  if (found < 0) throw new RangeError('a search found a negative number')
  return elapsedMs
}
