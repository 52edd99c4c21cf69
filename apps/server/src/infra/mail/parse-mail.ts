/** What a person reads of a mail. */
export interface ReadableMail {
  readonly to: string
  readonly subject: string
  /** Lines end with LF, the last one too. */
  readonly text: string
}

/**
 * Returns what a mail of this server says. Reads exactly the form {@link composeMail} gives mails, and is no mail parser beyond that;
 * throws when the text has another form.
 */
export function parseMail(source: string): ReadableMail {
  const { headers, body } = splitEntity(source)
  return {
    to: parseMailbox(headerOf(headers, 'to')),
    subject: decodeWords(headers.get('subject') ?? ''),
    text: decodeQuotedPrintable(plainPart(headers, body)).replaceAll('\r\n', '\n'),
  }
}

type Headers = ReadonlyMap<string, string>

function splitEntity(source: string): { headers: Headers; body: string } {
  const end = source.indexOf('\r\n\r\n')
  if (end < 0) throw new TypeError('the mail has no body')
  const lines = source
    .slice(0, end)
    .replaceAll(/\r\n(?=[ \t])/g, '')
    .split('\r\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return { headers: new Map(headers), body: source.slice(end + 4) }
}

function headerOf(headers: Headers, name: string): string {
  const value = headers.get(name)
  if (value === undefined) throw new TypeError(`the mail has no header ${name}`)
  return value
}

/** An unusual local part is written as a quoted string in angle brackets: `<"a..b"@example.com>`. */
function parseMailbox(value: string): string {
  const [, quoted, plain = quoted, domain] = /^<?(?:"([^"\\]+)"|([^@"]+))@([^@>]+)>?$/.exec(value) ?? []
  if (plain === undefined || domain === undefined) throw new TypeError('the mail has not one plain address')
  return `${plain}@${domain}`
}

/** The text comes first of the alternatives. */
function plainPart(headers: Headers, body: string): string {
  const type = headerOf(headers, 'content-type')
  if (type.startsWith('text/plain')) return quotedPrintable(headers, body)
  const boundary = /^multipart\/alternative;.*boundary="([^"]+)"/.exec(type)?.[1]
  if (boundary === undefined) throw new TypeError('the mail has a form of its own')
  const [, part = ''] = body.split(`--${boundary}\r\n`)
  const first = splitEntity(part)
  if (!headerOf(first.headers, 'content-type').startsWith('text/plain')) throw new TypeError('the mail has no text')
  return quotedPrintable(first.headers, first.body.slice(0, -2))
}

function quotedPrintable(headers: Headers, body: string): string {
  if (headers.get('content-transfer-encoding') !== 'quoted-printable')
    throw new TypeError('the mail is not quoted-printable')
  return body
}

function decodeQuotedPrintable(text: string): string {
  const bytes = text
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** Spaces between two encoded words belong to the encoding (RFC 2047 §6.2); ours never cut a character in two. */
function decodeWords(value: string): string {
  return value
    .replaceAll(/\?=\s+(?==\?)/g, '?=')
    .replaceAll(/=\?UTF-8\?B\?([A-Za-z0-9+/=]*)\?=/g, (_, word: string) => Buffer.from(word, 'base64').toString('utf8'))
}
