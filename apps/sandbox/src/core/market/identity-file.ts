import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = new URL('../../../../../data/identity/instruments.csv', import.meta.url)

/** What the bundled identity facts tell of a share. */
export interface ShareIdentity {
  readonly name: string
  readonly isin: string
  readonly series: string
  /** Scrip code of BSE; null when it is not listed there. */
  readonly bseCode: number | null
}

/** Reads the identity facts by NSE symbol. Throws when the file is missing: without its ISINs nothing fits the server's own list. */
export function readIdentities(): ReadonlyMap<string, ShareIdentity> {
  const rows = readText().split('\n').slice(1)
  return new Map(
    rows.flatMap((row) => {
      // The file quotes no cell.
      const [exchange, symbol, name, isin, kind, series, , , , aliases] = row.split(',')
      if (exchange !== 'NSE' || kind !== 'equity' || !symbol || !name || !isin || !series) return []
      const bseCode = /bse-code=BSE:(\d{6})/.exec(aliases ?? '')?.[1]
      return [[symbol, { name, isin, series, bseCode: bseCode === undefined ? null : Number(bseCode) }] as const]
    }),
  )
}

function readText(): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Error(`The sandbox needs ${fileURLToPath(file)}, which comes with this project: restore it.`, { cause })
  }
}
