import type { InstrumentId } from '@banyan/domain'
import type { InstrumentAlias, InstrumentStore, InstrumentsModule, StoredInstrument } from './instruments-face.ts'
import { createSearchIndex, type SearchIndex } from './search-index.ts'

interface Catalogue {
  readonly list: readonly StoredInstrument[]
  readonly byId: ReadonlyMap<string, StoredInstrument>
  readonly byUpstreamName: ReadonlyMap<string, StoredInstrument>
  readonly index: SearchIndex
}

/** Creates the module over a store; it knows nothing before the first `refresh`. A failed refresh rejects and changes nothing. */
export function createInstrumentsModule({ store }: { store: InstrumentStore }): InstrumentsModule {
  let catalogue = buildCatalogue([], [])
  let waiting: Promise<void> | null = null
  let running: Promise<void> = Promise.resolve()

  const read = async () => {
    waiting = null
    const [instruments, aliases] = await Promise.all([store.listInstruments(), store.listAliases()])
    catalogue = buildCatalogue(instruments, aliases)
  }
  return {
    /** A refresh asked for while one runs reads once more after it, since the store may have changed meanwhile. */
    refresh() {
      waiting ??= running = running.then(read, read)
      return waiting
    },
    find: (id) => catalogue.byId.get(id) ?? findFormerName(catalogue, id),
    findByUpstreamName: (upstream, name) => catalogue.byUpstreamName.get(aliasKey(upstream, name)) ?? null,
    search(text, limit) {
      const { instruments, total } = catalogue.index.search(text, limit)
      return { instruments, total }
    },
    list: () => catalogue.list,
  }
}

function findFormerName({ byUpstreamName }: Catalogue, id: InstrumentId): StoredInstrument | null {
  return byUpstreamName.get(aliasKey('symbol', id)) ?? byUpstreamName.get(aliasKey('bse-code', id)) ?? null
}

function buildCatalogue(instruments: readonly StoredInstrument[], aliases: readonly InstrumentAlias[]): Catalogue {
  const byKey = new Map(instruments.map((each) => [each.key, each]))
  const byUpstreamName = new Map<string, StoredInstrument>()
  for (const { upstream, name, key } of aliases) {
    const instrument = byKey.get(key)
    if (instrument) byUpstreamName.set(aliasKey(upstream, name), instrument)
  }
  return {
    list: [...instruments].sort((a, b) => (a.id < b.id ? -1 : 1)),
    byId: new Map(instruments.map((each) => [each.id, each])),
    byUpstreamName,
    index: createSearchIndex(instruments, aliases),
  }
}

function aliasKey(upstream: string, name: string): string {
  return `${upstream}\n${name}`
}
