import { createHash } from 'node:crypto'
import type { EpochMs } from '@banyan/domain'
import type { SandboxCall, SandboxProvider } from './upstream.ts'

/** One call as it is shown: every secret in it is `[masked:3f2a9c01]`, where equal secrets have equal numbers. */
export interface LoggedCall {
  readonly number: number
  readonly at: EpochMs
  readonly provider: SandboxProvider
  readonly method: string
  readonly path: string
  readonly query: string
  readonly operation: string | null
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Null: no status was sent, since the connection was broken or the call hung. */
  readonly status: number | null
  /** `slow:500`; null when it was answered as the vendor would. */
  readonly fault: string | null
}

/** The last calls of one upstream, oldest first. */
export interface CallLog {
  add(call: SandboxCall, entry: Pick<LoggedCall, 'operation' | 'status' | 'fault'>, secrets: readonly string[]): void
  list(): readonly LoggedCall[]
  clear(): void
}

const keptCalls = 10_000
const shownBodyChars = 2_000
/** These hold nothing but a secret, whoever is called. */
const secretHeaders: readonly string[] = ['authorization', 'cookie', 'proxy-authorization']

export function createCallLog(provider: SandboxProvider): CallLog {
  let calls: LoggedCall[] = []
  let number = 0
  return {
    add(call, entry, secrets) {
      const masked = createMask(secrets)
      number += 1
      calls.push({
        number,
        at: call.now,
        provider,
        method: call.method,
        path: masked(call.path),
        query: masked(call.rawQuery),
        headers: maskedHeaders(call, masked),
        body: masked(call.body.toString('utf8')).slice(0, shownBodyChars),
        ...entry,
      })
      // Copying them at every call would cost more than the calls.
      if (calls.length >= 2 * keptCalls) calls = calls.slice(-keptCalls)
    },
    list: () => calls.slice(-keptCalls),
    clear() {
      calls = []
    },
  }
}

function maskedHeaders({ headers }: SandboxCall, masked: (text: string) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      secretHeaders.includes(name) ? maskOf(String(value)) : masked(String(value ?? '')),
    ]),
  )
}

/** Shorter ones are masked only where they stand alone: `k` is not masked in `key`. */
const plainSecretLength = 6

/** A secret may stand as it is, percent-encoded, form-encoded or inside a JSON text. */
function createMask(secrets: readonly string[]): (text: string) => string {
  const maskByForm = new Map(
    secrets.flatMap((secret) => formsOf(secret).map((form) => [form, maskOf(secret)] as const)),
  )
  if (maskByForm.size === 0) return (text) => text
  const longestFirst = [...maskByForm.keys()].sort((a, b) => b.length - a.length)
  const patterns = longestFirst.map((form) =>
    form.length < plainSecretLength ? `(?<!\\w)${literally(form)}(?!\\w)` : literally(form),
  )
  // In one pass, so that no mask is masked again.
  const pattern = new RegExp(patterns.join('|'), 'g')
  return (text) => text.replace(pattern, (form) => maskByForm.get(form) ?? form)
}

function formsOf(secret: string): readonly string[] {
  if (secret === '') return []
  const encoded = [encodeURIComponent(secret), new URLSearchParams({ s: secret }).toString().slice(2)]
  const lowerCase = encoded.map((text) => text.replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()))
  return [secret, JSON.stringify(secret).slice(1, -1), ...encoded, ...lowerCase]
}

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

function maskOf(secret: string): string {
  return `[masked:${createHash('sha256').update(secret).digest('hex').slice(0, 8)}]`
}
