/** Token, code, series, ISIN, symbol. */
export type InventedRow = readonly string[]

const quoted = (cell: string | undefined) => `"${cell ?? ''}"`

/** Returns a file as the vendor writes that of NSE: a space before every quote of the header but the first. */
export function nseFile(...rows: readonly InventedRow[]): string {
  const header = '"Token", "ShortName", "Series", "CompanyName", "ticksize", "Lotsize", "ISINCode", "ExchangeCode"'
  const lines = rows.map(([token, code, series, isin, symbol]) =>
    [quoted(token), quoted(code), quoted(series), '"BÄUME, LIMITED"', '0.01', '1', quoted(isin), quoted(symbol)].join(
      ',',
    ),
  )
  return [header, ...lines, ''].join('\r\n')
}

/** Returns a file as the vendor writes that of BSE. */
export function bseFile(...rows: readonly InventedRow[]): string {
  const header = '"Token","ShortName","Series","CompanyName","TickSize","LotSize","ScripCode","ScripID","ISINCode"'
  const lines = rows.map(([token, code, series, isin, symbol]) =>
    [
      quoted(token),
      quoted(code),
      quoted(series),
      '"TREES"',
      '0.01',
      '1',
      quoted(token),
      quoted(symbol),
      quoted(isin),
    ].join(','),
  )
  return [header, ...lines, ''].join('\r\n')
}
