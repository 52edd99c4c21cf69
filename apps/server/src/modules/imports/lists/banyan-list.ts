import { instrumentKinds } from '@banyan/domain'
import type { Header } from '../header.ts'
import type { InstrumentFact } from '../import-store.ts'
import { type Rejection, rejection, shown } from '../rejection.ts'
import { type FactReader, isRejection, lotSize, parseIsin, single, text, tickSize, toExchange, toFact } from './fact.ts'

const columns = ['exchange', 'symbol', 'name', 'isin', 'kind', 'series', 'sector', 'lot_size', 'tick_size', 'aliases']

/** Returns a reader of our own instrument files (header: {@link columns}; aliases are `upstream=name` joined by `;`), or null. */
export function banyanListReader(header: Header): FactReader | null {
  if (!header.has(...columns)) return null
  const cell = (cells: readonly string[], name: string) => cells[header.find(name) ?? -1]
  return (cells) => {
    const exchange = toExchange(cell(cells, 'exchange'))
    if (exchange === null) return rejection('not_an_instrument', `exchange ${shown(cell(cells, 'exchange') ?? '')}`)
    const kind = instrumentKinds.find((known) => known === cell(cells, 'kind')?.trim())
    if (kind === undefined) return rejection('not_an_instrument', `kind ${shown(cell(cells, 'kind') ?? '')}`)
    const isin = parseIsin(cell(cells, 'isin'))
    if (isRejection(isin)) return isin
    const aliases = parseAliases(cell(cells, 'aliases') ?? '')
    if (isRejection(aliases)) return aliases
    const fact = toFact(exchange, cell(cells, 'symbol') ?? '', {
      name: text(cell(cells, 'name')),
      isin,
      kind,
      series: text(cell(cells, 'series')),
      sector: text(cell(cells, 'sector')),
      lotSize: lotSize(cell(cells, 'lot_size')),
      tickSize: tickSize(cell(cells, 'tick_size')),
      aliases,
    })
    return single(fact)
  }
}

function parseAliases(joined: string): InstrumentFact['aliases'] | Rejection {
  const aliases: { upstream: string; name: string }[] = []
  for (const part of joined.split(';').map((one) => one.trim())) {
    if (part === '') continue
    const [, upstream, name] = /^([a-z0-9-]{1,40})=(.{1,100})$/.exec(part) ?? []
    if (upstream === undefined || name === undefined) return rejection('unparsable', `alias ${shown(part)}`)
    aliases.push({ upstream, name })
  }
  return aliases
}
