import { formatIst, parseTimestamp } from '@banyan/domain'
import type { SandboxControl } from './control.ts'
import { FaultOrderError } from './fault.ts'
import type { QueuedFault } from './fault-queue.ts'
import { type SandboxAnswer, type SandboxCall, type SandboxProvider, sandboxProviders } from './upstream.ts'

type Body = Readonly<Record<string, unknown>>

/** A request to `/_sandbox/` that cannot be followed; the message says what would do. */
class ControlError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'ControlError'
    this.status = status
  }
}

/** Answers the routes under `/_sandbox/`; `own` is the provider whose port was asked. */
export async function answerControl(
  control: SandboxControl,
  own: SandboxProvider,
  call: SandboxCall,
): Promise<SandboxAnswer> {
  try {
    refuseStrangers(call)
    return json(200, await route(control, own, call))
  } catch (error) {
    if (error instanceof FaultOrderError) return json(400, { error: error.message })
    if (error instanceof ControlError) return json(error.status, { error: error.message })
    throw error
  }
}

/** A page in a browser of this machine must not set faults: it names a host of its own, or may not send JSON without asking. */
function refuseStrangers({ method, headers }: SandboxCall): void {
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '')) {
    throw new ControlError(403, 'the sandbox is asked as 127.0.0.1 or localhost only')
  }
  if (method === 'POST' && !/^application\/json\b/.test(headers['content-type'] ?? '')) {
    throw new ControlError(415, 'the body must be JSON, with content-type: application/json')
  }
}

async function route(control: SandboxControl, own: SandboxProvider, call: SandboxCall): Promise<unknown> {
  switch (`${call.method} ${call.path.slice('/_sandbox/'.length)}`) {
    case 'GET clock':
      return clockState(control)
    case 'POST clock':
      moveClock(control, bodyOf(call))
      return clockState(control)
    case 'GET faults':
      return faultState(control)
    case 'POST faults':
      setFault(control, own, bodyOf(call))
      return faultState(control)
    case 'DELETE faults':
      await control.clearFaults(providerIn(call))
      return faultState(control)
    case 'GET log':
      return control.log(providerIn(call)).map(({ at, ...logged }) => ({ at: formatIst(at), ...logged }))
    case 'DELETE log':
      control.clearLog(providerIn(call))
      return []
    default:
      throw new ControlError(404, 'there are clock (GET, POST), faults (GET, POST, DELETE) and log (GET, DELETE)')
  }
}

function clockState({ clock }: SandboxControl) {
  return { now: formatIst(clock.now()), epoch_ms: clock.now(), frozen: clock.isFrozen() }
}

const clockRule =
  'the body must hold one or more of set (a time with offset), advance_ms (0 or more), frozen (true or false)'

function moveClock({ clock }: SandboxControl, { set, advance_ms: advanceMs, frozen, ...rest }: Body): void {
  const to = typeof set === 'string' ? parseTimestamp(set) : null
  const isFit =
    (set === undefined || to !== null) &&
    (advanceMs === undefined || (typeof advanceMs === 'number' && Number.isInteger(advanceMs) && advanceMs >= 0)) &&
    (frozen === undefined || typeof frozen === 'boolean') &&
    Object.keys(rest).length === 0
  if (!isFit) throw new ControlError(400, clockRule)
  if (frozen === true) clock.freeze()
  if (to !== null) clock.set(to)
  if (typeof advanceMs === 'number') clock.advance(advanceMs)
  if (frozen === false) clock.resume()
}

const faultRule =
  'the body must hold fault (a text), and may hold provider, operation (texts), count and duration_ms (whole numbers)'

function setFault(control: SandboxControl, own: SandboxProvider, body: Body): void {
  const { fault, provider, operation, count, duration_ms: durationMs, ...rest } = body
  const isFit =
    typeof fault === 'string' &&
    (operation === undefined || typeof operation === 'string') &&
    (count === undefined || typeof count === 'number') &&
    (durationMs === undefined || typeof durationMs === 'number') &&
    Object.keys(rest).length === 0
  if (!isFit) throw new ControlError(400, faultRule)
  control.setFault(provider === undefined ? own : providerOf(provider), { fault, operation, count, durationMs })
}

function faultState(control: SandboxControl) {
  return Object.values(control.faults()).flatMap((faults) => faults.map(describe))
}

function describe({ order, left }: QueuedFault) {
  const { provider, kind, argument, operation, durationMs } = order
  return {
    provider,
    fault: argument === '' ? kind : `${kind}:${argument}`,
    operation,
    left: left(),
    duration_ms: durationMs,
  }
}

function providerIn({ query }: SandboxCall): SandboxProvider | undefined {
  const name = query.get('provider')
  return name === null ? undefined : providerOf(name)
}

function providerOf(name: unknown): SandboxProvider {
  const provider = sandboxProviders.find((known) => known === name)
  if (provider === undefined) throw new ControlError(400, `provider must be one of ${sandboxProviders.join(', ')}`)
  return provider
}

function bodyOf({ body }: SandboxCall): Body {
  const text = body.toString('utf8')
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new ControlError(400, 'the body must be a JSON object')
}

function json(status: number, value: unknown): SandboxAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(value, null, 2)}\n` }
}
