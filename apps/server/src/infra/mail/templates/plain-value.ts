const longest = 120

/**
 * Returns a value somebody else chose (a browser's name, an address) as one short line that is only read: no line ends, no control,
 * format or direction characters, and nothing a mail program would turn into a link. A dot before a letter and a double slash, which
 * make one, are pulled apart; `Chrome/126.0.0.0` and IP addresses stay as they are.
 */
export function plainValue(text: string): string {
  const line = text
    .toWellFormed()
    .replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ')
    .replaceAll(/\/{2,}/g, '/')
    .replaceAll(/([.@])(?=\p{L})/gu, '$1 ')
    .trim()
  const characters = [...line]
  if (characters.length <= longest) return line === '' ? 'not known' : line
  return `${characters.slice(0, longest - 1).join('')}…`
}
