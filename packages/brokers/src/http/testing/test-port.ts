import { onTestFinished } from 'vitest'
import { UpstreamError } from '../../outcome.ts'
import { createUpstreamPort, type UpstreamPortParts } from '../create-upstream-port.ts'
import { type Operation, type UpstreamAnswer, type UpstreamCall, type UpstreamPort, Verdict } from '../upstream-port.ts'

const reading = { method: 'GET', host: 'rest', limits: [], size: 'json', retried: false } as const

/** A closed list with one of each kind. */
export const operations = {
  once: { ...reading, name: 'once', path: '/once' },
  retried: { ...reading, name: 'retried', path: '/retried', retried: true },
  limited: { ...reading, name: 'limited', path: '/limited', limits: ['pace'] },
  file: { ...reading, name: 'file', path: '/file', size: 'file' },
  item: { ...reading, name: 'item', path: '/items/:kind/:id' },
  signIn: { ...reading, name: 'sign-in', path: '/sign-in', method: 'POST', retried: true },
} as const satisfies Record<string, Operation>

export interface TestPort {
  readonly port: UpstreamPort
  /** Makes a call that reads JSON and knows no failure but the status. */
  call(operation: Operation, also?: Partial<UpstreamCall<unknown>>): Promise<unknown>
  /** Makes a call that has to fail, and returns how. */
  failed(operation: Operation, also?: Partial<UpstreamCall<unknown>>): Promise<UpstreamError>
}

/** Returns a port to a stand-in. It is closed with the test. */
export function createTestPort(address: string, parts: Partial<UpstreamPortParts> = {}): TestPort {
  const port = createUpstreamPort({
    provider: 'vendor',
    hosts: { rest: address },
    operations: Object.values(operations),
    limits: { pace: { perMs: 1_000, calls: 1_000, scope: 'both' } },
    clock: { now: () => Date.now() },
    allowPrivate: true,
    ...parts,
    deadlines: { retryMs: [1, 2], ...parts.deadlines },
  })
  onTestFinished(() => port.close())
  const call: TestPort['call'] = (operation, also = {}) =>
    port.call({
      operation,
      limitKey: null,
      rank: 'sync',
      secrets: [],
      signal: new AbortController().signal,
      read: readJson,
      ...also,
    })
  return { port, call, failed: (operation, also) => call(operation, also).then(wasWell, upstreamErrorOnly) }
}

export function readJson({ status, body }: UpstreamAnswer): unknown {
  if (status === 429) throw new Verdict('rate_limited')
  if (status === 504) throw new Verdict('timeout')
  if (status >= 500) throw new Verdict('unavailable')
  if (status === 403) throw new Verdict('auth_required')
  return JSON.parse(body.toString('utf8'))
}

function wasWell(): never {
  throw new Error('the call was expected to fail')
}

function upstreamErrorOnly(error: unknown): UpstreamError {
  if (error instanceof UpstreamError) return error
  throw error
}
