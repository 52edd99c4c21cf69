import type { InstrumentFact } from '../../modules/imports/index.ts'

type PutInstruments = (facts: readonly InstrumentFact[]) => readonly number[] | Promise<readonly number[]>

/** Remembers what an import store has written, so that a folder of daily files does not ask for the same 2,000 instruments each time. */
export interface FactMemory {
  /** Returns the keys of all facts in the order given; has `put` write only those not written just so before. */
  putNew(facts: readonly InstrumentFact[], put: PutInstruments): Promise<readonly number[]>
  /** To be called when a transaction is rolled back: what it wrote is gone. */
  forget(): void
}

export function createFactMemory(): FactMemory {
  const written = new Map<string, { readonly told: string; readonly key: number }>()
  const ownerOfAlias = new Map<string, string>()

  const remember = (fact: InstrumentFact, told: string, key: number) => {
    written.set(fact.id, { told, key })
    for (const { upstream, name } of fact.aliases) {
      const alias = `${upstream}\n${name}`
      const owner = ownerOfAlias.get(alias)
      // The alias moved away from its owner, whose next word would bring it back.
      if (owner !== undefined && owner !== fact.id) written.delete(owner)
      ownerOfAlias.set(alias, fact.id)
    }
  }

  return {
    async putNew(facts, put) {
      const told = facts.map((fact) => JSON.stringify(fact))
      const isWritten = facts.map((fact, i) => written.get(fact.id)?.told === told[i])
      const fresh = facts.filter((_, i) => !isWritten[i])
      const known = facts.map((fact) => written.get(fact.id)?.key)
      const freshKeys = (fresh.length === 0 ? [] : await put(fresh))[Symbol.iterator]()
      return facts.map((fact, i) => {
        const key = isWritten[i] ? known[i] : freshKeys.next().value
        if (key === undefined) throw new Error('The store returned fewer keys than instruments.')
        if (!isWritten[i]) remember(fact, told[i] ?? '', key)
        return key
      })
    },
    forget() {
      written.clear()
      ownerOfAlias.clear()
    },
  }
}
