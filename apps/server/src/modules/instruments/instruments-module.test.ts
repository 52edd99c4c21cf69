import { type Exchange, type InstrumentId, type InstrumentKind, instrumentId } from '@banyan/domain'
import fc from 'fast-check'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import {
  createInstrumentsModule,
  type InstrumentAlias,
  type InstrumentsModule,
  type StoredInstrument,
} from './index.ts'
import { createSearchIndex } from './search-index.ts'
import { compactText, foldText, wordsOf } from './search-text.ts'

let nextKey = 1
function listed(
  exchange: Exchange,
  symbol: string,
  name: string | null,
  extra: { isin?: string; kind?: InstrumentKind } = {},
): StoredInstrument {
  const { isin = null, kind = 'equity' } = extra
  const rest = { isin, kind, series: null, sector: null, lotSize: null, tickSize: null }
  return { key: nextKey++, id: instrumentId(exchange, symbol), exchange, symbol, name, ...rest }
}

const eternal = listed('NSE', 'ETERNAL', 'Eternal Limited', { isin: 'INE758T01015' })
const reliance = listed('NSE', 'RELIANCE', 'Reliance Industries Limited', { isin: 'INE002A01018' })
const relianceBse = listed('BSE', 'RELIANCE', 'RELIANCE INDUSTRIES LTD.', { isin: 'INE002A01018' })
const instruments = [
  relianceBse,
  reliance,
  eternal,
  listed('NSE', 'M&M', 'Mahindra & Mahindra Limited'),
  listed('NSE', 'M&MFIN', 'Mahindra & Mahindra Financial Services Limited'),
  listed('NSE', 'BAJAJ-AUTO', 'Bajaj Auto Limited'),
  listed('NSE', 'DRREDDY', "Dr. Reddy's Laboratories Limited"),
  listed('NSE', 'LT', 'Larsen & Toubro Limited'),
  listed('NSE', 'TCS', 'Tata Consultancy Services Limited'),
  listed('NSE', 'CAFE', 'Café Étoile Limited'),
  listed('NSE', 'RPOWER', 'Reliance Power Limited'),
  listed('NSE', 'TATASTEEL', 'Tata Steel Limited'),
  listed('NSE', 'NIFTY 50', 'Nifty 50', { kind: 'index' }),
  listed('NSE', 'NIFTY BANK', 'Nifty Bank', { kind: 'index' }),
  listed('NSE', 'NIFTYBEES', 'Nippon India ETF Nifty BeES', { kind: 'fund' }),
  listed('NFO', 'NIFTY26MARFUT', null, { kind: 'future' }),
  listed('BSE', 'SENSEX', 'S&P BSE SENSEX', { kind: 'index' }),
]
const aliases: InstrumentAlias[] = [
  { upstream: 'symbol', name: 'NSE:ZOMATO', key: eternal.key },
  { upstream: 'bse-code', name: 'BSE:500325', key: relianceBse.key },
  { upstream: 'breeze', name: 'MAHMAH', key: instruments[3]?.key ?? 0 },
]

const moduleOf = async (list: readonly StoredInstrument[], names: readonly InstrumentAlias[] = []) => {
  const module = createInstrumentsModule({
    store: { listInstruments: async () => list, listAliases: async () => names },
  })
  await module.refresh()
  return module
}

