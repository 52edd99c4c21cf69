import { type InstrumentId, parseInstrumentId } from '@banyan/domain'
import type { CandleLayout } from './candle-layout.ts'
import { ImportFileError } from './import-file-error.ts'
import type { InstrumentFact } from './import-store.ts'
import { findIndex } from './index-names.ts'
import { type InstrumentLookup, resolveFact } from './instrument-lookup.ts'
import { isRejection, kindOfIsin, parseIsin, splitId, text, toFact } from './lists/fact.ts'
import { type Rejection, rejection, shown } from './rejection.ts'

/** More different symbols than all Indian exchanges have cash instruments: the symbol column is not one. */
const maxInstruments = 200_000

/** The instruments a candle file is about, numbered in order of appearance. */
export interface CandleInstruments {
  readonly facts: readonly InstrumentFact[]
  /** Returns the number of the row's instrument, or why the row belongs to none. */
  numberOf(cells: readonly string[]): number | Rejection
}

export function createCandleInstruments(layout: CandleLayout, lookup: InstrumentLookup): CandleInstruments {
  const facts: InstrumentFact[] = []
  const numbers = new Map<InstrumentId, number>()
  const bySymbolCell = new Map<string, number | Rejection>()
  const { symbol } = layout.columns

  const enter = (fact: InstrumentFact): number => {
    const known = numbers.get(fact.id)
    if (known !== undefined) return known
    if (facts.length === maxInstruments) {
      throw new ImportFileError('malformed', `The file names more than ${maxInstruments} symbols.`)
    }
    numbers.set(fact.id, facts.length)
    return facts.push(fact) - 1
  }
  const identify = (cells: readonly string[]): number | Rejection => {
    const fact = layout.instrument === null ? readFact(cells, layout) : factOf(layout.instrument)
    return isRejection(fact) ? fact : enter(resolveFact(fact, lookup))
  }
  return {
    facts,
    numberOf(cells) {
      const cell = symbol === null ? '' : (cells[symbol] ?? '')
      const known = bySymbolCell.get(cell)
      if (known !== undefined) return known
      const found = identify(cells)
      // Copied: a slice would keep the whole chunk of the file it was cut from in memory. Rejected symbols are not remembered
      // without bound, and a rejected ISIN says nothing about the symbol's next row.
      if (typeof found === 'number') bySymbolCell.set(Buffer.from(cell).toString(), found)
      return found
    },
  }
}

function factOf(id: InstrumentId): InstrumentFact | Rejection {
  const index = findIndex(splitId(id)[1])
  return index === null ? toFactOf(id, {}) : toFactOf(index, { kind: 'index' })
}

function readFact(cells: readonly string[], layout: CandleLayout): InstrumentFact | Rejection {
  const { symbol, isin: isinColumn, name, series, code } = layout.columns
  const written = (cells[symbol ?? -1] ?? '').trim()
  if (written === '') return rejection('missing_value', 'no symbol')
  const isin = parseIsin(cells[isinColumn ?? -1])
  if (isRejection(isin)) return isin
  const index = isin === null && series === null ? findIndex(withoutExchange(written)) : null
  if (index !== null) return toFactOf(index, { kind: 'index' })
  const id = toId(written, layout)
  if (id === null) return rejection('not_an_instrument', `symbol ${shown(written)}`)
  const scripCode = text(cells[code ?? -1])
  return toFactOf(id, {
    isin,
    kind: layout.indices ? 'index' : kindOfIsin(isin),
    name: text(cells[name ?? -1]),
    series: text(cells[series ?? -1]),
    aliases: scripCode === null ? [] : [{ upstream: 'bse-code', name: `BSE:${scripCode}` }],
  })
}

function toFactOf(id: InstrumentId, told: Parameters<typeof toFact>[2]) {
  return toFact(...splitId(id), told)
}

function withoutExchange(symbol: string): string {
  return symbol.replace(/^(?:NSE|BSE):/i, '')
}

/** `ITC`, `NSE:ITC`, and Yahoo's `ITC.NS`, `ITC.BO`. */
function toId(symbol: string, layout: CandleLayout): InstrumentId | null {
  if (symbol.includes(':')) return parseInstrumentId(symbol)
  const yahoo = /^(.+)\.(NS|BO)$/i.exec(symbol)
  if (yahoo) return parseInstrumentId(`${yahoo[2]?.toUpperCase() === 'BO' ? 'BSE' : 'NSE'}:${yahoo[1]}`)
  return parseInstrumentId(`${layout.exchange}:${symbol}`)
}
