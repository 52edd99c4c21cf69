import { type Adjustment, type InstrumentId, istDate, parseInstrumentId } from '@banyan/domain'
import { parseDate, parseNumber } from './cell-values.ts'
import type { Header } from './header.ts'
import { type Rejection, rejection, shown } from './rejection.ts'

export interface AdjustmentRow {
  readonly instrument: InstrumentId
  readonly adjustment: Adjustment
}

export type AdjustmentReader = (cells: readonly string[]) => AdjustmentRow | Rejection

const kinds = ['split', 'bonus', 'consolidation', 'rights', 'demerger', 'other'] as const
/** No split or bonus on an Indian exchange came near this; a larger factor is a mistake of its list. */
const largestFactor = 1000

/**
 * Returns a reader of factors (`symbol,ex_date,factor[,kind][,source]`, old price ÷ new price), or null when the header is another's.
 * `source` is for people: where the factor comes from. Without it the file's name says so.
 */
export function adjustmentReader(header: Header, fileName: string, now: number): AdjustmentReader | null {
  const symbol = header.find('symbol', 'instrument')
  const [exDate, factor] = [header.find('ex_date'), header.find('factor', 'factor_old_per_new')]
  if (symbol === null || exDate === null || factor === null) return null
  const [kindColumn, sourceColumn] = [header.find('kind'), header.find('source')]
  return (cells) => {
    const instrument = parseInstrumentId(cells[symbol] ?? '')
    if (instrument === null) return rejection('not_an_instrument', `symbol ${shown(cells[symbol] ?? '')}`)
    const date = parseDate(cells[exDate] ?? '', { dayFirst: false })
    if (date === null) return rejection('unparsable', `date ${shown(cells[exDate] ?? '')}`)
    if (date > istDate(now)) return rejection('future_date', `date ${date}`)
    const value = parseNumber(cells[factor] ?? '')
    if (value === null) return rejection('missing_value', 'no factor')
    if (Number.isNaN(value)) return rejection('unparsable', `factor ${shown(cells[factor] ?? '')}`)
    const kind = kinds.find((known) => known === cells[kindColumn ?? -1]?.trim().toLowerCase()) ?? 'other'
    if (!isPossible(value, kind)) return rejection('bad_factor', `factor ${value} of kind ${kind}`)
    const source = cells[sourceColumn ?? -1]?.trim() || fileName
    return { instrument, adjustment: { exDate: date, factor: value, kind, source } }
  }
}

/** A price rises on its ex-date only when shares are consolidated; every other factor below 1 is an artefact. */
function isPossible(factor: number, kind: Adjustment['kind']): boolean {
  if (kind === 'consolidation') return factor > 1 / largestFactor && factor < 1
  return factor > 1 && factor <= largestFactor
}
