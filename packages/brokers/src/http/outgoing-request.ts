import type { Host } from './hosts.ts'
import type { Operation, UpstreamCall } from './upstream-port.ts'

/** What goes over the wire for a call. */
export interface OutgoingRequest {
  readonly origin: string
  /** With its query, encoded. */
  readonly path: string
  readonly method: Operation['method']
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** Where the answer goes and how long it is are the connection's own; set from outside they would lead off the closed list. */
const ownHeaders: readonly string[] = [
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

/** Throws when the call would leave its operation's line of the closed list. */
export function outgoingRequest(host: Host, call: UpstreamCall<unknown>): OutgoingRequest {
  const { operation, headers = {}, body = null } = call
  const foreign = Object.keys(headers).find((name) => ownHeaders.includes(name.toLowerCase()))
  if (foreign !== undefined) throw new Error(`${operation.name} may not set the header ${foreign}`)
  return {
    origin: host.origin,
    path: `${host.prefix}${pathOf(operation, call.path ?? {})}${queryOf(call.query ?? [])}`,
    method: operation.method,
    headers: { 'accept-encoding': 'gzip, deflate, br', ...headers },
    body,
  }
}

function pathOf({ name, path }: Operation, values: Readonly<Record<string, string>>): string {
  const segments = path.split('/')
  const names = segments.filter((segment) => segment.startsWith(':')).map((segment) => segment.slice(1))
  const unknown = Object.keys(values).find((given) => !names.includes(given))
  if (unknown !== undefined) throw new Error(`${name} has no path value ${unknown}`)
  return segments
    .map((segment) => (segment.startsWith(':') ? encodedSegment(name, segment.slice(1), values) : segment))
    .join('/')
}

function encodedSegment(operation: string, name: string, values: Readonly<Record<string, string>>): string {
  const value = Object.hasOwn(values, name) ? values[name] : undefined
  // Dots alone mean another folder, to many servers even when they are percent-encoded.
  if (value === undefined || /^\.*$/.test(value)) throw new Error(`${operation} needs a path value ${name}`)
  return encodeURIComponent(value)
}

function queryOf(query: readonly (readonly [string, string])[]): string {
  const pairs = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
