import { type Form, formsOf } from './secret-forms.ts'

/** A secret that must lie nowhere but where it is meant to be. */
export interface Secret {
  readonly name: string
  readonly text: string
  /** Beginning of the places that may hold it; null where none may. */
  readonly meantIn: string | null
}

/** Something a server left behind or said. */
export interface Trace {
  /** Such as `home/banyan.db-wal`. */
  readonly place: string
  readonly bytes: Buffer
  /** True for short texts, where a number of six digits does not stand by accident. */
  readonly isShort: boolean
}

export interface Hit {
  readonly secret: string
  readonly form: string
  readonly place: string
}

/** Below this length a text may be found where nobody wrote it. */
const shortest = 8

/** Returns every place where a secret lies in any of its forms. Secrets below 8 characters are looked for as whole words of short traces alone. */
export function findSecrets(secrets: readonly Secret[], traces: readonly Trace[]): readonly Hit[] {
  const needles = createNeedles(secrets.filter(({ text }) => text.length >= shortest))
  const words = secrets.filter(({ text }) => text.length < shortest)
  return traces.flatMap((trace) => [...findNeedles(needles, trace), ...(trace.isShort ? findWords(words, trace) : [])])
}

interface Needle extends Form {
  readonly secret: Secret
}

/** Needles by their first four bytes, and which pairs of bytes begin one: most positions of a trace are passed by with one look. */
interface Needles {
  readonly pairs: Uint8Array
  readonly byStart: ReadonlyMap<number, readonly Needle[]>
}

function createNeedles(secrets: readonly Secret[]): Needles {
  const pairs = new Uint8Array(65_536)
  const byStart = new Map<number, Needle[]>()
  for (const secret of secrets) {
    for (const form of formsOf(secret.text)) {
      const start = form.bytes.readUInt32BE(0)
      pairs[start >>> 16] = 1
      byStart.set(start, [...(byStart.get(start) ?? []), { ...form, secret }])
    }
  }
  return { pairs, byStart }
}

function findNeedles({ pairs, byStart }: Needles, { place, bytes }: Trace): readonly Hit[] {
  const hits = new Map<string, Hit>()
  for (let at = 0; at + 4 <= bytes.length; at++) {
    if (pairs[((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)] === 0) continue
    for (const needle of byStart.get(bytes.readUInt32BE(at)) ?? []) {
      const isHere = bytes.subarray(at, at + needle.bytes.length).equals(needle.bytes)
      if (isHere && !isMeant(needle.secret, place)) {
        const hit = { secret: needle.secret.name, form: needle.name, place }
        hits.set(JSON.stringify(hit), hit)
      }
    }
  }
  return [...hits.values()]
}

function findWords(secrets: readonly Secret[], { place, bytes }: Trace): readonly Hit[] {
  const text = bytes.toString('latin1')
  return secrets
    .filter((secret) => !isMeant(secret, place) && wholeWord(secret.text).test(text))
    .map(({ name }) => ({ secret: name, form: 'raw', place }))
}

/** Neither part of a longer word nor of a number with decimals. */
function wholeWord(text: string): RegExp {
  return new RegExp(String.raw`(?<![0-9A-Za-z]|\d\.)${text}(?!\.?[0-9A-Za-z])`)
}

function isMeant({ meantIn }: Secret, place: string): boolean {
  return meantIn !== null && place.startsWith(meantIn)
}
