/** Returns a text as search compares it: upper case, without accents, blanks collapsed. `&` and `-` stay. */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().replace(/\s+/g, ' ').trim()
}

/** Returns a folded text with letters and digits only: `BAJAJ-AUTO`, `BAJAJ AUTO` and `BAJAJAUTO` become one. */
export function compactText(folded: string): string {
  return folded.replace(/[^\p{L}\p{N}]/gu, '')
}

/** Returns the words of a name or query: `&` is the word AND, an apostrophe joins (`REDDY'S` is REDDYS), the rest parts. */
export function wordsOf(text: string): string[] {
  return foldText(text)
    .replace(/&/g, ' AND ')
    .replace(/['’`.]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}
