import type { Secret } from '@banyan/domain'

const redacted = '[redacted]'
const longestText = 200
/** Characters of a vendor's text that are looked at; an error sentence is far shorter. */
const windowSize = 4096
/** Every run of these is taken for a key or a token, whoever it belongs to. */
const tokenRun = /[A-Za-z0-9_\-.=/+]{16,}/g
/** Characters that one code unit takes at most: three bytes, each percent-encoded three times over. */
const longestSpelling = 3 * '%252525'.length

interface Range {
  readonly from: number
  readonly to: number
}

/**
 * Returns a vendor's text fit to be shown and logged (stocktrendz.md §6): without control characters, each secret and each run that looks
 * like a token replaced by `[redacted]`, cut at 200 characters. A secret is found in any case, percent-encoded or escaped as in JSON, all of
 * it or some of its characters, and where it overlaps another.
 */
export function scrub(text: string, secrets: readonly Secret[]): string {
  const values = secrets.map((secret) => secret.reveal()).filter((value) => value !== '')
  // A secret that begins in the window has to be seen to its end.
  const margin = Math.max(16, ...values.map((value) => value.length * longestSpelling))
  const seen = withoutControls(text).slice(0, windowSize + margin)
  const runs = [...seen.matchAll(tokenRun)].map(rangeOf)
  return cut(withoutRanges(seen, [...runs, ...values.flatMap((value) => occurrences(seen, patternOf(value)))]))
}

/** They go before the search: one inside a secret would hide it. */
function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
}

function patternOf(secret: string): RegExp {
  return new RegExp(Array.from(secret, spellingsOf).join(''), 'giu')
}

function spellingsOf(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => hex(character.charCodeAt(at), 4))
  const escaped = units.map((unit) => `\\\\{1,2}u${unit}`).join('')
  const plain = units.map((unit) => `\\u${unit}`).join('')
  const percent = Array.from(Buffer.from(character), (byte) => `%(?:25){0,2}${hex(byte, 2)}`).join('')
  const spellings = [`\\\\{0,2}${plain}`, percent, escaped]
  return `(?:${(character === ' ' ? [...spellings, '\\+'] : spellings).join('|')})`
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}

/** Also those that overlap: `aaa` is twice in `aaaa`. */
function occurrences(text: string, pattern: RegExp): readonly Range[] {
  const found: Range[] = []
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    found.push(rangeOf(match))
    // By a whole character: from within a surrogate pair the search would go back to its start, for ever.
    pattern.lastIndex = match.index + String.fromCodePoint(match[0].codePointAt(0) ?? 0).length
  }
  return found
}

function rangeOf(match: RegExpExecArray): Range {
  return { from: match.index, to: match.index + match[0].length }
}

function withoutRanges(text: string, ranges: readonly Range[]): string {
  let shown = ''
  let at = 0
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    if (from >= windowSize || to <= at) continue
    // Ranges that touch are one.
    if (from > at || at === 0) shown += text.slice(at, from) + redacted
    at = to
  }
  return shown + text.slice(at, Math.max(at, windowSize))
}

function cut(text: string): string {
  const short = text.trim().slice(0, longestText)
  // Half of a surrogate pair is no character.
  return short.replace(/[\uD800-\uDBFF]$/, '').trimEnd()
}
