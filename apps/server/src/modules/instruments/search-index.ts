import { type Exchange, exchanges } from '@banyan/domain'
import type { InstrumentAlias, SearchResult, StoredInstrument } from './instruments-face.ts'
import { createJoinedSymbols } from './joined-symbols.ts'
import { compactText, foldText, wordsOf } from './search-text.ts'
import { createSortedWords } from './sorted-words.ts'

/** How well an instrument fits, best first. */
const fit = { exact: 0, symbolStart: 1, nameWords: 2, symbolPart: 3, none: 4 } as const
type Fit = (typeof fit)[keyof typeof fit]

export interface SearchIndex {
  /** Returns the best `limit` matches, all matches counted, and how many index entries were looked at: the cost of the search. */
  search(text: string, limit: number): SearchResult & { readonly looked: number }
}

/**
 * Returns an index over instruments. A query may be a symbol or part of one (with or without its `&`, `-` and blanks), words
 * of the name (each the beginning of a word of the name, in any order), an ISIN, a BSE scrip code or a former symbol, whole or
 * begun. `NSE:` and its like before it narrow it to an exchange.
 */
export function createSearchIndex(
  instruments: readonly StoredInstrument[],
  aliases: readonly InstrumentAlias[],
): SearchIndex {
  const inOrder = [...instruments].sort(compareTies) // so a lower position wins a tie
  const exact = createSortedWords(exactNames(inOrder, aliases))
  const symbols = createJoinedSymbols(inOrder.map((each) => foldText(each.symbol)))
  const compactSymbols = createJoinedSymbols(inOrder.map((each) => compactText(foldText(each.symbol))))
  const names = createSortedWords(wordPairs(inOrder))
  const fits = new Uint8Array(inOrder.length)
  /** How many of the query's words, from the first on, an instrument's name has. */
  const matched = new Uint8Array(inOrder.length)

  const improve = (position: number, to: Fit) => {
    if (to < (fits[position] ?? fit.none)) fits[position] = to
  }
  const matchSymbols = (query: string) => {
    const isPlain = /^[\p{L}\p{N} ]+$/u.test(query)
    const part = isPlain ? compactText(query) : query
    return (isPlain ? compactSymbols : symbols).forEachContaining(part, (position, at) =>
      improve(position, at === 'start' ? fit.symbolStart : fit.symbolPart),
    )
  }
  const matchCodes = (query: string) => {
    const looked = exact.forEachOf(query, (position) => improve(position, fit.exact))
    if (!isCodeLike(query)) return looked
    return looked + exact.forEachWithPrefix(query, (position) => improve(position, fit.nameWords))
  }
  const matchNames = (words: readonly string[]) => {
    if (words.length > 255) return 0 // more than a name or a counter has room for
    let looked = 0
    matched.fill(0)
    words.forEach((word, before) => {
      looked += names.forEachWithPrefix(word, (position) => {
        if (matched[position] !== before) return
        matched[position] = before + 1
        if (before + 1 === words.length) improve(position, fit.nameWords)
      })
    })
    return looked
  }

  return {
    search(text, limit) {
      const { query, exchange } = parseQuery(text)
      if (compactText(query) === '') return { instruments: [], total: 0, looked: 0 }
      fits.fill(fit.none)
      const looked = matchSymbols(query) + matchCodes(query) + matchNames(wordsOf(query))
      return { ...collect(inOrder, fits, exchange, limit), looked }
    },
  }
}

/** Splits `BSE:` and its like off the query. */
function parseQuery(text: string): { query: string; exchange: Exchange | null } {
  const folded = foldText(text)
  const exchange = exchanges.find((each) => folded.startsWith(`${each}:`)) ?? null
  return { exchange, query: exchange ? folded.slice(exchange.length + 1).trim() : folded }
}

function collect(
  inOrder: readonly StoredInstrument[],
  fits: Uint8Array,
  exchange: Exchange | null,
  limit: number,
): SearchResult {
  const byFit: StoredInstrument[][] = [[], [], [], []]
  let total = 0
  for (let position = 0; position < fits.length; position++) {
    const bucket = byFit[fits[position] ?? fit.none]
    const instrument = inOrder[position]
    if (!bucket || !instrument || (exchange !== null && instrument.exchange !== exchange)) continue
    total++
    if (bucket.length < limit) bucket.push(instrument)
  }
  return { instruments: byFit.flat().slice(0, limit), total }
}

/** Symbols, ISINs, BSE scrip codes and former symbols: what names one instrument when given whole. */
function exactNames(inOrder: readonly StoredInstrument[], aliases: readonly InstrumentAlias[]) {
  const pairs: [string, number][] = []
  const positions = new Map(inOrder.map((each, at) => [each.key, at]))
  inOrder.forEach((each, at) => {
    pairs.push([foldText(each.symbol), at])
    if (each.isin !== null) pairs.push([each.isin, at])
  })
  for (const alias of aliases) {
    const at = positions.get(alias.key)
    if (at !== undefined && (alias.upstream === 'symbol' || alias.upstream === 'bse-code'))
      pairs.push([foldText(alias.name.slice(alias.name.indexOf(':') + 1)), at])
  }
  return pairs
}

function* wordPairs(inOrder: readonly StoredInstrument[]): Generator<readonly [string, number]> {
  for (const [at, { name }] of inOrder.entries()) for (const word of new Set(wordsOf(name ?? ''))) yield [word, at]
}

/** Long enough for the beginning of a code or former symbol to mean something; ISINs all begin with the same few letters. */
function isCodeLike(query: string): boolean {
  return /^\d{3,}$/.test(query) || query.length >= 5
}

/** Indices and NSE first, then the shorter symbol, then by symbol and exchange. */
function compareTies(a: StoredInstrument, b: StoredInstrument): number {
  return (
    tieGroup(a) - tieGroup(b) ||
    a.symbol.length - b.symbol.length ||
    compareText(a.symbol, b.symbol) ||
    exchanges.indexOf(a.exchange) - exchanges.indexOf(b.exchange)
  )
}

function tieGroup({ kind, exchange }: StoredInstrument): number {
  return kind === 'index' || exchange === 'NSE' ? 0 : 1
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