describe('finding an instrument', () => {
  let module: InstrumentsModule
  beforeAll(async () => {
    module = await moduleOf(instruments, aliases)
  })

  it('takes a canonical ID, a former symbol and a BSE scrip code', () => {
    expect(module.find(instrumentId('NSE', 'M&M'))?.name).toBe('Mahindra & Mahindra Limited')
    expect(module.find(instrumentId('NSE', 'ZOMATO'))).toBe(eternal)
    expect(module.find(instrumentId('BSE', '500325'))).toBe(relianceBse)
    expect(module.find(instrumentId('NSE', '500325'))).toBeNull()
    expect(module.find(instrumentId('NSE', 'NOSUCH'))).toBeNull()
  })

  it('takes an upstream’s own name only as that upstream’s', () => {
    expect(module.findByUpstreamName('breeze', 'MAHMAH')?.symbol).toBe('M&M')
    expect(module.findByUpstreamName('kite', 'MAHMAH')).toBeNull()
    expect(module.find('NSE:MAHMAH' as InstrumentId)).toBeNull()
  })

  it('prefers what is listed today to a former symbol of the same name', async () => {
    const heir = listed('NSE', 'ZOMATO', 'Another Company')
    const reused = await moduleOf([...instruments, heir], aliases)
    expect(reused.find(instrumentId('NSE', 'ZOMATO'))).toBe(heir)
  })

  it('lists everything in the order of IDs', () => {
    const ids = module.list().map((each) => each.id)
    expect(ids).toHaveLength(instruments.length)
    expect(ids).toEqual([...ids].sort())
  })
})

describe('searching', () => {
  let module: InstrumentsModule
  const found = (text: string, limit = 20) => module.search(text, limit).instruments.map((each) => each.id)
  beforeAll(async () => {
    module = await moduleOf(instruments, aliases)
  })

  it('ranks the exact symbol, then its beginning, then name words, then a part', () => {
    expect(found('reliance')).toEqual(['NSE:RELIANCE', 'BSE:RELIANCE', 'NSE:RPOWER'])
    expect(found('tata')).toEqual(['NSE:TATASTEEL', 'NSE:TCS'])
    expect(found('ower')).toEqual(['NSE:RPOWER'])
  })

  it('puts indices and NSE before the rest, then the shorter symbol', () => {
    expect(found('nifty')).toEqual(['NSE:NIFTY 50', 'NSE:NIFTYBEES', 'NSE:NIFTY BANK', 'NFO:NIFTY26MARFUT'])
  })

  it.each([
    ['m&m', 'NSE:M&M'],
    ['mahindra & mahindra', 'NSE:M&M'],
    ['Mahindra and Mahindra Fin', 'NSE:M&MFIN'],
    ['bajaj auto', 'NSE:BAJAJ-AUTO'],
    ['bajajauto', 'NSE:BAJAJ-AUTO'],
    ['bajaj-a', 'NSE:BAJAJ-AUTO'],
    ['nifty50', 'NSE:NIFTY 50'],
    ['bank nifty', 'NSE:NIFTY BANK'],
    ['reddy', 'NSE:DRREDDY'],
    ["dr reddy's lab", 'NSE:DRREDDY'],
    ['larsen & t', 'NSE:LT'],
    ['cafe etoile', 'NSE:CAFE'],
    ['CAFÉ', 'NSE:CAFE'],
    ['INE758T01015', 'NSE:ETERNAL'],
    ['ine758t', 'NSE:ETERNAL'],
    ['zomato', 'NSE:ETERNAL'],
    ['500325', 'BSE:RELIANCE'],
    ['BSE:500325', 'BSE:RELIANCE'],
    ['5003', 'BSE:RELIANCE'],
    ['bse:rel', 'BSE:RELIANCE'],
    ['s&p sensex', 'BSE:SENSEX'],
  ])('finds %s', (text, expected) => {
    expect(found(text)[0]).toBe(expected)
  })

  it('narrows to an exchange that is named', () => {
    expect(found('bse:reliance')).toEqual(['BSE:RELIANCE'])
  })

  it('wants every word, each as the beginning of a word of the name', () => {
    expect(found('tata steel services')).toEqual([])
    expect(found('ndustries')).toEqual([])
  })

  it('counts all matches and returns as many as asked', () => {
    expect(module.search('a', 3)).toMatchObject({ instruments: { length: 3 } })
    expect(module.search('reliance', 1)).toMatchObject({ total: 3, instruments: [reliance] })
  })

  it.each(['', '   ', '&', '\n', '💥', '%', 'NSE:'])('finds nothing for %j', (text) => {
    expect(module.search(text, 20)).toEqual({ instruments: [], total: 0 })
  })

  it('takes any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (text) => {
        const { instruments: some, total } = module.search(text, 5)
        expect(some.length).toBe(Math.min(5, total))
      }),
    )
  })

  it('agrees with looking at every instrument one by one', () => {
    const symbol = fc.string({ unit: fc.constantFrom('A', 'B', '&', '-', ' ', '1'), minLength: 1, maxLength: 5 })
    const name = fc.string({ unit: fc.constantFrom('A', 'B', '&', ' ', "'", 'é'), maxLength: 8 })
    const entry = fc.tuple(fc.constantFrom<Exchange[]>('NSE', 'BSE', 'NFO'), symbol, fc.option(name))
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), fc.oneof(symbol, name), (entries, query) => {
        const list = entries.map(([exchange, s, n]) => listed(exchange, s, n))
        const matches = createSearchIndex(list, []).search(query, 50).instruments
        expect(new Set(matches)).toEqual(new Set(list.filter((each) => fitsByLooking(each, query))))
      }),
    )
  })
})

