import type { DatabaseSync } from 'node:sqlite'
import type { InstrumentFact } from '../../../modules/imports/index.ts'
import { completeInstrument, type ToldInstrument, toToldInstrument } from '../merge-facts.ts'

type PutInstruments = (facts: readonly InstrumentFact[]) => number[]

/** Prepares the writing of instruments. Known ones are read first and written only when a list told something new. */
export function preparePutInstruments(connection: DatabaseSync): PutInstruments {
  const find = connection.prepare(
    'select key, name, isin, kind, series, sector, lot_size, tick_size from instruments where exchange = ? and symbol = ?',
  )
  const insert = connection.prepare(
    `insert into instruments (exchange, symbol, name, isin, kind, series, sector, lot_size, tick_size)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning key`,
  )
  const update = connection.prepare(
    `update instruments set name = ?, isin = ?, kind = ?, series = ?, sector = ?, lot_size = ?, tick_size = ? where key = ?`,
  )
  const putAlias = connection.prepare(
    `insert into instrument_aliases (upstream, name, instrument_key) values (?, ?, ?)
     on conflict (upstream, name) do update set instrument_key = excluded.instrument_key
     where instrument_key <> excluded.instrument_key`,
  )

  const put = (fact: InstrumentFact): number => {
    const told = toToldInstrument(fact)
    const known = find.get(fact.exchange, fact.symbol) as (ToldInstrument & { key: number }) | undefined
    if (!known) {
      const row = insert.get(fact.exchange, fact.symbol, ...valuesOf(told)) as { key: number }
      return row.key
    }
    const complete = valuesOf(completeInstrument(known, told))
    const changed = valuesOf(known).some((value, i) => value !== complete[i])
    if (changed) update.run(...complete, known.key)
    return known.key
  }

  return (facts) =>
    facts.map((fact) => {
      const key = put(fact)
      for (const alias of fact.aliases) putAlias.run(alias.upstream, alias.name, key)
      return key
    })
}

function valuesOf(told: ToldInstrument) {
  return [told.name, told.isin, told.kind, told.series, told.sector, told.lot_size, told.tick_size]
}
