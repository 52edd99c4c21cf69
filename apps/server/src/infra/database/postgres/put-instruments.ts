import type pg from 'pg'
import type { InstrumentFact } from '../../../modules/imports/index.ts'
import { completeInstrument, type ToldInstrument, toToldInstrument } from '../merge-facts.ts'

type InstrumentRow = ToldInstrument & { readonly exchange: string; readonly symbol: string }

/** Inserts or completes instruments with their aliases, and returns their keys in the order given. */
export async function putInstruments(client: pg.ClientBase, facts: readonly InstrumentFact[]): Promise<number[]> {
  const told = JSON.stringify(mergeByIdentity(facts))
  await client.query(insertSql, [told])
  await client.query(completeSql, [told])
  const keys = await listKeys(client, facts)
  await putAliases(client, facts, keys)
  return keys
}

/** A list may name an instrument twice; one statement may not. */
function mergeByIdentity(facts: readonly InstrumentFact[]): InstrumentRow[] {
  const rows = new Map<string, InstrumentRow>()
  for (const fact of facts) {
    const known = rows.get(fact.id)
    const told = toToldInstrument(fact)
    const complete = known ? completeInstrument(known, told) : told
    rows.set(fact.id, { exchange: fact.exchange, symbol: fact.symbol, ...complete })
  }
  return [...rows.values()]
}

async function listKeys(client: pg.ClientBase, facts: readonly InstrumentFact[]): Promise<number[]> {
  const { rows } = await client.query<{ key: number }>(keysSql, [
    facts.map((fact) => fact.exchange),
    facts.map((fact) => fact.symbol),
  ])
  return rows.map((row) => row.key)
}

async function putAliases(
  client: pg.ClientBase,
  facts: readonly InstrumentFact[],
  keys: readonly number[],
): Promise<void> {
  const aliases = new Map<string, { upstream: string; name: string; instrument_key: number | undefined }>()
  facts.forEach((fact, i) => {
    for (const { upstream, name } of fact.aliases) {
      aliases.set(`${upstream}\n${name}`, { upstream, name, instrument_key: keys[i] })
    }
  })
  if (aliases.size > 0) await client.query(aliasesSql, [JSON.stringify([...aliases.values()])])
}

const columns = 'name, isin, kind, series, sector, lot_size, tick_size'
const toldRows = `json_to_recordset($1) as r (exchange text, symbol text, name text, isin text, kind text, series text,
  sector text, lot_size bigint, tick_size text)`
const completed = `coalesce(r.name, i.name), coalesce(r.isin, i.isin), r.kind, coalesce(r.series, i.series),
  coalesce(r.sector, i.sector), coalesce(r.lot_size, i.lot_size), coalesce(r.tick_size, i.tick_size)`

// Known ones are left out before the insert: a conflict would use up a key each time.
const insertSql = `
  insert into instruments (exchange, symbol, ${columns}) select exchange, symbol, ${columns} from ${toldRows}
  where not exists (select 1 from instruments i where i.exchange = r.exchange and i.symbol = r.symbol)
  on conflict do nothing`

const completeSql = `
  update instruments i set (${columns}) = row(${completed}) from ${toldRows}
  where i.exchange = r.exchange and i.symbol = r.symbol
    and (i.name, i.isin, i.kind, i.series, i.sector, i.lot_size, i.tick_size) is distinct from (${completed})`

const keysSql = `
  select i.key from unnest($1::text[], $2::text[]) with ordinality as asked (exchange, symbol, position)
  join instruments i on i.exchange = asked.exchange and i.symbol = asked.symbol order by asked.position`

const aliasesSql = `
  insert into instrument_aliases as a (upstream, name, instrument_key)
  select upstream, name, instrument_key from json_to_recordset($1) as r (upstream text, name text, instrument_key integer)
  on conflict (upstream, name) do update set instrument_key = excluded.instrument_key
    where a.instrument_key <> excluded.instrument_key`
