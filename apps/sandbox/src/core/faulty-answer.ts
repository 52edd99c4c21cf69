import { garbled, htmlPage, truncated, withoutField, withWrongTypes } from './broken-answer.ts'
import type { WireFaultKind } from './fault.ts'
import type { FaultQueue, QueuedFault } from './fault-queue.ts'
import type { ImitatedUpstream, SandboxAnswer, SandboxCall } from './upstream.ts'

/** An answer and the fault that made it what it is, null for the vendor's own. */
export interface FaultyAnswer {
  readonly answer: SandboxAnswer
  readonly fault: QueuedFault | null
}

/** Instead of asking the upstream. */
const replacing = ['status', 'html', 'echo_secret', 'partial'] as const satisfies readonly WireFaultKind[]
/** Made of what the upstream said. */
const spoiling = ['truncate', 'garbage', 'wrong_type', 'missing_field'] as const satisfies readonly WireFaultKind[]

/** Returns the upstream's answer to the call, or what the first fault set for it makes of it. */
export async function faultyAnswer(
  upstream: ImitatedUpstream,
  call: SandboxCall,
  queue: FaultQueue,
  seed: number,
): Promise<FaultyAnswer> {
  const operation = upstream.operationOf(call)
  const instead = queue.find(replacing, operation)
  if (instead !== null) {
    const replaced = replacementFor(instead, upstream, call, operation)
    if (replaced !== null && instead.use()) return { answer: replaced, fault: instead }
  }
  const answer = await upstream.answer(call)
  const fault = queue.find(spoiling, operation)
  const spoilt = fault && spoil(answer, fault, seed)
  return fault && spoilt && fault.use() ? { answer: spoilt, fault } : { answer, fault: null }
}

/** Returns null when the fault is not meant for this call. */
function replacementFor(
  { order }: QueuedFault,
  upstream: ImitatedUpstream,
  call: SandboxCall,
  operation: string | null,
): SandboxAnswer | null {
  const { kind, argument } = order
  if (kind === 'html') return htmlPage(Number(argument))
  if (kind === 'status') return upstream.failure(Number(argument.slice(0, 3)), argument.slice(4) || null)
  if (kind === 'partial') return argument === operation ? upstream.failure(500, null) : null
  const secrets = upstream.secretsIn(call)
  return secrets.length === 0 ? null : upstream.failure(400, `The request with ${secrets.join(' and ')} was refused.`)
}

/** Returns null when there is nothing in the answer to spoil: the fault waits for one where there is. */
function spoil(answer: SandboxAnswer, { order }: QueuedFault, seed: number): SandboxAnswer | null {
  switch (order.kind) {
    case 'truncate':
      return truncated(answer)
    case 'garbage':
      return garbled(answer, seed)
    case 'wrong_type':
      return withWrongTypes(answer)
    default:
      return withoutField(answer, order.argument)
  }
}