/** The rule in its plainest form. */
function fitsByLooking(each: StoredInstrument, text: string): boolean {
  const query = foldText(text)
  if (compactText(query) === '') return false
  const symbol = foldText(each.symbol)
  const isPlain = /^[\p{L}\p{N} ]+$/u.test(query)
  const inSymbol = isPlain ? compactText(symbol).includes(compactText(query)) : symbol.includes(query)
  const nameWords = wordsOf(each.name ?? '')
  const inName = wordsOf(query).every((word) => nameWords.some((own) => own.startsWith(word)))
  return inSymbol || symbol === query || inName
}

describe('an index of 60,000 instruments', () => {
  const makers = ['Tata', 'Bharat', 'Sun', 'Adani', 'Larsen', 'Infra', 'Global', 'Steel', 'Power', 'Finance']
  const many = Array.from({ length: 60_000 }, (_, i) => {
    const name = `${makers[i % 10]} ${makers[(i * 7) % 9]} ${i.toString(36)} Limited`
    const isin = `INE${String(i).padStart(6, '0')}018`
    return i < 10_000
      ? listed(i % 2 ? 'NSE' : 'BSE', `S${i.toString(36).toUpperCase()}`, name, { isin })
      : listed('NFO', `OPT${i}CE`, null, { kind: 'option' })
  })

  it('looks at little more than what matches, whatever its size', () => {
    const index = createSearchIndex(many, [])
    for (const text of ['S5A', 'OPT34567CE', 'INE004242018', 'tata 5a', 'no such thing']) {
      const { total, looked } = index.search(text, 20)
      const forWords = text === 'tata 5a' ? 2_100 : 0 // every Tata is looked at once
      expect(looked).toBeLessThanOrEqual(3 * total + forWords + 200)
    }
  })
})

describe('refreshing', () => {
  it('keeps what it knew when the store fails, and says so to the caller', async () => {
    let fails = false
    const store = {
      listInstruments: async () => (fails ? Promise.reject(new Error('gone')) : [reliance]),
      listAliases: async () => [],
    }
    const module = createInstrumentsModule({ store })
    await module.refresh()
    fails = true
    await expect(module.refresh()).rejects.toThrow('gone')
    expect(module.find(reliance.id)).toBe(reliance)
    fails = false
    await module.refresh()
  })

  it('reads once more when asked again during a read, and only once for many', async () => {
    const gates: (() => void)[] = []
    const listInstruments = vi.fn(
      () => new Promise<StoredInstrument[]>((resolve) => gates.push(() => resolve([reliance]))),
    )
    const module = createInstrumentsModule({ store: { listInstruments, listAliases: async () => [] } })
    const first = module.refresh()
    await vi.waitFor(() => expect(gates).toHaveLength(1))
    const later = [module.refresh(), module.refresh(), module.refresh()]
    gates[0]?.()
    await first
    await vi.waitFor(() => expect(gates).toHaveLength(2))
    gates[1]?.()
    await Promise.all(later)
    expect(listInstruments).toHaveBeenCalledTimes(2)
  })
})
