/** Escapes what is not ASCII, so that a character is a byte and the text can be written as `latin1`: node:http joins head and such text into one write. */
export function toAscii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Returns the same ASCII text in one piece of one byte a character: V8 keeps a concatenation as a tree that would be walked again at every write. */
export function flattened(ascii: string): string {
  return Buffer.from(ascii, 'latin1').toString('latin1')
}
