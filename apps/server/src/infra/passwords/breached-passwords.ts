import { createHash } from 'node:crypto'

export interface BreachedPasswordsParts {
  /** Service that answers `range/<5 hex characters>` with lines `<35 hex characters>:<count>`, as api.pwnedpasswords.com does. */
  readonly baseUrl: string
  /** Bound of one question from the look-up of the name to the last byte. Default: a signal of 1 s (quality-bar.md P4). */
  deadline?(): AbortSignal
  /** Told when the service did not answer, so that the log can say the check is not working. */
  onFailure(error: unknown): void
}

/** Asks a public list of leaked passwords without telling it the password. */
export interface BreachedPasswords {
  /**
   * Tells whether the list has the password, given after NFKC. Five of the 40 hex characters of its SHA-1 leave this machine.
   * A service that is away, slow or talking nonsense counts as "not known": it may not stop anybody from choosing a password.
   */
  isKnown(password: string): Promise<boolean>
}

const deadlineMs = 1_000
const prefixLength = 5
/** The service answers about 40 kB, padded ones up to 100 kB. */
const maxReplyBytes = 1024 ** 2

export function createBreachedPasswords({
  baseUrl,
  deadline = () => AbortSignal.timeout(deadlineMs),
  onFailure,
}: BreachedPasswordsParts): BreachedPasswords {
  return {
    async isKnown(password) {
      const digest = createHash('sha1').update(password, 'utf8').digest('hex').toUpperCase()
      const url = new URL(`range/${digest.slice(0, prefixLength)}`, withSlash(baseUrl))
      try {
        return hasSuffix(await fetchText(url, deadline()), digest.slice(prefixLength))
      } catch (error) {
        onFailure(error)
        return false
      }
    },
  }
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`
}

/** Padding makes every reply about as long, so that its length does not tell an onlooker which range was asked for. */
async function fetchText(url: URL, signal: AbortSignal): Promise<string> {
  const reply = await fetch(url, { signal, redirect: 'error', headers: { 'add-padding': 'true' } })
  if (reply.status !== 200 || reply.body === null) {
    await reply.body?.cancel()
    throw new Error(`the breach service answered ${reply.status}`)
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of reply.body) {
    bytes += chunk.byteLength
    if (bytes > maxReplyBytes) throw new Error('the breach service answered more than 1 MiB')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('latin1')
}

/** Padding lines have the count 0 and mean nothing. */
function hasSuffix(text: string, suffix: string): boolean {
  for (const line of text.split('\n')) {
    const [hex = '', count = ''] = line.trim().split(':')
    if (hex.toUpperCase() === suffix) return Number(count) > 0
  }
  return false
}
