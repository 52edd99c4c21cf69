/** One way a secret may have been written down. */
export interface Form {
  readonly name: string
  readonly bytes: Buffer
}

/**
 * Returns the ways a secret may lie somewhere and still be read by whoever finds it: as it is, as part of an address or a form, in JSON
 * and in JSON within JSON, as hex, as base64 beginning at any byte of a longer text, backwards (quality bar B1). A whole JSON body may
 * have been encoded as well, so each is made of the secret and of how JSON writes it.
 */
export function formsOf(secret: string): readonly Form[] {
  const inJson = escapeJson(secret)
  const slashed = inJson.replaceAll('/', '\\/')
  const forms = [
    ...encodingsOf(secret, ''),
    ...encodingsOf(inJson, ' of JSON'),
    { name: 'JSON with escaped slashes', text: slashed },
    { name: 'JSON in JSON', text: escapeJson(inJson) },
    { name: 'lower case', text: secret.toLowerCase() },
    { name: 'upper case', text: secret.toUpperCase() },
  ]
  const distinct = new Map(forms.toReversed().map(({ name, text }) => [text, name])) // the first name of a form stays
  return [...distinct].map(([text, name]) => ({ name, bytes: Buffer.from(text) }))
}

function encodingsOf(text: string, what: string): readonly { readonly name: string; readonly text: string }[] {
  const bytes = Buffer.from(text)
  return [
    { name: `raw${what}`, text },
    { name: `URL${what}`, text: encodeURIComponent(text) },
    { name: `form${what}`, text: String(new URLSearchParams([['', text]])).slice(1) },
    { name: `hex${what}`, text: bytes.toString('hex') },
    { name: `upper-case hex${what}`, text: bytes.toString('hex').toUpperCase() },
    { name: `reversed${what}`, text: [...text].reverse().join('') },
    ...[0, 1, 2].flatMap((offset) => [
      { name: `base64${what} at ${offset}`, text: base64At(bytes, offset, 'base64') },
      { name: `base64url${what} at ${offset}`, text: base64At(bytes, offset, 'base64url') },
    ]),
  ]
}

function escapeJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** Returns the digits that do not depend on what stands before and after the bytes, `offset` bytes after a digit's beginning. */
function base64At(bytes: Buffer, offset: number, alphabet: 'base64' | 'base64url'): string {
  const digits = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString(alphabet)
    .replaceAll('=', '')
  const first = Math.ceil((offset * 8) / 6)
  const end = Math.floor(((offset + bytes.length) * 8) / 6)
  return digits.slice(first, end)
}
