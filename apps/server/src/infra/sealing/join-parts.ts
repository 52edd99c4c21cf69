/**
 * Returns the texts as bytes, each after its length, so that no two lists give the same bytes: `['ab', 'c']` and `['a', 'bc']`
 * differ. UTF-16, because UTF-8 would write every lone surrogate as the same character.
 */
export function joinParts(parts: readonly string[]): Buffer {
  return Buffer.concat(parts.flatMap(lengthAndBytes))
}

function lengthAndBytes(part: string): [Buffer, Buffer] {
  const length = Buffer.allocUnsafe(4)
  length.writeUInt32BE(part.length)
  return [length, Buffer.from(part, 'utf16le')]
}
