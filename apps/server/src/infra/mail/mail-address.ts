/** A sender as mail programs show it. */
export interface Sender {
  /** Empty when only the address is shown. */
  readonly name: string
  readonly address: string
}

const longestAddress = 254
/** RFC 5322 atoms and dots: no quoting, comments, routes or other ways to say two things to two parsers. */
const addressForm = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/

/** Tells whether a text is one mailbox this server would send to. */
export function isMailAddress(text: string): boolean {
  return text.length <= longestAddress && addressForm.test(text)
}

/** Returns the sender of `no-reply@example.com` or `Banyan <no-reply@example.com>`, or null when it is neither. */
export function parseSender(text: string): Sender | null {
  const match = /^([^<>"]{0,100}) <([^<>]+)>$/.exec(text)
  const [name, address] = match ? [match[1]?.trim() ?? '', match[2] ?? ''] : ['', text]
  return isMailAddress(address) && toHeaderText(name) === name ? { name, address } : null
}

/**
 * Returns a text as one line that cannot end its header: control characters, line and paragraph ends and runs of spaces are one space,
 * and what looks like an encoded word (RFC 2047) is taken apart, since a reader's program would decode it.
 */
export function toHeaderText(text: string): string {
  const line = text.toWellFormed().replaceAll(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
  return line.replaceAll('=?', '= ?').trim()
}
