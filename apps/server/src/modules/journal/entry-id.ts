import { createHash, randomBytes } from 'node:crypto'
import type { EntryFields } from './journal-entry.ts'

/** Bytes of an id: 96 bits are 16 letters of base64url. */
const idBytes = 12

const idForm = /^jrn_[\w-]{16}$/

export function newEntryId(): string {
  return `jrn_${randomBytes(idBytes).toString('base64url')}`
}

export function isEntryId(text: string): boolean {
  return idForm.test(text)
}

/** Returns by what a trade in a file is known again: what was traded, how much, at which price and when. The rest may be edited. */
export function openingOf({ symbol, side, quantity, price, openedAt }: EntryFields): string {
  return [symbol, side, quantity.toFixed(), price.toFixed(), openedAt].join(' ')
}

/** Returns the id of the n-th trade of a file with this opening: the same whenever the file is read. */
export function idOfOpening(opening: string, occurrence: number): string {
  return `jrn_${derived(`${opening} ${occurrence}`)}`
}

/** Returns an id that follows from facts alone. */
export function idOfDraft(facts: readonly string[]): string {
  return `dft_${derived(JSON.stringify(facts))}`
}

function derived(text: string): string {
  return createHash('sha256').update(text).digest().subarray(0, idBytes).toString('base64url')
}
