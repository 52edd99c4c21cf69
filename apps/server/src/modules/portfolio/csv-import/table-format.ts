/** What a column tells. */
export type Field =
  | 'symbol'
  | 'isin'
  | 'exchange'
  | 'segment'
  | 'quantity'
  | 'pledged'
  | 'lent'
  | 'averagePrice'
  | 'lastPrice'
  | 'closePrice'
  | 'date'
  | 'time'
  | 'side'
  | 'price'
  | 'tradeId'
  | 'remarks'
  | 'account'

/** A kind of file, known by the names in its header. */
export interface TableFormat {
  readonly id: string
  /** As people call it: `Zerodha Console tradebook`. */
  readonly title: string
  readonly kind: 'holdings' | 'trades'
  /** Provider id, or `csv` for a file of no broker. */
  readonly broker: string
  /** Whose word a symbol is: the exchange's, ICICI's own code, or a name that finds no share. */
  readonly symbols: 'exchange' | 'icici' | 'name'
  /** Names a column may have, folded by {@link foldName}. */
  readonly columns: Readonly<Partial<Record<Field, readonly string[]>>>
  /** By which the format is recognised; the generic ones need a symbol or an ISIN beside these. */
  readonly needed: readonly Field[]
}

/** Returns a column's name as names are compared: `Qty.` is `qty`, `trade_date` is `trade date`. */
export function foldName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
}
