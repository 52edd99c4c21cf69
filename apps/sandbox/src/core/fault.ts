import { type DomainFaultKind, domainFaultKinds, type SandboxProvider } from './upstream.ts'

/** Faults made around an upstream, on the wire or in its answer. */
const wireFaultKinds = [
  'refuse',
  'reset',
  'hang',
  'slow',
  'drip',
  'status',
  'html',
  'truncate',
  'garbage',
  'wrong_type',
  'missing_field',
  'echo_secret',
  'partial',
] as const
export type WireFaultKind = (typeof wireFaultKinds)[number]

export const faultKinds = [...wireFaultKinds, ...domainFaultKinds] as const
export type FaultKind = WireFaultKind | DomainFaultKind

/** A fault as it was asked for, checked. */
export interface FaultOrder {
  readonly provider: SandboxProvider
  readonly kind: FaultKind
  /** What followed the colon: milliseconds, a status, a field's or an operation's name; empty where the kind takes none. */
  readonly argument: string
  /** Only calls of this operation meet it; null: every call. */
  readonly operation: string | null
  /** How many times it strikes; null: as often as it can. */
  readonly count: number | null
  /** How long it lasts; null: until it has struck `count` times or is cleared. */
  readonly durationMs: number | null
}

/** A fault that cannot be set. The message says what is wrong and what would do. */
export class FaultOrderError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'FaultOrderError'
  }
}

const argumentRules: Partial<Record<FaultKind, { readonly form: RegExp; readonly example: string }>> = {
  slow: { form: /^\d{1,6}$/, example: 'slow:1500 (milliseconds)' },
  status: { form: /^[45]\d\d(:[^\r\n]{1,200})?$/, example: 'status:503 or status:403:TokenException' },
  html: { form: /^[2345]\d\d$/, example: 'html:502 or html:200' },
  missing_field: { form: /^\w{1,64}$/, example: 'missing_field:last_price' },
  partial: { form: /^[\w-]{1,64}$/, example: 'partial:holdings' },
}

/** Lasting states: without a count or a duration they hold until they are cleared. The others strike once. */
const states: readonly FaultKind[] = ['refuse', 'partial', 'stale', 'freeze', 'ticker_silence']

const longestMs = 86_400_000

/** What may be left out has its default: count 1, or for a lasting state none. */
export interface FaultRequest {
  /** `status:503:text`: kind and, after a colon, argument. */
  readonly fault: string
  readonly count?: number | undefined
  readonly durationMs?: number | undefined
  readonly operation?: string | undefined
}

/** Returns the checked fault. Throws {@link FaultOrderError}. */
export function readFaultOrder(provider: SandboxProvider, request: FaultRequest): FaultOrder {
  const { fault, count, durationMs, operation } = request
  const colon = fault.indexOf(':')
  const [name, argument] = colon < 0 ? [fault, ''] : [fault.slice(0, colon), fault.slice(colon + 1)]
  const kind = faultKinds.find((known) => known === name)
  if (kind === undefined) throw new FaultOrderError(`fault ${name} is not known; known are ${faultKinds.join(', ')}`)
  const rule = argumentRules[kind]
  if (rule && !rule.form.test(argument))
    throw new FaultOrderError(`fault ${kind} needs an argument, as in ${rule.example}`)
  if (!rule && argument !== '') throw new FaultOrderError(`fault ${kind} takes no argument`)
  checkWhole('count', count, 1_000_000)
  checkWhole('duration_ms', durationMs, longestMs)
  if (kind === 'refuse' && count !== undefined) {
    throw new FaultOrderError(
      'fault refuse takes no count, since calls that are not let in are not seen; give duration_ms',
    )
  }
  const isBounded = count !== undefined || durationMs !== undefined || states.includes(kind)
  return {
    provider,
    kind,
    argument,
    operation: operation ?? null,
    count: count ?? (isBounded ? null : 1),
    durationMs: durationMs ?? null,
  }
}

function checkWhole(name: string, value: number | undefined, limit: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= limit)) return
  throw new FaultOrderError(`${name} must be a whole number from 1 to ${limit}`)
}

export function isDomainFault(kind: FaultKind): kind is DomainFaultKind {
  return domainFaultKinds.some((known) => known === kind)
}
