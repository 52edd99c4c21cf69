import { parseTimestamp, Secret } from '@banyan/domain'
import type { UpstreamAnswer } from '../../http/upstream-port.ts'
import { createManualTime } from '../../memory/manual-time.ts'
import type { ZerodhaParts } from '../session-calls.ts'
import { createZerodha } from '../zerodha-broker.ts'
import { createAnsweringPort, type SeenCall } from './answering-port.ts'
import { success } from './vendor-answers.ts'

export const never = () => new AbortController().signal
export const loginTime = '2026-03-12 08:55:14'
export const morning = parseTimestamp('2026-03-12T08:56:00+05:30') ?? Number.NaN

export const credentials = (name = 'canary') => ({
  apiKey: new Secret(`${name}-key`),
  apiSecret: new Secret(`${name}-secret`),
  code: new Secret(`${name}-code`),
})

export const grantOf = (account: string) =>
  success({ user_id: account, access_token: `token-of-${account}`, exchanges: ['NSE', 'NFO'], login_time: loginTime })

/** Opens a session of AB1234 in the morning; `answer` is the vendor for everything after the sign-in. */
export async function openSession(answer: (call: SeenCall) => UpstreamAnswer, parts: Partial<ZerodhaParts> = {}) {
  const time = createManualTime(morning)
  const port = createAnsweringPort((call) =>
    call.operation.name === 'open-session' ? grantOf('AB1234') : answer(call),
  )
  const broker = createZerodha({ port, clock: time, limitKeyOf: (key) => `mac of ${key.reveal().length}`, ...parts })
  const session = await broker.open(credentials(), never())
  return { session, port, time, broker }
}
